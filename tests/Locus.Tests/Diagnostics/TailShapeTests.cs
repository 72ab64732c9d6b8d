using Locus.Diagnostics;
using Locus.Engine.Random;

namespace Locus.Tests.Diagnostics;

public sealed class TailShapeTests
{
    private const int Count = 100_000;

    // The 3 sqrt(N) largest enter the fit.
    private static readonly double Tail = 3 * Math.Sqrt(Count);

    [Theory]
    [InlineData(-0.5)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1.5)]
    public void The_shape_of_a_generalised_Pareto_law_is_found(double shape)
    {
        var weights = Enumerable.Range(0, Count).Select(i => (Math.Pow(1 - Draws.Uniform(Key.Seed(3), (ulong)i, 0), -shape) - 1) / shape).ToArray();
        // The most likely shape strays by (1 + k) / sqrt(n); four times that, and ten observations' worth of 0.5.
        Assert.Equal(shape, TailShape.Of(weights), 4 * Math.Max(1 + shape, 0.5) / Math.Sqrt(Tail) + 10 / Tail * Math.Abs(0.5 - shape));
    }

    [Fact]
    public void Neither_scale_nor_order_nor_weights_that_are_not_above_0_matter()
    {
        var weights = Enumerable.Range(0, 1000).Select(i => Math.Exp(Draws.Normal(Key.Seed(4), (ulong)i, 0))).ToArray();
        var shape = TailShape.Of(weights);
        Assert.InRange(shape, -0.2, 0.8);
        // Powers of two change no digit.
        Assert.Equal(shape, TailShape.Of([.. weights.Select(w => Math.ScaleB(w, -900))]));
        Assert.Equal(shape, TailShape.Of([.. weights.Reverse()]));
        Assert.Equal(shape, TailShape.Of([0, -5, .. weights, 0, -1, 0]));
    }

    [Fact]
    public void Too_few_or_equal_weights_have_none()
    {
        Assert.Equal(double.NaN, TailShape.Of([]));
        Assert.Equal(double.NaN, TailShape.Of([.. Enumerable.Range(1, 99).Select(i => (double)i)]));
        Assert.True(double.IsFinite(TailShape.Of([.. Enumerable.Range(1, 100).Select(i => (double)i)])));
        Assert.Equal(double.NaN, TailShape.Of([.. Enumerable.Repeat(0.01, 1000)]));
        Assert.Equal(double.NaN, TailShape.Of([.. Enumerable.Repeat(0.01, 999), 1]));
    }
}
