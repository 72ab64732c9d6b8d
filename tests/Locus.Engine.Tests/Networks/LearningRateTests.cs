using Locus.Engine.Networks;

namespace Locus.Engine.Tests.Networks;

public sealed class LearningRateTests
{
    [Theory]
    [InlineData(LearningRateDecay.Constant, 0.8, 0.8, 0.8)]
    [InlineData(LearningRateDecay.Linear, 0.65, 0.5, 0.2)]
    [InlineData(LearningRateDecay.Cosine, 0.71213203, 0.5, 0.2)]
    public void Rates_follow_their_curve(LearningRateDecay decay, double quarter, double middle, double end)
    {
        var rate = new LearningRate(0.8, 0.2, decay, 0);
        Assert.Equal(0.8, rate.At(0, 0), 1e-12);
        Assert.Equal(quarter, rate.At(0.25, 5), 1e-8);
        Assert.Equal(middle, rate.At(0.5, 10), 1e-12);
        Assert.Equal(end, rate.At(1, 20), 1e-12);
        Assert.Equal(end, rate.At(1.5, 30), 1e-12);
        Assert.Equal(0.8, rate.At(-1, 0), 1e-12);
        for (var i = 0; i < 1000; i++) Assert.True(rate.At((i + 1) / 1000.0, i) <= rate.At(i / 1000.0, i));
    }

    [Fact]
    public void A_rate_first_rises_in_equal_steps_and_then_goes_its_way()
    {
        var rate = new LearningRate(0.8, 0.2, LearningRateDecay.Linear, 4);
        Assert.Equal([0.2, 0.4, 0.6, 0.8, 0.8], Enumerable.Range(0, 5).Select(step => Math.Round(rate.At(0, step), 12)));
        Assert.Equal(0.5, rate.At(0.5, 100), 1e-12);
        Assert.Equal(0.25, rate.At(0.5, 1), 1e-12);
    }
}
