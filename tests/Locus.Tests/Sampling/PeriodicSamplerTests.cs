using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;
using Locus.Sampling;
using Locus.Tests.Flows;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Sampling;

/// <summary>What a network says beyond the ends of a periodic variable's box is delivered within it.</summary>
public sealed class PeriodicSamplerTests
{
    private static readonly Key Key = Key.Seed(51);
    private static readonly Problem Turn = Problem.Define("turn", [new Variable("q", -1, 1, Periodic: true), new Variable("x", -1, 1)], x => [Cos(Math.PI * x[0]) <= 0.5, Abs(x[1]) <= 0.8]);

    [Theory]
    [InlineData(3)]
    [InlineData(5000)]
    public void Samples_are_wrapped_into_the_box(int count)
    {
        using var team = new Team(2);
        var (shape, parameters) = KnownNetworks.Standing(2);
        var flow = new FlowOptions { Steps = 1 };
        var wrapped = new FlowSampler(Turn, shape, parameters, flow).Sample(count, Key, team).Points;
        var straight = new FlowSampler(Seam.Cut(Turn), shape, parameters, flow).Sample(count, Key, team).Points;
        for (var i = 0; i < count; i++)
        {
            Assert.InRange(wrapped[i][0], -1, 1);
            Assert.Equal(Turn.Variables[0].Wrap(straight[i][0]), wrapped[i][0]);
            Assert.Equal(straight[i][1], wrapped[i][1]);
        }
        // The noise has half the box as its deviation: two in fifty lie beyond it.
        if (count > 1000) Assert.InRange(Enumerable.Range(0, count).Count(i => straight[i][0] != wrapped[i][0]), 0.03 * count, 0.06 * count);
    }

    [Fact]
    public void Weights_count_each_point_of_the_circle_once()
    {
        // Noise is wider than a turn here: images of the set beyond it would add to its area, 2 * 2/3 * 1.6.
        using var team = new Team(2);
        var (shape, parameters) = KnownNetworks.Standing(2);
        var standard = Standardization.Of(Turn, [0.7, 0], [1, 1]);
        var samples = new FlowSampler(Turn, shape, parameters, new FlowOptions { Steps = 1 }, standard).SampleWithDensity(50_000, Key, team);
        var weights = ImportanceWeights.Of(Turn, samples, Slacks.Of(Turn.Slack, samples.Points, null, 2));
        Assert.InRange(weights.MassError, 0, 0.01);
        Assert.Equal(Math.Log(2 * 2 / 3.0 * 1.6), weights.LogMass, 3 * weights.MassError);
        double[] side = [.. Enumerable.Range(0, samples.Points.Count).Select(i => samples.Points[i][0] > 0 ? 1.0 : 0)];
        var (mean, error) = weights.Mean(side);
        Assert.InRange(mean, 0.5 - 3 * error, 0.5 + 3 * error);
    }
}
