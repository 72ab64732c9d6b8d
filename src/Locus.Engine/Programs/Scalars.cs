using Locus.Engine.Kernels;

namespace Locus.Engine.Programs;

/// <summary>What each operation gives in double precision: the twin of the lane kernels and the arithmetic of constant folding.</summary>
public static class Scalars
{
    /// <summary>The value of an operation with a fixed number of inputs; inputs that it does not have are ignored.</summary>
    /// <param name="operation">Any operation but leaves, calls, norms, linear maps and dot products.</param>
    /// <param name="a">First input.</param>
    /// <param name="b">Second input; the exponent for <see cref="Operation.IntegerPower"/>.</param>
    /// <param name="c">Third input.</param>
    /// <param name="d">Fourth input.</param>
    /// <exception cref="ArgumentOutOfRangeException">The operation has no value of this kind.</exception>
    public static double Apply(Operation operation, double a, double b = 0, double c = 0, double d = 0) => operation switch
    {
        Operation.Add => a + b,
        Operation.Subtract => a - b,
        Operation.Multiply => a * b,
        Operation.Divide => a / b,
        Operation.DivideOrZero => b == 0 ? 0 : a / b,
        Operation.Negate => -a,
        Operation.Abs => Math.Abs(a),
        Operation.Sign => a > 0 ? 1 : a < 0 ? -1 : a,
        Operation.Floor => Math.Floor(a),
        Operation.Sqrt => Math.Sqrt(a),
        Operation.Exp => ElementaryDouble.Exp(a),
        Operation.Log => ElementaryDouble.Log(a),
        Operation.Sin => ElementaryDouble.Sin(a),
        Operation.Cos => ElementaryDouble.Cos(a),
        Operation.Tan => ElementaryDouble.Sin(a) / ElementaryDouble.Cos(a),
        Operation.Asin => ElementaryDouble.Atan2(a, Math.Sqrt((1 - a) * (1 + a))),
        Operation.Acos => ElementaryDouble.Atan2(Math.Sqrt((1 - a) * (1 + a)), a),
        Operation.Atan => ElementaryDouble.Atan2(a, 1),
        Operation.Atan2 => ElementaryDouble.Atan2(a, b),
        Operation.Sinh => Sinh(a),
        Operation.Cosh => Cosh(a),
        Operation.Tanh => ElementaryDouble.Tanh(a),
        Operation.Erf => ElementaryDouble.Erf(a),
        Operation.Power => Power(a, b),
        Operation.IntegerPower => IntegerPower(a, (int)b),
        Operation.Min => a <= b || double.IsNaN(a) ? a : b,
        Operation.Max => a >= b || double.IsNaN(a) ? a : b,
        Operation.Choose => a <= b ? c : d,
        Operation.Copy => a,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "not an operation of single values"),
    };

    private static double Cosh(double a)
    {
        var e = ElementaryDouble.Exp(Math.Abs(a));
        return 0.5 * (e + 1 / e);
    }

    // Below 1/2 the difference of exponentials would cancel: there the Taylor series, whose first term left out is 1e-17 relative.
    private static double Sinh(double a)
    {
        if (Math.Abs(a) < 0.5)
        {
            var s = a * a;
            var sum = 0.0;
            for (var n = 13; n >= 3; n -= 2) sum = (sum + 1) * s / (n * (n - 1));
            return a + a * sum;
        }

        var e = ElementaryDouble.Exp(Math.Abs(a));
        return Math.CopySign(0.5 * (e - 1 / e), a);
    }

    private static double Power(double a, double b)
    {
        if (a == 0) return b > 0 ? 0 : b == 0 ? 1 : b < 0 ? double.PositiveInfinity : b;
        return ElementaryDouble.Exp(b * ElementaryDouble.Log(a));
    }

    private static double IntegerPower(double a, int exponent)
    {
        var product = 1.0;
        for (var rest = Math.Abs((long)exponent); rest > 0; rest >>= 1)
        {
            if ((rest & 1) != 0) product *= a;
            a *= a;
        }

        return exponent < 0 ? 1 / product : product;
    }
}
