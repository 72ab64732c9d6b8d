using Locus.Engine.Programs;
using static Locus.Engine.Intervals.IntervalFunctions;

namespace Locus.Engine.Intervals;

/// <summary>What each operation gives on intervals: the bounds of <see cref="Scalars"/>.</summary>
internal static class IntervalScalars
{
    /// <summary>The bounds of an operation with one input.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="a">Its input.</param>
    /// <param name="exponent">The exponent of an integer power; else ignored.</param>
    public static Interval Apply(Operation operation, Interval a, int exponent) => operation switch
    {
        Operation.Negate => -a,
        Operation.Abs => Abs(a),
        Operation.Sign => Sign(a),
        Operation.Floor => Floor(a),
        Operation.Sqrt => Sqrt(a),
        Operation.Exp => Exp(a),
        Operation.Log => Log(a),
        Operation.Sin => Sin(a),
        Operation.Cos => Cos(a),
        Operation.Tan => Tan(a),
        Operation.Asin => Asin(a),
        Operation.Acos => Acos(a),
        Operation.Atan => Atan(a),
        Operation.Sinh => Sinh(a),
        Operation.Cosh => Cosh(a),
        Operation.Tanh => Tanh(a),
        Operation.Erf => Erf(a),
        Operation.IntegerPower => IntegerPower(a, exponent),
        Operation.Copy => a,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "not an operation of one interval"),
    };

    /// <summary>The bounds of an operation with two inputs.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="a">First input.</param>
    /// <param name="b">Second input.</param>
    public static Interval Apply(Operation operation, Interval a, Interval b) => operation switch
    {
        Operation.Add => a + b,
        Operation.Subtract => a - b,
        Operation.Multiply => a * b,
        Operation.Divide => a / b,
        Operation.DivideOrZero => DivideOrZero(a, b),
        Operation.Atan2 => Atan2(a, b),
        Operation.Power => Power(a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "not an operation of two intervals"),
    };
}
