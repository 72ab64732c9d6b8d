using Locus.Engine.Programs;

namespace Locus.Engine.Tests.Intervals;

/// <summary>What each operation gives on numbers of 256 bits: the exact twin of <see cref="Scalars"/>.</summary>
internal static class BigScalars
{
    /// <summary>The value, or null where there is none.</summary>
    public static Big? Apply(Operation operation, ReadOnlySpan<Big> inputs, int exponent = 0)
    {
        var a = inputs[0];
        var b = inputs.Length > 1 ? inputs[1] : 0;
        return operation switch
        {
            Operation.Add => a + b,
            Operation.Subtract => a - b,
            Operation.Multiply => a * b,
            Operation.Divide => b.IsZero ? null : a / b,
            Operation.DivideOrZero => b.IsZero ? 0 : a / b,
            Operation.Negate => -a,
            Operation.Copy => a,
            Operation.Abs => Big.Abs(a),
            Operation.Sign => a.CompareTo(0),
            Operation.Floor => Big.Floor(a),
            Operation.Sqrt => a.IsNegative ? null : Big.Sqrt(a),
            Operation.Exp => BigFunctions.Exp(a),
            Operation.Log => a > 0 ? BigFunctions.Log(a) : null,
            Operation.Sin => BigFunctions.Sin(a),
            Operation.Cos => BigFunctions.Cos(a),
            Operation.Tan => BigFunctions.Tan(a),
            Operation.Asin => Big.Abs(a) > 1 ? null : BigFunctions.Asin(a),
            Operation.Acos => Big.Abs(a) > 1 ? null : BigFunctions.Acos(a),
            Operation.Atan => BigFunctions.Atan(a),
            Operation.Atan2 => BigFunctions.Atan2(a, b),
            Operation.Sinh => BigFunctions.Sinh(a),
            Operation.Cosh => BigFunctions.Cosh(a),
            Operation.Tanh => BigFunctions.Tanh(a),
            Operation.Erf => BigFunctions.Erf(a),
            Operation.Power => a > 0 ? BigFunctions.Power(a, b) : a.IsZero && b > 0 ? 0 : null,
            Operation.IntegerPower => exponent < 0 && a.IsZero ? null : Power(a, exponent),
            Operation.Min => a <= b ? a : b,
            Operation.Max => a >= b ? a : b,
            Operation.Choose => a <= b ? inputs[2] : inputs[3],
            Operation.Norm => Big.Sqrt(Squares(inputs)),
            Operation.Dot => Dot(inputs),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "no reference"),
        };
    }

    private static Big Power(Big a, int exponent)
    {
        Big product = 1;
        for (var i = 0; i < Math.Abs(exponent); i++) product = Big.Truncate(product * a);
        return exponent < 0 ? 1 / product : product;
    }

    private static Big Squares(ReadOnlySpan<Big> inputs)
    {
        Big sum = 0;
        foreach (var a in inputs) sum += a * a;
        return sum;
    }

    private static Big Dot(ReadOnlySpan<Big> inputs)
    {
        var sum = inputs[0];
        for (var i = 1; i < inputs.Length; i += 2) sum += inputs[i] * inputs[i + 1];
        return sum;
    }
}
