using Locus.Engine.Programs;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Projection;

public class ProjectorTests
{
    private static readonly Problem Ring = Problem.Define("ring", 2, x => [Abs(Norm(x) - 1) <= 0.1], -2, 2);

    [Fact]
    public void Points_on_the_set_keep_their_bits_and_inequalities_hold_exactly()
    {
        var starts = Projecting.Uniform(Ring, 500);
        var projected = Projecting.Project(Ring, starts);
        Projecting.AssertOnSet(Ring, projected);
        Assert.All(projected.Residuals, residual => Assert.Equal(0, residual));
        for (var i = 0; i < starts.Count; i++)
        {
            var inside = Math.Abs(Math.Sqrt(starts[i][0] * starts[i][0] + starts[i][1] * starts[i][1]) - 1) <= 0.1;
            Assert.Equal(inside ? ProjectionOutcome.OnSet : ProjectionOutcome.Projected, projected.Outcomes[i]);
            if (!inside) continue;
            Assert.Equal(starts[i].ToArray(), projected.Points[i].ToArray());
            Assert.Equal((0, 0.0), (projected.Steps[i], projected.Moves[i]));
        }

        var again = Projecting.Project(Ring, projected.Points);
        Assert.Equal(projected.Points.Values, again.Points.Values);
        Assert.Equal(500, again.Count(ProjectionOutcome.OnSet));
    }

    [Fact]
    public void The_same_bits_for_any_number_of_threads_and_any_company()
    {
        var problem = Problem.Define("curve", 3, x => [Norm(x) == 1, Sin(3 * x[0]) + x[1] * x[2] <= 0.2], -2, 2);
        var starts = Projecting.Uniform(problem, 300);
        var one = Projecting.Project(problem, starts);
        foreach (var threads in new[] { 2, 3 })
        {
            var more = Projecting.Project(problem, starts, threads: threads);
            Assert.Equal(one.Points.Values, more.Points.Values);
            Assert.Equal(one.Outcomes, more.Outcomes);
            Assert.Equal(one.Residuals, more.Residuals);
            Assert.Equal(one.Steps, more.Steps);
            Assert.Equal(one.Moves, more.Moves);
        }

        // Alone, at another place of a block, beside points that fail.
        for (var i = 0; i < 40; i++)
        {
            var alone = Projecting.Project(problem, starts[i].ToArray());
            Assert.Equal(one.Points[i].ToArray(), alone.Points[0].ToArray());
            var amid = Projecting.Project(problem, [0, 0, 0], [double.NaN, 1, 1], starts[i + 100].ToArray(), starts[i].ToArray());
            Assert.Equal(one.Points[i].ToArray(), amid.Points[3].ToArray());
            Assert.Equal((one.Steps[i], one.Outcomes[i]), (amid.Steps[3], amid.Outcomes[3]));
        }
    }

    [Fact]
    public void Parameters_are_given_for_each_point_or_for_all()
    {
        var problem = Problem.Define("circle", Variable.Vector("x", 2, -9, 9), [new("radius", 1, 5)], (x, c) => [Norm(x) == c[0]]);
        var starts = Projecting.Of([1, 0], [0, 1], [-3, -4]);
        var each = Projecting.Project(problem, starts, Projecting.Of([2], [3], [4]));
        Projecting.AssertOnSet(problem, each with { Residuals = each.Residuals });
        Assert.Equal([2.0, 0, 0, 3, -2.4, -3.2], each.Points.Values.Select(v => Math.Round(v, 12)));
        var all = Projecting.Project(problem, starts, Projecting.Of([2]));
        Assert.Equal([2.0, 0, 0, 2, -1.2, -1.6], all.Points.Values.Select(v => Math.Round(v, 12)));
        Assert.Equal(ProjectionOutcome.NotFinite, Projecting.Project(problem, starts, Projecting.Of([2], [double.NaN], [4])).Outcomes[1]);
    }

    [Fact]
    public void What_is_not_finite_is_left_alone()
    {
        var problem = Problem.Define("logarithm", 2, x => [Log(x[0]) == x[1]], -2, 2);
        var projected = Projecting.Project(problem, [double.NaN, 1], [1, double.PositiveInfinity], [-1, 0], [1, 0.3]);
        Assert.Equal([ProjectionOutcome.NotFinite, ProjectionOutcome.NotFinite, ProjectionOutcome.NotFinite, ProjectionOutcome.Projected], projected.Outcomes);
        Assert.Equal([double.NaN, 1, 1, double.PositiveInfinity, -1, 0], projected.Points.Values[..6]);
        Assert.Equal([double.NaN, double.NaN, double.NaN], projected.Residuals.Take(3));
        Assert.Contains("3 of 4 samples: each has coordinates", Assert.Single(projected.Findings()), StringComparison.Ordinal);
        // From x_0 = 1.5 a full step would leave the domain of the logarithm.
        Projecting.AssertOnSet(problem, Projecting.Project(problem, [1.9, -1.9]));
    }

    [Fact]
    public void A_function_of_the_user_is_called_with_finite_points_alone()
    {
        var problem = Problem.Define("opaque", 2, x => [Call(new Product(), x)[0] == 1], -3, 3);
        var projected = Projecting.Project(problem, [1.5, 1.5], [double.NaN, 0], [0.5, 2.9]);
        Assert.Equal([ProjectionOutcome.Projected, ProjectionOutcome.NotFinite, ProjectionOutcome.Projected], projected.Outcomes);
        // Its derivatives are central differences: exact for a product but for rounding.
        Assert.Equal(1, projected.Points[0][0], 1e-9);
        Assert.InRange(projected.Residuals[0] + projected.Residuals[2], 0, 1e-9);
    }

    [Fact]
    public void Everything_that_does_not_fit_is_named()
    {
        var problem = Problem.Define("circle", Variable.Vector("x", 2, -9, 9), [new("radius", 1, 5)], (x, c) => [Norm(x) == c[0]]);
        var message = Assert.Throws<LocusException>(() => Projecting.Project(problem, new Points(3, 4))).Message;
        Assert.Contains("4 coordinates, 'circle' has 2", message, StringComparison.Ordinal);
        Assert.Contains("0 parameters are given, 'circle' has 1", message, StringComparison.Ordinal);
        Assert.Contains("3 points and 2 sets", Assert.Throws<LocusException>(() => Projecting.Project(problem, new Points(3, 2), new Points(2, 1))).Message, StringComparison.Ordinal);
        var options = new ProjectorOptions { Tolerance = -1, MostSteps = 0 };
        var wrong = Assert.Throws<LocusException>(() => new Projector(problem, options)).Message;
        Assert.Contains("tolerance", wrong, StringComparison.Ordinal);
        Assert.Contains("mostSteps", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void No_points_are_no_work_and_a_cancelled_projection_ends()
    {
        Assert.Equal(0, Projecting.Project(Ring, new Points(0, 2)).Succeeded);
        using var team = new Team(1);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Projector(Ring).Project(new Points(3, 2), null, team, source.Token));
    }

    private sealed class Product : OpaqueFunction
    {
        public override int Inputs => 2;

        public override int Outputs => 1;

        public override void Evaluate(ReadOnlySpan<double> x, Span<double> values)
        {
            if (!double.IsFinite(x[0]) || !double.IsFinite(x[1])) throw new ArgumentException("not finite", nameof(x));
            values[0] = x[0] * x[1];
        }
    }
}
