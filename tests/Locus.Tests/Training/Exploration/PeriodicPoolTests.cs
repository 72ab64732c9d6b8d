using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Training;

/// <summary>Sets that go over the ends of their boxes: cut open to be drawn, and whole to be counted and learned.</summary>
public sealed class PeriodicPoolTests
{
    private static readonly Variable[] Turns = Variable.Vector("q", 2, 0, 2 * Math.PI, "rad", periodic: true);

    // A ring around (pi/2, 0), where the sum is largest: it crosses both seams, which cut it into four.
    private static readonly Problem Wave = Problem.Define("wave", Turns, x => [Abs(Sin(x[0]) + Cos(x[1]) - 0.3) <= 0.2]);

    public static readonly Problem[] Kinds =
    [
        Wave,
        Problem.Define("wave-line", Turns, x => [Sin(x[0]) + Cos(x[1]) == 0.3]),
        // Too thin for rejection and of too many dimensions for charts of 24 neighbours; the other coordinates move the wave by no more than it is wide.
        Problem.Define("wave-shell", [.. Turns, .. Variable.Vector("x", 6, -1, 1)], x => [Abs(Sin(x[0]) + Cos(x[1]) + 0.03 * Sum(x[2..8]) - 0.3) <= 1e-5]),
    ];

    [Theory]
    [InlineData("wave", ExplorationMethod.Rejection)]
    [InlineData("wave-line", ExplorationMethod.Atlas)]
    [InlineData("wave-shell", ExplorationMethod.Walks)]
    internal void What_touches_over_a_seam_is_one_component(string name, ExplorationMethod method)
    {
        var problem = Kinds.Single(kind => kind.Name == name);
        var (points, facts) = ExploredSets.Known(problem, 2, 4096);
        Assert.Equal((1, method), (facts.Components, facts.Method));
        Assert.Equal(facts.ComponentShares, ExploredSets.Known(problem, 1, 4096).Facts.ComponentShares);
        // In u the boxes are [-2, 2].
        Assert.All(points.Values, u => Assert.InRange(u, -2, 2));
        Assert.True(ExploredSets.Known(Seam.Cut(problem), 2, 4096).Facts.Components > 1);
    }

    [Fact]
    public void Parts_that_touch_count_as_one_where_components_are_to_be_alike()
    {
        // An arc of 0.2 over the seam and one of 0.6 elsewhere get the same share by component, however the first is cut.
        var arcs = Problem.Define(
            "arcs", [new Variable("q", 0, 2 * Math.PI, Periodic: true), new Variable("x", -1, 1)],
            x => [Any(Cos(x[0]) >= Math.Cos(0.1), Cos(x[0] - 2) >= Math.Cos(0.3)), x[1] == 0.5 * Sin(x[0])], Measure.Component);
        var (_, points) = ExploredSets.Of(arcs);
        var near = Enumerable.Range(0, points.Count).Count(i => points[i][0] is < 1 or > 5) / (double)points.Count;
        Assert.Equal(0.5, near, 0.03);
        // By walks, which weigh the three parts that the box leaves: the error of a share of a quarter of 1024 chains is 0.03.
        var walked = ExploredSets.Walked(arcs, 1e9).Points;
        Assert.Equal(0.5, Enumerable.Range(0, walked.Count).Count(i => Math.Cos(Math.PI + Math.PI / 2 * walked[i][0]) > 0.5) / (double)walked.Count, 0.1);
    }

    [Fact]
    public void A_network_learns_what_hangs_together_over_the_seam()
    {
        using var team = new Team(2);
        var options = new LocusOptions { Updates = 1500, PoolSize = 8192, Hidden = [64, 64] };
        var sampler = Trainings.Train(Wave, options, team).Sampler;
        // Cut where nothing is: the network's centre is that of the ring, whatever the turn.
        Assert.Equal(Math.PI / 2, sampler.Standard.Center[0] - 2 * Math.PI * Math.Floor(sampler.Standard.Center[0] / (2 * Math.PI)), 0.1);
        Assert.Equal(1, Math.Cos(sampler.Standard.Center[1]), 0.01);
        var samples = sampler.Sample(5000, Key.Seed(9), team).Points;
        Assert.All(samples.Values, q => Assert.InRange(q, 0, 2 * Math.PI));
        var success = Slacks.Of(Wave.Slack, samples, null, 2).Count(slack => slack == 0) / 5000.0;
        // 0.97 without seams that are known; the rest lies in the gaps between the four parts.
        Assert.True(success > 0.99, $"{success} are on the set");
        // The ring is the same on both sides of either seam.
        Assert.Equal(0.5, Enumerable.Range(0, 5000).Count(i => samples[i][1] < Math.PI) / 5000.0, 0.04);
    }
}
