using Locus.Diagnostics;
using Locus.Diagnostics.Rivals;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;

namespace Locus.Gallery.Tests;

/// <summary>The rivals of a network on sets whose truth is known.</summary>
public sealed class RivalTests
{
    private const int Keep = 4000;

    [Theory]
    [InlineData("three-rings")]
    [InlineData("shield")]
    [InlineData("ellipsoids")]
    [InlineData("polytope")]
    public void Rejection_draws_exact_samples(string name)
    {
        var (problem, truth) = (Gallery.Find(name)!.Problem, Gallery.Find(name)!.Truth!);
        using var team = new Team(2);

        var kept = Run(new RejectionRival(problem, [], Keep, Key.Seed(71), 2), 400, team);

        Assert.Equal(0, Slacks.Of(problem.Slack, kept, null, 2).Max());
        AssertEven(kept, truth);
    }

    [Theory]
    [InlineData("three-rings")]
    [InlineData("shield")]
    [InlineData("torus")]
    [InlineData("rotations")]
    public void Walks_draw_evenly(string name)
    {
        var (problem, truth) = (Gallery.Find(name)!.Problem, Gallery.Find(name)!.Truth!);
        using var team = new Team(2);
        var rival = new WalkRival(problem, [], Keep, Key.Seed(72), 2);

        var kept = Run(rival, 2000, team);

        Assert.InRange(Slacks.Of(problem.Slack, kept, null, 2).Max(), 0, 1e-9);
        // Snapshots hundreds of steps apart, so that they are as good as independent.
        Assert.InRange(rival.Samples, Keep, double.PositiveInfinity);
        AssertEven(kept, truth);
    }

    [Theory]
    [InlineData("three-rings")]
    [InlineData("torus")]
    [InlineData("linkage")]
    [InlineData("polytope")]
    public void Descents_end_on_the_set(string name)
    {
        var problem = Gallery.Find(name)!.Problem;
        using var team = new Team(2);

        var kept = Run(new DescentRival(problem, [], Keep, Key.Seed(73), 2), 4, team);

        Assert.Equal(Keep, kept.Count);
        Assert.InRange(Slacks.Of(problem.Slack, kept, null, 2).Max(), 0, 1e-9);
    }

    private static Points Run(Rival rival, int waves, Team team)
    {
        for (var wave = 0; wave < waves; wave++) rival.Wave(team, default);
        return rival.Kept;
    }

    private static void AssertEven(Points kept, Truth truth)
    {
        Assert.Equal(Keep, kept.Count);
        // The law of the distance has a long tail upward, which few pairs would not show.
        var floor = EnergyFloor.Of(truth, Key.Seed(74), Keep, threads: 2, pairs: 24);
        Assert.InRange(EnergyDistance.Of(kept, truth.Sample(Key.Seed(75), Keep), threads: 2), 0, floor.Mean + 4 * floor.Deviation);
    }
}
