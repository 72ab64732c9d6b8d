using Locus.Expressions;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Expressions;

/// <summary>Random expression trees over variables and parameters, without kinks and well-conditioned: arguments stay inside domains.</summary>
internal sealed class RandomExpressions(int seed)
{
    private readonly Random random = new(seed);

    public Expr Smooth(int depth)
    {
        if (depth == 0 || random.Next(8) == 0)
        {
            return random.Next(4) switch
            {
                0 => Math.Round(random.NextDouble() * 2 - 1, 2) + 0.005,
                1 => Expr.Parameter(random.Next(2)),
                _ => Expr.Variable(random.Next(4)),
            };
        }

        Expr A() => Smooth(depth - 1);
        return random.Next(20) switch
        {
            0 => A() + A(),
            1 => A() - A(),
            2 => A() * A(),
            3 => A() / (1.5 + Square(A())),
            4 => Sqrt(1 + Square(A())),
            5 => Exp(Tanh(A())),
            6 => Log(2 + Sin(A())),
            7 => Sin(A()),
            8 => Cos(A()),
            9 => Atan2(A(), 2 + Cos(A())),
            10 => Tanh(A()),
            11 => Erf(A()),
            12 => Pow(1.5 + Sin(A()), Tanh(A())),
            13 => Pow(Sin(A()), 3),
            14 => Norm(A(), A(), 0.5),
            15 => Asin(0.5 * Sin(A())),
            16 => Acos(0.5 * Cos(A())),
            17 => Atan(A()) + 0.5 * A() - 0.25 * A(),
            18 => Sinh(Sin(A())) + Tan(0.5 * Tanh(A())),
            _ => Cosh(Tanh(A())) - Dot(new Vector(A(), A()), new Vector(A(), A())),
        };
    }

    public double[] Point(int length)
    {
        var x = new double[length];
        for (var i = 0; i < length; i++) x[i] = random.NextDouble() * 3 - 1.5;
        return x;
    }
}
