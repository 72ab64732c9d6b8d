using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;
using Locus.Sampling;

namespace Locus.Gallery.Tests;

/// <summary>Chains leave exact samples exact, on every set of the gallery.</summary>
public sealed class ExactChainTests
{
    public static TheoryData<string> Names => [.. Gallery.Sets.Select(entry => entry.Problem.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Exact_samples_stay_exact(string name)
    {
        const int steps = 20;
        var (problem, truth) = (Gallery.Find(name)!.Problem, Gallery.Find(name)!.Truth!);
        // A step costs the square of the number of equalities and more.
        var count = problem.Dimension > 20 ? 512 : 4096;
        using var team = new Team(2);
        var starts = new Projector(problem).Project(truth.Sample(Key.Seed(61), count), null, team);

        var ends = new ExactChain(problem).Run(starts, null, steps, Key.Seed(62), team);

        Assert.InRange(ends.Residuals.Max(), 0, 1e-9);
        Assert.InRange(ends.Still, 0, 0.05 * count);
        // Of steps between 2 and 1/32, in coordinates in which the box is 4 wide.
        var moved = ends.Moves.Average();
        Assert.InRange(moved, 0.02 * Spread(starts.Points), double.PositiveInfinity);
        var floor = EnergyFloor.Of(truth, Key.Seed(63), count, threads: 2, pairs: 8);
        var distance = EnergyDistance.Of(ends.Points, truth.Sample(Key.Seed(64), count), threads: 2);
        // The floor's own deviation, four times: 1 in 10,000 if it were normal.
        Assert.InRange(distance, 0, floor.Mean + 4 * floor.Deviation);
        var shares = ComponentShares.Of(ends.Points, truth);
        Assert.Equal(0, shares.Outside);
        for (var i = 0; i < shares.Shares.Count; i++) Assert.InRange(shares.Shares[i] - shares.TrueShares[i], -4 * shares.Errors[i] - 1e-12, 4 * shares.Errors[i] + 1e-12);
    }

    [Theory]
    [InlineData("three-rings")]
    [InlineData("polytope")]
    [InlineData("ellipsoids")]
    [InlineData("caps")]
    [InlineData("simplex-caps")]
    public void Forty_steps_clear_the_boundaries_on_which_projection_piles(string name)
    {
        const int count = 16384;
        const double distance = 0.01;
        var (problem, truth) = (Gallery.Find(name)!.Problem, Gallery.Find(name)!.Truth!);
        using var team = new Team(2);
        var noise = new Points(count, problem.Dimension);
        for (var i = 0; i < count; i++) problem.Region.Draw(Key.Seed(65), (ulong)i, noise.Row(i));
        BoundaryLayer layer = new(problem);
        double Share(Points points) => layer.Share(points, null, distance, 2, default);
        var expected = Share(truth.Sample(Key.Seed(66), 4 * count));
        var projected = new Projector(problem).Project(noise, null, team);

        var ends = new ExactChain(problem).Run(projected, null, 40, Key.Seed(67), team);

        // What is too much before is gone but for a twentieth: parts between which no step leads keep shares that are not the true ones, and so does their boundary.
        var (before, after) = (Share(projected.Points) - expected, Share(ends.Points) - expected);
        Assert.InRange(before, 0.1, 1);
        Assert.InRange(after, -0.01, 0.05 * before);
    }

    [Theory]
    [InlineData("three-rings")]
    [InlineData("shield")]
    [InlineData("polytope")]
    [InlineData("ellipsoids")]
    public void Forty_steps_fill_the_boundary_layer_that_training_leaves_empty(string name)
    {
        const int count = 16384;
        const double distance = 0.01;
        var (problem, truth) = (Gallery.Find(name)!.Problem, Gallery.Find(name)!.Truth!);
        using var team = new Team(2);
        BoundaryLayer layer = new(problem);
        double Share(Points points, double distance) => layer.Share(points, null, distance, 2, default);
        var exact = truth.Sample(Key.Seed(68), 2 * count);
        var expected = Share(exact, distance);
        // Samples of a network keep away from the boundary, as training teaches them: here by twice the layer.
        var inner = new Points([.. Enumerable.Range(0, exact.Count).Where(i => Share(new Points(exact[i].ToArray(), exact.Dimension), 2 * distance) == 0).SelectMany(i => exact[i].ToArray())], exact.Dimension);
        Assert.Equal(0, Share(inner, distance));

        var ends = new ExactChain(problem).Run(ProjectedPoints.OnSet(inner), null, 40, Key.Seed(69), team);

        var error = Math.Sqrt(expected * (1 - expected) * (1.0 / exact.Count + 1.0 / inner.Count));
        // Both shares are measured, as often as this.
        Assert.InRange(Share(ends.Points, distance) - expected, -4 * error, 4 * error);
    }

    private static double Spread(Points points)
    {
        var sum = 0.0;
        for (var i = 0; i + 1 < points.Count; i += 2)
            sum += Math.Sqrt(points[i].ToArray().Zip(points[i + 1].ToArray(), (a, b) => (a - b) * (a - b)).Sum());
        return sum / (points.Count / 2);
    }
}
