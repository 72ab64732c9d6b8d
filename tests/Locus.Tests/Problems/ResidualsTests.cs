using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using Locus.Tests.Expressions;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Problems;

public class ResidualsTests
{
    private static readonly Problem Mixed = Problem.Define(
        "mixed", [new("a", -4, 4), new("b", 0, 8), new("c")], [new("r", 1, 3)],
        (x, c) => [Norm(x) <= c[0], x[0] * x[1] == Sin(x[2]), Any(x[0] + x[1] <= -1, All(x[2] == 0.5, x[1] >= 2), Square(x[0]) == c[0])]);

    private static readonly Residuals Rows = Standardization.Of(Mixed).Residuals;

    [Fact]
    public void There_is_a_row_for_each_constraint_and_for_the_longest_member_of_a_union() => Assert.Equal(4, Rows.Count);

    [Fact]
    public void Squares_sum_to_the_penalty_of_the_constraints_without_the_box()
    {
        for (var i = 0; i < 100; i++)
        {
            var (u, c, x, given) = Place(i);
            var penalty = Mixed.Constraints.Sum(constraint => constraint.Penalty.Evaluate(x, given));
            var r = Running.InDouble(Rows.Values, u, c);
            // Both sums are of order 100; they round differently.
            Assert.Equal(penalty, r.Sum(value => value * value), 1e-12 * Math.Max(1, penalty));
            Assert.Equal(r, Running.InDouble(Rows.Jacobian, u, c)[..4]);
        }
    }

    [Fact]
    public void Distance_is_that_of_differences_in_the_coordinates_of_the_programs()
    {
        for (var i = 0; i < 100; i++)
        {
            var (u, c, _, _) = Place(i);
            var union = (AnyOf)Mixed.Constraints[2];
            var expected = Mixed.Constraints.Except([union]).Sum(leaf => SquaredDistance(leaf, u, c))
                + union.Members.Min(member => Leaves(member).Sum(leaf => SquaredDistance(leaf, u, c)));
            // Slopes by differences are good to nine digits; a kink lies within their step with a chance of 1e-5.
            Assert.Equal(expected, Running.InDouble(Rows.Distance, u, c)[0], 1e-6 * Math.Max(1, expected));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-6)]
    [InlineData(1e6)]
    public void The_distance_to_a_union_is_that_to_its_nearest_member_whatever_the_units_of_its_members(double unit)
    {
        // 0.2 above the edge of a slab whose constraint is measured in another unit, and 1 beside a disk.
        var rows = Standardization.Of(Problem.Define("slab", 2, x => [Any(unit * (x[1] - 1) <= 0, Norm(x[0] - 2.6, x[1] - 1.2) <= 0.6)], -4, 4)).Residuals;
        Assert.Equal([0.01, 0, 0.2], Running.InDouble(rows.Distance, [0.5, 0.6], []), Within(1e-12));
        // 0.2 beside the disk.
        Assert.Equal([0.01, 0.2, 0], Running.InDouble(rows.Distance, [1.7, 0.6], []), Within(1e-12));
    }

    [Fact]
    public void Distance_counts_nothing_on_the_set_and_is_no_number_short_of_infinity_where_there_is_no_slope()
    {
        var hole = Standardization.Of(Problem.Define("hole", 2, x => [1 - Square(x[0]) - Square(x[1]) <= 0], -2, 2)).Residuals;
        Assert.Equal([0.0, 0, 0], Running.InDouble(hole.Distance, [1.5, 0], []));
        Assert.True(Running.InDouble(hole.Distance, [0, 0], [])[0] > 1e30);
    }

    [Fact]
    public void Jacobians_agree_with_differences()
    {
        const double step = 1e-6;
        for (var i = 0; i < 100; i++)
        {
            var (u, c, _, _) = Place(i);
            var jacobian = Running.InDouble(Rows.Jacobian, u, c)[4..];
            var signed = Running.InDouble(Rows.Signed, u, c);
            for (var d = 0; d < 3; d++)
            {
                var (above, below) = ((double[])u.Clone(), (double[])u.Clone());
                above[d] += step;
                below[d] -= step;
                var (high, low) = (Running.InDouble(Rows.Values, above, c), Running.InDouble(Rows.Values, below, c));
                var (signedHigh, signedLow) = (Running.InDouble(Rows.Signed, above, c), Running.InDouble(Rows.Signed, below, c));
                for (var k = 0; k < 4; k++)
                {
                    // A random point lies within a step of a kink with a chance of 1e-5. Values of order 10 leave 1e-8 of rounding.
                    Assert.Equal((high[k] - low[k]) / (2 * step), jacobian[k * 3 + d], 1e-6);
                    Assert.Equal((signedHigh[k] - signedLow[k]) / (2 * step), signed[8 + k * 3 + d], 1e-6);
                }
            }
        }
    }

