using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;
using Locus.Sampling;
using Locus.Tests.Flows;
using Locus.Tests.Training;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Diagnostics;

public sealed class WeightMeasurementTests
{
    private static readonly Key Key = Key.Seed(17);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Weighted_noise_gives_the_volume_of_a_disc(int threads)
    {
        // The flow stands still, however it is run, and q is the normal density.
        var disc = Problem.Define("disc", 2, x => [Norm(x) <= 1.5]);
        using var team = new Team(threads);

        var facts = WeightMeasurement.Of(Sampler(disc, new FlowOptions { Steps = 3, Method = FlowMethod.EulerMaruyama }), 20_000, Key, Math.PI * 2.25, team)!;

        Assert.Equal(new SamplerFacts("euler", 20, 20, 1.5, 0.05, false), facts.Sampler);
        Assert.Equal(20_000, facts.Count);
        Assert.Equal(Math.PI * 2.25, facts.VolumeTrue);
        Assert.InRange(facts.VolumeError!.Value, 1e-3, 0.1);
        Assert.Equal(Math.PI * 2.25, facts.Volume!.Value, 3 * facts.VolumeError.Value);
        // P(|z| <= 1.5) = 1 - exp(-1.125) for two normal coordinates; three standard errors of a share of 20,000.
        Assert.Equal(1 - Math.Exp(-1.125), facts.InsideShare, 3 * 0.0034);
        // The weights 2 pi exp(r^2 / 2) grow to exp(1.125) = 3.1 times the smallest, at the rim; the mean of all, those outside too, is the volume.
        Assert.Equal(2 * Math.PI * Math.Exp(1.125) / facts.Volume.Value, facts.LargestWeight, 0.01);
        Assert.InRange(facts.EffectiveShare, 0.3, 0.7);
        Assert.Equal((0, 0.0, 0), (facts.Folded, facts.FoldedShare, facts.NotNumbers));
        Assert.False(facts.IsDoubtful());
    }

    [Fact]
    public void Weights_make_a_small_network_of_the_default_recipe_right()
    {
        // Two discs, one of four times the area of the other: a gap that noise has to leave, rims, and shares.
        var discs = Problem.Define("discs", Variable.Vector("x", 2, -2, 2), x => [Any(Norm(x[0] + 0.8, x[1]) <= 1, Norm(x[0] - 1.3, x[1]) <= 0.5)]);
        using var team = new Team(2);
        var options = new LocusOptions { Updates = 2000, Rounds = 2, PoolSize = 4096, Pairings = 1, Hidden = [32, 32] };
        var sampler = Trainings.Train(discs, options, team).Sampler.With(WeightMeasurement.Flow);

        var (samples, weights) = WeightMeasurement.Draw(sampler, 20_000, Key, team);

        Assert.Equal(Math.Log(1.25 * Math.PI), weights.LogMass, 3 * weights.MassError);
        Assert.InRange(weights.MassError, 0, 0.02);
        Assert.InRange(weights.EffectiveShare, 0.4, 1);
        double[] Each(Func<double, double, double> f) => [.. Enumerable.Range(0, 20_000).Select(i => f(samples.Points[i][0], samples.Points[i][1]))];
        // The share of the small disc; the middle; the mean squares, those of a disc being a quarter of its radius squared; the rim of the large disc, beyond 0.9 of its radius.
        Within(0.2, weights.Mean(Each((x, _) => x > 0.5 ? 1 : 0)));
        Within(0.8 * -0.8 + 0.2 * 1.3, weights.Mean(Each((x, _) => x)));
        Within(0, weights.Mean(Each((_, y) => y)));
        Within(0.8 * (0.64 + 0.25) + 0.2 * (1.69 + 0.0625), weights.Mean(Each((x, _) => x * x)));
        Within(0.8 * 0.25 + 0.2 * 0.0625, weights.Mean(Each((_, y) => y * y)));
        Within(0.8 * 0.19, weights.Mean(Each((x, y) => (x + 0.8) * (x + 0.8) + y * y is > 0.81 and <= 1 ? 1 : 0)));
    }

    [Fact]
    public void What_cannot_be_weighted_or_costs_too_much_has_no_facts()
    {
        var line = Problem.Define("line", 2, x => [x[0] == 0, Abs(x[1]) <= 1]);
        var wide = Problem.Define("wide", 17, x => [Norm(x) <= 20]);
        var disc = Problem.Define("disc", 2, x => [Norm(x) <= 1.5]);
        using var team = new Team(1);

        Assert.Null(WeightMeasurement.Of(Sampler(line), 100, Key, null, team));
        Assert.Null(WeightMeasurement.Of(Sampler(wide), 100, Key, null, team));
        Assert.Null(WeightMeasurement.Of(Sampler(disc), 1, Key, null, team));
        Assert.NotNull(WeightMeasurement.Of(Sampler(disc), 2, Key, null, team));

        Assert.Null(WeightMeasurement.WhyNot(Sampler(wide)));
        Assert.Contains("'line' cannot be weighted: an equality", WeightMeasurement.WhyNot(Sampler(line)), StringComparison.Ordinal);
        var both = WeightMeasurement.WhyNot(Sampler(line, new FlowOptions { Method = FlowMethod.EulerMaruyama }))!;
        Assert.Contains("cannot be weighted: an equality", both, StringComparison.Ordinal);
        Assert.Contains("euler-maruyama adds noise", both, StringComparison.Ordinal);
        Assert.Equal(WeightMeasurement.WhyNot(Sampler(line)), Assert.Throws<LocusException>(() => WeightMeasurement.Draw(Sampler(line), 10, Key, team)).Message);
    }

    [Fact]
    public void Few_large_weights_are_doubtful_where_they_matter()
    {
        var facts = new WeightFacts(new SamplerFacts("euler", 12, 12), 1000, 1, 0.2, 30, 0.9, 0, 0, 0, 1, 0.1, null);
        Assert.True(facts.IsDoubtful());
        Assert.False((facts with { TailShape = 0.5 }).IsDoubtful());
        Assert.False((facts with { EffectiveShare = 0.9 }).IsDoubtful());
        Assert.False((facts with { TailShape = double.NaN }).IsDoubtful());
        // One of a thousand weights with a share of 0.09.
        Assert.True((facts with { TailShape = 0.5, LargestWeight = 90 }).IsDoubtful());
    }

    /// <summary>Three standard errors, which must themselves be small enough to say something.</summary>
    private static void Within(double truth, (double Mean, double StandardError) found)
    {
        Assert.InRange(found.StandardError, 0, 0.02);
        Assert.InRange(found.Mean, truth - 3 * found.StandardError, truth + 3 * found.StandardError);
    }

    private static FlowSampler Sampler(Problem problem, FlowOptions? flow = null)
    {
        var (shape, parameters) = KnownNetworks.Standing(problem.Dimension);
        return new FlowSampler(problem, shape, parameters, flow ?? new FlowOptions { Steps = 1 });
    }
}
