using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using Locus.Projection;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Projection;

/// <summary>Sets that are degenerate, scaled badly, cut by their box, or empty.</summary>
public class HardSetTests
{
    public static TheoryData<string> Solvable => [.. Solvables().Select(problem => problem.Name)];

    public static TheoryData<string> Empty => [.. Empties().Select(problem => problem.Name)];

    [Theory]
    [MemberData(nameof(Solvable))]
    public void Every_point_of_the_region_reaches_the_set(string name)
    {
        var problem = Solvables().Single(p => p.Name == name);
        Projecting.AssertOnSet(problem, Projecting.Project(problem, Projecting.Uniform(problem, 256)));
    }

    [Theory]
    [MemberData(nameof(Empty))]
    public void Where_constraints_contradict_each_other_every_point_stalls_and_says_so(string name)
    {
        var problem = Empties().Single(p => p.Name == name);
        var projected = Projecting.Project(problem, Projecting.Uniform(problem, 128));
        Assert.Equal(128, projected.Count(ProjectionOutcome.Stalled));
        var finding = Assert.Single(projected.Findings());
        Assert.Contains("128 of 128 samples (slack", finding, StringComparison.Ordinal);
        Assert.Contains("contradict each other", finding, StringComparison.Ordinal);
        // Nearer than it was, and in the box.
        var start = Projecting.Uniform(problem, 128);
        for (var i = 0; i < 128; i++)
        {
            double[] before = [problem.Set.Slack.Evaluate(start[i], [])];
            Assert.InRange(projected.Residuals[i], 0, before[0] * (1 + 1e-12));
        }
    }

    [Fact]
    public void Units_of_coordinates_and_constraints_do_not_matter()
    {
        // A circle of a metre in micrometres beside an angle in mega-units, each constraint in another unit again; slack counts in the constraints' own.
        var problem = Problem.Define(
            "units", [new("a", -2e6, 2e6), new("b", -2e6, 2e6), new("c", -2e-6, 2e-6)],
            x => [1e-6 * (Square(x[0] * 1e-6) + Square(x[1] * 1e-6) - 1) == 0, 1e3 * (1e6 * x[2] - x[0] * x[1] * 1e-12) == 0]);
        var projected = Projecting.Project(problem, Projecting.Uniform(problem, 256));
        Assert.Equal(256, projected.Succeeded);
        for (var i = 0; i < 256; i++)
        {
            var x = projected.Points[i];
            var (a, b, c) = (x[0] * 1e-6, x[1] * 1e-6, x[2] * 1e6);
            // The polishing steps bring both to rounding, far below what the tolerance of 1e-10 asks of the first one in its unit (1e-4 of a square metre).
            Assert.Equal(1, a * a + b * b, 1e-13);
            Assert.Equal(a * b, c, 1e-13);
        }
    }

    [Fact]
    public void A_box_far_from_the_origin_is_reached_as_near_as_doubles_allow()
    {
        var problem = Problem.Define("far", [new("t", 1e6, 1e6 + 1), new("v", -1, 1)], x => [x[0] - 1e6 == Square(x[1])]);
        var projected = Projecting.Project(problem, Projecting.Uniform(problem, 128));
        // Next to a million doubles are 1.2e-10 apart: the slack of the nearest one is up to half of that.
        Assert.Equal(128, projected.Succeeded);
        Assert.All(projected.Residuals, residual => Assert.InRange(residual, 0, 2.4e-10));
    }

    [Fact]
    public void A_corner_of_the_box_is_a_point_like_any_other()
    {
        var problem = Problem.Define("corner", 3, x => [x[0] + x[1] + x[2] == 2.9999], -1, 1);
        var projected = Projecting.Project(problem, Projecting.Uniform(problem, 256));
        Projecting.AssertOnSet(problem, projected);
        // The set is a triangle whose corners lie 1e-4 inside that of the box.
        Assert.All(projected.Points.Values, value => Assert.InRange(value, 1 - 1e-4 - 1e-12, 1));
        Assert.Contains(projected.Points.Values, value => value == 1);
    }

    [Fact]
    public void A_start_outside_the_box_comes_back_even_where_constraints_hold()
    {
        var problem = Problem.Define("half", 2, x => [x[0] + x[1] <= 10], -1, 1);
        var projected = Projecting.Project(problem, [3, 0.25], [-1, 1]);
        Assert.Equal([1.0, 0.25, -1, 1], projected.Points.Values);
        Assert.Equal([ProjectionOutcome.Projected, ProjectionOutcome.OnSet], projected.Outcomes);
        Assert.Equal(2.0, projected.Moves[0]);
    }

