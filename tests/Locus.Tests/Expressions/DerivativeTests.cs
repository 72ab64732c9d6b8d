using Locus.Expressions;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Expressions;

public class DerivativeTests
{
    private static readonly Vector X = Vector.Variables(4);
    private static readonly Vector C = Vector.Parameters(2);

    /// <summary>Every function of the language, away from kinks and inside its domain for x in [-1.5, 1.5]^4.</summary>
    private static readonly Dictionary<string, Expr> Smooth = new()
    {
        ["add"] = X[0] + X[1],
        ["subtract"] = X[0] - X[1],
        ["multiply"] = X[0] * X[1],
        ["divide"] = X[0] / (2 + X[1]),
        ["negate"] = -X[0],
        ["abs"] = Abs(X[0] + 2) + Abs(X[1] - 2),
        ["sqrt"] = Sqrt(X[0] + 2),
        ["exp"] = Exp(X[0]),
        ["log"] = Log(X[0] + 2),
        ["sin"] = Sin(X[0]),
        ["cos"] = Cos(X[0]),
        ["tan"] = Tan(0.7 * X[0]),
        ["asin"] = Asin(0.6 * X[0]),
        ["acos"] = Acos(0.6 * X[0]),
        ["atan"] = Atan(X[0]),
        ["atan2"] = Atan2(X[0], X[1]),
        ["sinh"] = Sinh(X[0]),
        ["cosh"] = Cosh(X[0]),
        ["tanh"] = Tanh(X[0]),
        ["erf"] = Erf(X[0]),
        ["power"] = Pow(X[0] + 2, X[1]),
        ["constant power"] = Pow(X[0] + 2, 1.7),
        ["square"] = Square(X[0]),
        ["cube"] = Pow(X[0], 3),
        ["negative power"] = Pow(X[0] + 3, -4),
        ["min"] = Min(X[0] + 4, X[1], X[2] - 4),
        ["max"] = Max(X[0] + 4, X[1], X[2] - 4),
        ["clamp"] = Clamp(X[0], -2, 2) * Clamp(X[1] + 4, -1, 1) + Clamp(X[2], -2, 2),
        ["where"] = Where(X[0] - 4, X[1], X[2] * X[3], X[3]),
        ["ratio"] = Ratio(X[0], X[1] + 2),
        ["sign and floor"] = Sign(X[0] + 2) * X[0] + Floor(0.01 * X[1] + 0.5) * X[1],
        ["norm"] = Norm(X),
        ["sum"] = Sum(X * X),
        ["dot"] = Dot(X[..2], X[2..]),
        ["cross"] = Sum(Cross(X[..3], X[1..]) * X[0]),
        ["parameter"] = C[0] * Sin(X[0] * C[1]),
    };

    public static TheoryData<string> Names => [.. Smooth.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_agree_with_central_differences(string name)
    {
        var random = new RandomExpressions(7);
        for (var i = 0; i < 40; i++) AgreesWithDifferences(Smooth[name], random.Point(4), random.Point(2));
    }

    [Fact]
    public void Derivatives_of_random_compositions_agree_with_central_differences()
    {
        var random = new RandomExpressions(11);
        for (var i = 0; i < 300; i++) AgreesWithDifferences(random.Smooth(4), random.Point(4), random.Point(2));
    }

    [Fact]
    public void Second_derivatives_agree_with_central_differences_of_the_first()
    {
        foreach (var e in Smooth.Values)
        {
            var random = new RandomExpressions(5);
            foreach (var first in Derivatives.Gradient(e, X)) AgreesWithDifferences(first, random.Point(4), random.Point(2));
        }
    }

    [Fact]
    public void Derivatives_by_parameters_and_by_inner_nodes_are_derivatives_too()
    {
        var inner = X[0] * C[0];
        var e = Sin(inner) + inner;
        Assert.Equal(Math.Cos(6) + 1, Derivatives.Gradient(e, [inner])[0].Evaluate([2, 0, 0, 0], [3, 0]), 12);
        Assert.Equal(2 * (Math.Cos(6) + 1), Derivatives.Gradient(e, [C[0]])[0].Evaluate([2, 0, 0, 0], [3, 0]), 12);
        Assert.Equal(0, Derivatives.Gradient(e, [C[1]])[0].Number);
    }

    // Tolerance 1e-7 of the issue, on the scale of the values: the differences' own error is h^4 f5/30 + eps |f| / h, about 1e-10.
    private static void AgreesWithDifferences(Expr e, double[] x, double[] c)
    {
        const double h = 1e-3;
        var program = Compiler.Compile([e, .. Derivatives.Gradient(e, X)], 4, 2);
        var values = Running.InDouble(program, x, c);
        var size = Math.Max(1, Math.Abs(values[0]));
        Assert.Equal(e.Evaluate(x, c), values[0], 1e-12 * size);
        for (var i = 0; i < 4; i++)
        {
            double At(double shift)
            {
                var moved = (double[])x.Clone();
                moved[i] += shift;
                return e.Evaluate(moved, c);
            }

            // Richardson's combination of four and, where a curve bends fast, a smaller step.
            double Difference(double step) => (8 * (At(step) - At(-step)) - (At(2 * step) - At(-2 * step))) / (12 * step);
            var error = Math.Min(Math.Abs(Difference(h) - values[i + 1]), Math.Abs(Difference(h / 16) - values[i + 1]));
            Assert.True(error <= 1e-7 * Math.Max(size, Math.Abs(values[i + 1])), $"d/dx{i} is {values[i + 1]}, differences say {Difference(h)}");
        }
    }
}
