using Locus.Problems;
using Locus.Projection;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Projection;

/// <summary>Steps go over the ends of a periodic variable's box, and points end within it.</summary>
public sealed class PeriodicProjectionTests
{
    // |q - 3| <= 0.2 on a circle of 6: an arc over both ends of the box.
    private static readonly Problem Arc = Problem.Define(
        "arc", [new Variable("q", -3, 3, Periodic: true), new Variable("x", -1, 1)], x => [Cos(x[0] * (Math.PI / 3)) <= -Math.Cos(0.2 * Math.PI / 3), x[1] == 0]);

    [Fact]
    public void The_nearest_point_may_lie_over_the_seam()
    {
        // sin q = -0.1 just before 2 pi: near for points on both sides of the seam.
        var slope = Problem.Define("slope", [new Variable("q", 0, 2 * Math.PI, Periodic: true), new Variable("x", -1, 1)], x => [Sin(x[0]) == -0.1]);
        var projected = Projecting.Project(slope, [0.05, 0.5], [2 * Math.PI - 0.2, 0.5]);
        Projecting.AssertOnSet(slope, projected);
        var root = 2 * Math.PI - Math.Asin(0.1);
        for (var i = 0; i < 2; i++) Assert.Equal(root, projected.Points[i][0], 1e-9);
        Assert.Equal(0.05 + Math.Asin(0.1), projected.Moves[0], 1e-9);
        Assert.Equal(0.2 - Math.Asin(0.1), projected.Moves[1], 1e-9);
        // With a box that ends there the first one cannot leave, and goes to the other root or nowhere.
        var cut = Projecting.Project(Seam.Cut(slope), [0.05, 0.5]);
        Assert.True(cut.Outcomes[0] == ProjectionOutcome.Stalled || Math.Abs(cut.Points[0][0] - root) > 1, $"{cut.Outcomes[0]} at {cut.Points[0][0]}");
    }

    [Fact]
    public void All_points_reach_an_arc_over_the_seam_and_stay_in_the_box()
    {
        var projected = Projecting.Project(Arc, Projecting.Uniform(Arc, 300));
        Projecting.AssertOnSet(Arc, projected);
        var again = Projecting.Project(Arc, projected.Points);
        Assert.Equal(projected.Points.Values, again.Points.Values);
        Assert.Contains(projected.Points.Values, q => q > 2.7);
        Assert.Contains(projected.Points.Values, q => q < -2.7);
    }

    [Fact]
    public void A_point_of_another_turn_comes_back_without_having_moved()
    {
        var projected = Projecting.Project(Arc, [3.1, 0], [-2.9 - 12, 0]);
        Assert.Equal(-2.9, projected.Points[0][0], 1e-12);
        Assert.Equal(-2.9, projected.Points[1][0], 1e-12);
        Assert.All(projected.Moves, move => Assert.InRange(move, 0, 1e-12));
        Assert.All(projected.Residuals, residual => Assert.InRange(residual, 0, 1e-12));
    }
}