    [Fact]
    public void A_gradient_that_vanishes_stalls_at_once()
    {
        var problem = Problem.Define("circle", 2, x => [Norm(x) == 1], -2, 2);
        var projected = Projecting.Project(problem, [0, 0], [1e-12, 0]);
        Assert.Equal([ProjectionOutcome.Stalled, ProjectionOutcome.Projected], projected.Outcomes);
        Assert.Equal((0, 0.0, 1.0), (projected.Steps[0], projected.Moves[0], projected.Residuals[0]));
        Assert.Contains("gradient that vanishes", ProjectedPoints.Advice(ProjectionOutcome.Stalled), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_steps_are_told_apart_and_leave_the_best_point()
    {
        var problem = Problem.Define("circle", 2, x => [Square(x[0]) + Square(x[1]) == 1], -200, 200);
        var projected = Projecting.Project(problem, Projecting.Of([150, 0]), options: new() { MostSteps = 3 });
        Assert.Equal(ProjectionOutcome.StepsExhausted, projected.Outcomes[0]);
        Assert.Equal(3, projected.Steps[0]);
        Assert.InRange(projected.Points[0][0], 10, 80);
        Assert.Contains("steps were used up", Assert.Single(projected.Findings()), StringComparison.Ordinal);
    }

    private static IEnumerable<Problem> Solvables()
    {
        yield return Problem.Define("repeated-equality", 2, x => [Norm(x) == 1, Norm(x) == 1, 3 * Norm(x) == 3], -2, 2);
        yield return Problem.Define("dependent-planes", 3, x => [x[0] + x[1] == 1, x[1] + x[2] == 0.5, x[0] + 2 * x[1] + x[2] == 1.5], -3, 3);
        yield return Problem.Define("double-root", 2, x => [Square(x[0]) == 0], -2, 2);
        yield return Problem.Define("triple-root", 2, x => [Pow(x[0], 3) == 0], -2, 2);
        yield return Problem.Define("cross", 2, x => [x[0] * x[1] == 0], -2, 2);
        yield return Problem.Define("tangent-line", 2, x => [Norm(x) == 1, x[1] == 1], -2, 2);
        yield return Problem.Define("touching-disks", 2, x => [Norm(x) <= 1, Norm(x[0] - 2, x[1]) <= 1], -3, 3);
        yield return Problem.Define("touching-half-planes", 2, x => [x[0] <= 0.25, x[0] >= 0.25], -3, 3);
        yield return Problem.Define("wedge-of-one-degree", 2, x => [x[1] <= 0.017 * x[0], x[1] >= -0.017 * x[0], x[0] <= 0.5], -2, 2);
        yield return Problem.Define("valley", 2, x => [10 * (x[1] - Square(x[0])) == 0, 1 - x[0] == 0], -3, 3);
        yield return Problem.Define("kink", 2, x => [Abs(x[0]) + Abs(x[1]) == 1], -2, 2);
        yield return Problem.Define("disc-or-curve-or-point", 2, x => [Any(Norm(x[0] - 1, x[1] - 1) <= 0.3, Norm(x[0] + 1, x[1]) == 0.5, All(x[0] == 1, x[1] == -1))], -2, 2);
        yield return Problem.Define("hundred-faces", 5, x => [.. Enumerable.Range(0, 100).Select(i => Dot(Normal(i), x) <= 1)], -3, 3);
        yield return Problem.Define("chain", 12, x => [.. Enumerable.Range(0, 3).Select(k => Norm(x[3 * k] - x[3 * k + 3], x[3 * k + 1] - x[3 * k + 4], x[3 * k + 2] - x[3 * k + 5]) == 1), x[0] == 0, x[1] == 0, x[2] == 0], -4, 4);
    }

    private static IEnumerable<Problem> Empties()
    {
        yield return Problem.Define("no-root", 2, x => [Square(x[0]) + 1 == 0], -2, 2);
        yield return Problem.Define("parallel-lines", 2, x => [x[0] == 0, x[0] == 1], -2, 2);
        yield return Problem.Define("disks-a-hair-apart", 2, x => [Norm(x) <= 1, Norm(x[0] - 2.001, x[1]) <= 1], -3, 3);
        yield return Problem.Define("disks-far-apart", 2, x => [Norm(x) <= 1, Norm(x[0] - 3, x[1]) <= 1], -3, 3);
        yield return Problem.Define("outside-of-the-box", 2, x => [x[0] + x[1] == 5], -2, 2);
    }

    private static Vector Normal(int i) => new(Enumerable.Range(0, 5).Select(d => (Expr)Draws.Normal(Key.Seed(1), (ulong)i, (uint)d)));
}
