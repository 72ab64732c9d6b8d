using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;
using Locus.Sampling;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Sampling;

/// <summary>Whatever a drift and its way back say, their weights are right: the identities hold for random networks.</summary>
public sealed class DriftSamplerTests
{
    private const int Count = 65_536;

    // exp(-E) has the integral 2 pi 0.9 1.1.
    private static readonly Problem normal = Problem.OfEnergy("normal", 2, x => (Square((x[0] - 0.3) / 0.9) + Square((x[1] + 0.2) / 1.2)) / 2);

    private static readonly double logZ = Math.Log(2 * Math.PI * 0.9 * 1.1);

    public static TheoryData<bool, bool, DiffusionKind, int> Kinds => new()
    {
        { false, false, DiffusionKind.Brownian, 5 },
        { true, false, DiffusionKind.Brownian, 5 },
        { false, true, DiffusionKind.Brownian, 5 },
        { true, true, DiffusionKind.VariancePreserving, 5 },
        { true, true, DiffusionKind.Brownian, 1 },
    };

    // Weights have a variance where the sampler is wider than the law, inverse ones where it is narrower.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_mean_weight_of_its_paths_is_Z(bool variance, bool back, DiffusionKind process, int steps)
    {
        using var team = new Team(2);
        var samples = Sampler(variance, back, process, steps, 2).SampleWithDensity(Count, Key.Seed(5), team);
        double[] weights = [.. Enumerable.Range(0, Count).Select(i => Math.Exp(LogDensity(samples.Points, i) - samples.Densities!.Log[i] - logZ))];
        HasMeanOne(weights);
        // Jensen: the mean of the logarithms is below the logarithm of the mean.
        Assert.True(weights.Average(Math.Log) < -0.005);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_mean_inverse_weight_of_paths_back_from_exact_samples_is_that_of_Z(bool variance, bool back, DiffusionKind process, int steps)
    {
        using var team = new Team(2);
        var exact = new Points(Count, 2);
        for (var i = 0; i < Count; i++)
            (exact.Row(i)[0], exact.Row(i)[1]) = (0.3 + 0.9 * Draws.Normal(Key.Seed(6), (ulong)i, 0), -0.2 + 1.1 * Draws.Normal(Key.Seed(6), (ulong)i, 1));
        var log = Sampler(variance, back, process, steps, 0.4).ReturnDensities(exact, null, Key.Seed(7), team);
        double[] inverses = [.. Enumerable.Range(0, Count).Select(i => Math.Exp(log[i] + logZ - LogDensity(exact, i)))];
        HasMeanOne(inverses);
        Assert.True(inverses.Average(w => -Math.Log(w)) > 0.005);
    }

    [Fact]
    public void A_learned_way_back_changes_weights_and_not_samples()
    {
        using var team = new Team(1);
        var with = Sampler(true, true, DiffusionKind.Brownian, 5).SampleWithDensity(64, Key.Seed(5), team);
        var without = Sampler(true, false, DiffusionKind.Brownian, 5).SampleWithDensity(64, Key.Seed(5), team);
        Assert.Equal(without.Points.Values, with.Points.Values);
        Assert.All(Enumerable.Range(0, 64), i => Assert.NotEqual(without.Densities!.Log[i], with.Densities!.Log[i]));
    }

    [Fact]
    public void The_bits_are_the_same_for_any_number_of_threads()
    {
        using var one = new Team(1);
        using var three = new Team(3);
        var sampler = Sampler(true, true, DiffusionKind.Brownian, 5);
        var (a, b) = (sampler.SampleWithDensity(1000, Key.Seed(5), one), sampler.SampleWithDensity(1000, Key.Seed(5), three));
        Assert.Equal(a.Points.Values, b.Points.Values);
        Assert.Equal(a.Densities!.Log, b.Densities!.Log);
        Assert.Equal(sampler.ReturnDensities(a.Points, null, Key.Seed(8), one), sampler.ReturnDensities(a.Points, null, Key.Seed(8), three));
    }

    private static DriftSampler Sampler(bool variance, bool back, DiffusionKind process, int steps, double width = 1)
    {
        DriftShape Shape(int outputs, DriftShape? back = null) => new(2, 0, [16], ActivationKind.Silu, new TimeEmbedding(TimeEmbeddingKind.Harmonic, 4), outputs, score: false, back: back);
        var shape = Shape(variance ? 4 : 2, back ? Shape(4) : null);
        var parameters = new float[shape.ParameterCount];
        // Networks of order 1, so that weights have a variance.
        shape.Initialize(Key.Seed(4), 1, parameters);
        return new DriftSampler(normal, shape, parameters, new DiffusionOptions { Process = process, Steps = steps, Variance = width, RateFirst = 1, VarianceRange = 0.5, BackRange = 0.6 });
    }

    private static double LogDensity(Points points, int i) => -(Math.Pow((points[i][0] - 0.3) / 0.9, 2) + Math.Pow((points[i][1] + 0.2) / 1.1, 2)) / 2;

    // Within four standard errors, which are below a fiftieth.
    private static void HasMeanOne(double[] values)
    {
        var mean = values.Average();
        var error = Math.Sqrt(values.Average(w => (w - mean) * (w - mean)) / values.Length);
        Assert.InRange(error, 0, 0.02);
        Assert.Equal(1, mean, 4 * error);
    }
}
