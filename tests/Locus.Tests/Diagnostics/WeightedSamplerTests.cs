using Locus.Diagnostics;
using Locus.Engine.Networks;
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

/// <summary>Weighted samples of flows against the uniform law by volume, whose averages are known.</summary>
public sealed class WeightedSamplerTests
{
    private static readonly Key Key = Key.Seed(41);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Weighted_noise_is_uniform_on_a_disc(int threads)
    {
        // The flow stands still, and q is the normal density.
        var (shape, parameters) = KnownNetworks.Standing(2);
        var disc = Problem.Define("disc", 2, x => [Norm(x) <= 1.5]);
        var (samples, weights) = Weighted(disc, shape, parameters, new FlowOptions { Steps = 1 }, 20_000, threads);
        IsUniformOnDisc(samples.Points, weights, 0, 0, 1.5);
        Assert.Equal(EffectiveShareOfNoise(1.5), weights.EffectiveShare, 0.02);
        Assert.InRange(weights.TailShape, -1.5, 0.5);
    }

    [Fact]
    public void A_target_tilts_the_law()
    {
        var (shape, parameters) = KnownNetworks.Standing(1);
        var line = Problem.Define("half-line", 1, x => [x[0] >= 0, x[0] <= 3]);
        using var team = new Team(2);
        var samples = new FlowSampler(line, shape, parameters, new FlowOptions { Steps = 1 }).SampleWithDensity(20_000, Key, team);
        double[] x = [.. samples.Points.Values], target = [.. x.Select(value => -2 * value)];
        var weights = ImportanceWeights.Of(line, samples, Slacks.Of(line.Slack, samples.Points, null, 1), logTarget: target);
        // p = exp(-2 x) on [0, 3]: mass (1 - exp(-6)) / 2, mean 1/2 - 3 exp(-6) / (1 - exp(-6)).
        var mass = (1 - Math.Exp(-6)) / 2;
        Assert.Equal(Math.Log(mass), weights.LogMass, 3 * weights.MassError);
        Within(0.5 - 3 * Math.Exp(-6) / (1 - Math.Exp(-6)), weights.Mean(x), 0.02);
    }

