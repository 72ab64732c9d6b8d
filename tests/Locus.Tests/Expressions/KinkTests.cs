using Locus.Expressions;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Expressions;

/// <summary>The table at <see cref="Derivatives"/>, entry by entry, in double and in single precision.</summary>
public class KinkTests
{
    private static readonly Vector X = Vector.Variables(3);

    public static TheoryData<string, double[], double[]> Table => new()
    {
        { "abs", [0, 0, 0], [0, 0, 0] },
        { "norm", [0, 0, 0], [0, 0, 0] },
        { "min", [2, 2, 2], [1, 0, 0] },
        { "max", [2, 2, 2], [1, 0, 0] },
        { "slack at 0", [0, 0, 0], [0, 0, 0] },
        { "slack of equality at 0", [0, 0, 0], [0, 0, 0] },
        { "clamp", [1, 0, 0], [1, 0, 0] },
        { "clamp", [-1, 0, 0], [1, 0, 0] },
        { "clamp", [1.5, 0, 0], [0, 0, 0] },
        { "where", [1, 1, 5], [0, 0, 1] },
        { "sign", [0, 0, 0], [0, 0, 0] },
        { "floor", [1, 0, 0], [0, 0, 0] },
        { "sqrt", [0, 0, 0], [0, 0, 0] },
        { "pow", [0, 0.5, 0], [0, 0, 0] },
        { "pow", [0, 1.5, 0], [0, 0, 0] },
        { "pow", [0, 0, 0], [0, 0, 0] },
        { "square", [0, 0, 0], [0, 0, 0] },
        { "asin", [1, 0, 0], [0, 0, 0] },
        { "acos", [-1, 0, 0], [0, 0, 0] },
        { "atan2", [0, -2, 0], [-0.5, 0, 0] },
        { "atan2", [0, 0, 0], [0, 0, 0] },
        { "ratio", [3, 0, 0], [0, 0, 0] },
        { "sqrt of square", [0, 0, 0], [0, 0, 0] },
        { "norm of norms", [0, 0, 0], [0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_kink_has_the_derivative_of_the_table(string name, double[] x, double[] expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var program = Compiler.Compile(Derivatives.Gradient(Function(name), X), 3, 0);
        Assert.Equal(expected, Running.InDouble(program, x, []));
        Assert.Equal(expected, Array.ConvertAll(Running.InFloat(program, [.. Enumerable.Repeat(x, 64)], [])[17], v => (double)v));
    }

    [Fact]
    public void Outside_a_domain_values_are_what_IEEE_754_says()
    {
        Assert.Equal(double.NegativeInfinity, Log(X[0]).Evaluate([0], []));
        Assert.True(double.IsNaN(Log(X[0]).Evaluate([-1], [])));
        Assert.Equal(double.PositiveInfinity, (1 / X[0]).Evaluate([0], []));
        Assert.Equal(double.PositiveInfinity, Derivatives.Gradient(Log(X[0]), [X[0]])[0].Evaluate([0], []));
        Assert.True(double.IsNaN(Pow(X[0], 0.3).Evaluate([-1], [])));
        Assert.True(double.IsNaN(Asin(X[0]).Evaluate([2], [])));
    }

    [Fact]
    public void Min_and_max_let_a_NaN_through_from_either_side()
    {
        var nan = Sqrt(X[0]);
        foreach (var e in new[] { Min(nan, 1), Min(1, nan), Max(nan, 1), Max(1, nan), Sign(nan), Abs(nan) })
        {
            Assert.True(double.IsNaN(e.Evaluate([-1], [])));
            Assert.True(float.IsNaN(Running.InFloat(Compiler.Compile([e], 1, 0), [.. Enumerable.Repeat(new double[] { -1 }, 64)], [])[0][0]));
        }
    }

    private static Expr Function(string name) => name switch
    {
        "abs" => Abs(X[0]),
        "norm" => Norm(X),
        "min" => Min(X),
        "max" => Max(X),
        "slack at 0" => (X[0] <= 0).Slack,
        "slack of equality at 0" => (X[0] == X[1]).Slack,
        "clamp" => Clamp(X[0], -1, 1),
        "where" => Where(X[0], X[1], X[2], X[0]),
        "sign" => Sign(X[0]),
        "floor" => Floor(X[0]),
        "sqrt" => Sqrt(X[0]),
        "pow" => Pow(X[0], X[1]),
        "square" => Square(X[0]),
        "asin" => Asin(X[0]),
        "acos" => Acos(X[0]),
        "atan2" => Atan2(X[0], X[1]),
        "ratio" => Ratio(X[0], X[1]),
        "sqrt of square" => Sqrt(Sum(X * X)),
        "norm of norms" => Norm(Norm(X), Abs(X[1]), X[2]),
        _ => throw new ArgumentException(name),
    };
}
