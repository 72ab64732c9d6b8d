using Locus.Engine.Programs;
using Locus.Expressions;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Expressions;

public class ExpressionTests
{
    private static readonly Vector X = Vector.Variables(3);

    [Fact]
    public void Constraints_read_like_mathematics()
    {
        Func<Vector, Constraint[]> rectangle = x => [Abs(x[0]) <= 1, Abs(x[1]) <= 0.5];
        Func<Vector, Constraint[]> shield = x => [Any(Norm(x) <= 0.25, All(Norm(x) >= 0.75, Norm(x) <= 1))];
        Func<Vector, Constraint[]> spiral = x =>
            [Any(Enumerable.Range(0, 3).Select(i => 0.1 + 0.1 * (Atan2(x[1], x[0]) + 2 * Math.PI * i) == Norm(x[..2])))];
        Assert.Equal([0, 0.25], rectangle(X).Select(c => c.Slack.Evaluate([0.3, -0.75, 0], [])));
        Assert.Equal(0.25, shield(X)[0].Slack.Evaluate([0, 0.5, 0], []));
        Assert.Equal(0, shield(X)[0].Slack.Evaluate([0, 0.8, 0], []));
        Assert.Equal(0, spiral(X)[0].Slack.Evaluate([0.1, 0, 0], []), 15);
    }

    [Fact]
    public void Slack_and_penalty_add_up_in_all_and_take_the_smallest_in_any()
    {
        var (g, h) = (X[0] <= 1, X[1] == 2);
        double[] x = [4, 0.5, 0];
        Assert.Equal((3, 9), (g.Slack.Evaluate(x, []), g.Penalty.Evaluate(x, [])));
        Assert.Equal((1.5, 2.25), (h.Slack.Evaluate(x, []), h.Penalty.Evaluate(x, [])));
        Assert.Equal((4.5, 11.25), (All(g, h).Slack.Evaluate(x, []), All(g, h).Penalty.Evaluate(x, [])));
        Assert.Equal((1.5, 2.25), (Any(g, h).Slack.Evaluate(x, []), Any(g, h).Penalty.Evaluate(x, [])));
        Assert.Equal(2, (X[0] >= 6).Slack.Evaluate(x, []));
        Assert.Throws<ArgumentException>(() => Any());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Constants_must_be_finite(double number)
    {
        var error = Assert.Throws<ArgumentException>(() => X[0] + number);
        Assert.Contains(number.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Algebra_is_folded_where_it_is_built()
    {
        var x = X[0];
        Assert.Same(x, x + 0);
        Assert.Same(x, 0 + x);
        Assert.Same(x, x - 0);
        Assert.Same(x, 1 * x);
        Assert.Same(x, x / 1);
        Assert.Same(x, -(-x));
        Assert.Same(x, Pow(x, 1));
        Assert.Same(x, Min(x, Expr.Variable(0)));
        Assert.Equal(0, (x - x).Number);
        Assert.Equal(Operation.Constant, (0 * Log(x)).Operation);
        Assert.Equal(5, (Sqrt(9.0) + 2).Number);
        Assert.Equal(Operation.IntegerPower, (x * x).Operation);
        Assert.Equal(Operation.Sqrt, Pow(x, 0.5).Operation);
        Assert.Equal(Operation.Subtract, (x + -0.5).Operation);
        Assert.Equal(Operation.Abs, Norm(-x).Operation);
        Assert.Same(X[1], Where(1, 2, X[1], X[2]));
    }

    [Fact]
    public void A_constant_that_is_not_finite_stays_an_operation()
    {
        Assert.Equal(Operation.Divide, ((Expr)1 / 0).Operation);
        Assert.True(double.IsNaN(Log(-1).Evaluate([], [])));
    }

    [Fact]
    public void Vectors_work_element_by_element()
    {
        double[] x = [1, 2, 3];
        Assert.Equal([2, 3], X[1..].Select(e => e.Evaluate(x, [])));
        Assert.Equal([3, 6, 9], (2 * X + X).Select(e => e.Evaluate(x, [])));
        Assert.Equal([0.5, 1, 1.5], (X / 2).Select(e => e.Evaluate(x, [])));
        Assert.Equal(3, X[^1].Evaluate(x, []));
        Assert.Equal(14, Dot(X, X).Evaluate(x, []));
        Assert.Equal([-3, 6, -3], Cross(X, new double[] { 4, 5, 6 }).Select(e => e.Evaluate(x, [])));
        Assert.Throws<ArgumentException>(() => X + X[1..]);
        Assert.Throws<ArgumentOutOfRangeException>(() => X[3]);
    }

    [Fact]
    public void Substitution_replaces_variables_and_parameters()
    {
        var e = Sin(X[0]) * Expr.Parameter(0) + X[1];
        var moved = e.Substitute(i => 2 * Expr.Variable(i) + 1, i => Expr.Parameter(i) / 3);
        Assert.Equal(Math.Sin(3) * 2 + 5, moved.Evaluate([1, 2], [6]), 14);
        Assert.Equal(0, e.Substitute(_ => 0, _ => 0).Number);
    }

    [Fact]
    public void Missing_coordinates_are_named()
    {
        Assert.Contains("x[2]", Assert.Throws<ArgumentException>(() => X[2].Evaluate([1, 2], [])).Message, StringComparison.Ordinal);
        var error = Assert.Throws<ArgumentException>(() => Compiler.Compile([X[2] + Expr.Parameter(4)], 2, 1));
        Assert.Contains("x[2]", error.Message, StringComparison.Ordinal);
        Assert.Contains("c[4]", error.Message, StringComparison.Ordinal);
    }
}