    [Fact]
    public void Where_the_flow_folds_signs_make_the_averages_right()
    {
        // One step takes z to -0.5 z within +-1 and to 2 z - 2.5 beyond: points within +-0.5 are reached by three noises, of which one is turned over.
        var (shape, parameters) = KnownNetworks.Bent(-0.5f, 2);
        var line = Problem.Define("line", 1, x => [Abs(x[0] - 0.25) <= 0.5]);
        var (samples, weights) = Weighted(line, shape, parameters, new FlowOptions { Steps = 1 }, 100_000, 2);
        Assert.InRange(samples.Densities!.Folded, 1, 99_999);
        Assert.InRange(weights.FoldedShare, 0.05, 0.45);
        double[] x = [.. samples.Points.Values];
        Assert.Equal(0, weights.LogMass, 3 * weights.MassError);
        Assert.InRange(weights.MassError, 0, 0.05);
        Within(0.25, weights.Mean(x), 0.02);
        // Without the signs the doubled part, from -0.25 to 0.5, would count too often by far.
        double sum = 0, moment = 0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += Math.Abs(weights.Values[i]);
            moment += Math.Abs(weights.Values[i]) * x[i];
        }
        Assert.InRange(moment / sum, 0, 0.2);
    }

    [Fact]
    public void Samples_of_a_trained_network_are_uniform_once_they_are_weighted()
    {
        var disc = Problem.Define("disc", [new Variable("x", -1, 5), new("y", -2, 2)], x => [Norm(x[0] - 2, x[1]) <= 1.2]);
        // Uniform steps, and few of them, so that some noise is left beside the disc and its rim is reached.
        var options = new PaperOptions
        {
            Rounds = 12, PoolSize = 2048, Passes = 6, Batch = 256, Hidden = [32, 32], PoolSteps = 20, LearningRate = 4e-3, AverageDecay = 0.98, Sampler = new() { Steps = 20, GridPower = 1 },
        };
        using var team = new Team(2);
        var sampler = Trainings.Train(disc, options, team).Sampler;
        var samples = sampler.SampleWithDensity(20_000, Key, team);
        var weights = ImportanceWeights.Of(disc, samples, Slacks.Of(disc.Slack, samples.Points, null, 2));
        Assert.Equal(0, samples.Densities!.Folded);
        Assert.InRange(weights.EffectiveShare, 0.2, 0.95);
        IsUniformOnDisc(samples.Points, weights, 2, 0, 1.2);
        // The samples alone are not: their mean square radius misses that of the disc by many of its errors.
        double[] squares = [.. Enumerable.Range(0, 20_000).Where(i => weights.Values[i] > 0).Select(i => Square(samples.Points[i][0] - 2) + Square(samples.Points[i][1]))];
        Assert.True(Math.Abs(squares.Average() - 0.72) > 5 * Math.Sqrt(squares.Average(s => Square(s - 0.72)) / squares.Length), $"mean {squares.Average()} without weights");
        // And once they are drawn by their weights, they are again.
        var drawn = samples.Pick(weights.Resample(5000, Key));
        double[] resampled = [.. Enumerable.Range(0, 5000).Select(i => Square(drawn.Points[i][0] - 2) + Square(drawn.Points[i][1]))];
        // 5000 draws of about 10,000 effective ones: errors of both, R^2 / sqrt(12) each.
        Assert.Equal(0.72, resampled.Average(), 3 * 1.44 / Math.Sqrt(12) * Math.Sqrt(1 / 5000.0 + 1 / weights.EffectiveCount));
    }

    private static (SampleSet Samples, ImportanceWeights Weights) Weighted(Problem problem, MlpShape shape, float[] parameters, FlowOptions flow, int count, int threads)
    {
        using var team = new Team(threads);
        var samples = new FlowSampler(problem, shape, parameters, flow).SampleWithDensity(count, Key, team);
        return (samples, ImportanceWeights.Of(problem, samples, Slacks.Of(problem.Slack, samples.Points, samples.Conditions, threads)));
    }

    /// <summary>Area, middle, mean square radius and the share of the inner half of the radius, each within three standard errors.</summary>
    private static void IsUniformOnDisc(Points points, ImportanceWeights weights, double x, double y, double radius)
    {
        double[] Each(Func<double, double, double> f) => [.. Enumerable.Range(0, points.Count).Select(i => f((points[i][0] - x) / radius, (points[i][1] - y) / radius))];
        Assert.Equal(Math.Log(Math.PI * radius * radius), weights.LogMass, 3 * weights.MassError);
        Assert.InRange(weights.MassError, 0, 0.02);
        Within(0, weights.Mean(Each((u, _) => u)), 0.02);
        Within(0, weights.Mean(Each((_, v) => v)), 0.02);
        Within(0.5, weights.Mean(Each((u, v) => u * u + v * v)), 0.02);
        Within(0.25, weights.Mean(Each((u, v) => u * u + v * v < 0.25 ? 1 : 0)), 0.02);
    }

    /// <summary>Three standard errors, which must themselves be small enough to say something.</summary>
    private static void Within(double truth, (double Mean, double StandardError) found, double largestError)
    {
        Assert.InRange(found.StandardError, 0, largestError);
        Assert.InRange(found.Mean, truth - 3 * found.StandardError, truth + 3 * found.StandardError);
    }

    /// <summary>E[w]^2 / E[w^2] for w = 1 / q within r: E[w] = pi r^2, E[w^2] = integral of 1 / q = 4 pi^2 (exp(r^2 / 2) - 1).</summary>
    private static double EffectiveShareOfNoise(double r) => Math.Pow(Math.PI * r * r, 2) / (4 * Math.PI * Math.PI * (Math.Exp(r * r / 2) - 1));

    private static double Square(double x) => x * x;
}