    [Fact]
    public void Signed_rows_tell_inequalities_and_go_below_0()
    {
        for (var i = 0; i < 100; i++)
        {
            var (u, c, x, given) = Place(i);
            var (values, signed) = (Running.InDouble(Rows.Values, u, c), Running.InDouble(Rows.Signed, u, c));
            Assert.Equal((1, 0), (signed[4], signed[5]));
            for (var k = 0; k < 4; k++)
            {
                Assert.True(signed[4 + k] is 0 or 1);
                Assert.Equal(signed[4 + k] == 1 ? Math.Max(0, signed[k]) : signed[k], values[k]);
            }

            Assert.Equal(Math.Sqrt(x.Sum(v => v * v)) - given[0], signed[0], 1e-12);
        }
    }

    [Fact]
    public void A_union_has_the_rows_of_its_member_with_the_smallest_penalty_filled_up_with_zeros()
    {
        // The first member holds: one row that is not violated, and one that stands for none, of the kind that the second member has there.
        var signed = At(x: [-2, 0.5, 3], r: 2);
        Assert.Equal((-0.5, 1), (signed[2], signed[6]));
        Assert.Equal((0, 1), (signed[3], signed[7]));
        // Nearly on the second: an equality and an inequality.
        signed = At(x: [0.3, 2.5, 0.6], r: 2);
        Assert.Equal(0.1, signed[2], 1e-12);
        Assert.Equal(-0.5, signed[3], 1e-12);
        Assert.Equal((0, 1), (signed[6], signed[7]));
        // On the third.
        signed = At(x: [Math.Sqrt(2), 1, 3], r: 2);
        Assert.Equal(0, signed[2], 1e-12);
        Assert.Equal((0, 0, 1), (signed[3], signed[6], signed[7]));
    }

    [Fact]
    public void Normals_are_the_gradients_of_equalities_and_0_where_an_inequality_stands()
    {
        // Row 1, an equality, and row 2, which is one in some members; rows 0 and 3 never are.
        Assert.Equal(2 * 3, Rows.Normals.Outputs);
        for (var i = 0; i < 100; i++)
        {
            var (u, c, _, _) = Place(i);
            var (normals, signed) = (Running.InDouble(Rows.Normals, u, c), Running.InDouble(Rows.Signed, u, c));
            Assert.Equal(signed[11..14], normals[..3]);
            Assert.Equal(signed[6] == 0 ? signed[14..17] : [0, 0, 0], normals[3..]);
        }
    }

    [Fact]
    public void On_the_set_every_row_is_0_and_inequalities_have_no_direction_left()
    {
        var ball = Standardization.Of(Problem.Define("cap", 3, x => [Norm(x) <= 2, x[0] == 1], -2, 2)).Residuals;
        var outputs = Running.InDouble(ball.Jacobian, [1, 0.5, 0.25], []);
        Assert.Equal([0.0, 0, 0, 0, 0, 1, 0, 0], outputs);
    }

    private static IEnumerable<Constraint> Leaves(Constraint constraint) => constraint is AllOf all ? all.Members : [constraint];

    private static double SquaredDistance(Constraint leaf, double[] u, double[] c)
    {
        var s = Standardization.Of(Mixed);
        double[] given = [s.ConditionCenter[0] + s.ConditionScale[0] * c[0]];
        double Violation(double[] at) => leaf.Slack.Evaluate([.. at.Select((v, d) => s.Center[d] + s.Scale[d] * v)], given);
        if (Violation(u) == 0) return 0;
        const double step = 1e-6;
        var square = Enumerable.Range(0, u.Length).Sum(d =>
        {
            var (above, below) = ((double[])u.Clone(), (double[])u.Clone());
            above[d] += step;
            below[d] -= step;
            return Math.Pow((Violation(above) - Violation(below)) / (2 * step), 2);
        });
        return Math.Pow(Violation(u), 2) / square;
    }

    private static Func<double, double, bool> Within(double tolerance) => (a, b) => Math.Abs(a - b) <= tolerance;

    private static double[] At(double[] x, double r)
    {
        var s = Standardization.Of(Mixed);
        return Running.InDouble(Rows.Signed, [.. x.Select((v, d) => (v - s.Center[d]) / s.Scale[d])], [(r - s.ConditionCenter[0]) / s.ConditionScale[0]]);
    }

    private static (double[] U, double[] C, double[] X, double[] Given) Place(int index)
    {
        var s = Standardization.Of(Mixed);
        double[] u = [.. Enumerable.Range(0, 3).Select(d => 4 * Draws.Uniform(Key.Seed(1), (ulong)index, (uint)d) - 2)];
        double[] c = [2 * Draws.Uniform(Key.Seed(1), (ulong)index, 3) - 1];
        return (u, c, [.. u.Select((v, d) => s.Center[d] + s.Scale[d] * v)], [s.ConditionCenter[0] + s.ConditionScale[0] * c[0]]);
    }
}
