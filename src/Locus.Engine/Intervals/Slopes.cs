using Locus.Engine.Programs;
using static Locus.Engine.Intervals.IntervalFunctions;

namespace Locus.Engine.Intervals;

/// <summary>
/// Bounds of the derivatives of each operation on a box: of all derivatives where it has any, with all between those on both sides of a kink; all
/// real numbers where it jumps or its derivatives have no bound.
/// </summary>
internal static class Slopes
{
    private static readonly Interval One = new(1, 1);

    // 2 / sqrt(pi) lies between these two neighbours.
    private static readonly Interval TwoOverRootPi = new(1.1283791670955126, 1.1283791670955128);

    /// <summary>The derivative of an operation with one input.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="a">Its input.</param>
    /// <param name="value">Its value there.</param>
    /// <param name="exponent">The exponent of an integer power; else ignored.</param>
    public static Interval Of(Operation operation, Interval a, Interval value, int exponent) => operation switch
    {
        Operation.Copy => One,
        Operation.Negate => -One,
        Operation.Abs => a.Lower >= 0 ? One : a.Upper <= 0 ? -One : new(-1, 1),
        Operation.Sign or Operation.Floor => value.IsPoint ? default : Interval.Whole,
        Operation.Sqrt => Quotient(new(0.5, 0.5), value),
        Operation.Exp => value,
        Operation.Log => Quotient(One, a),
        Operation.Sin => Cos(a),
        Operation.Cos => -Sin(a),
        Operation.Tan => One + Square(value),
        Operation.Asin => Quotient(One, Sqrt((One - a) * (One + a))),
        Operation.Acos => -Quotient(One, Sqrt((One - a) * (One + a))),
        Operation.Atan => Quotient(One, One + Square(a)),
        Operation.Sinh => Cosh(a),
        Operation.Cosh => Sinh(a),
        Operation.Tanh => (One - value) * (One + value),
        Operation.Erf => TwoOverRootPi * Exp(-Square(a)),
        Operation.IntegerPower => Interval.Of(exponent) * IntegerPower(a, exponent - 1),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "no slope of one input"),
    };

    /// <summary>The derivatives of an operation with two inputs, by the first and by the second.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="a">First input.</param>
    /// <param name="b">Second input.</param>
    /// <param name="value">Its value there.</param>
    public static (Interval First, Interval Second) Of(Operation operation, Interval a, Interval b, Interval value)
    {
        switch (operation)
        {
            case Operation.Add:
                return (One, One);
            case Operation.Subtract:
                return (One, -One);
            case Operation.Multiply:
                return (b, a);
            case Operation.Divide or Operation.DivideOrZero:
                return (Quotient(One, b), -Quotient(value, b));
            case Operation.Atan2:
                if (IsCut(a, b)) return (Interval.Whole, Interval.Whole);
                var square = Square(a) + Square(b);
                return (Quotient(b, square), -Quotient(a, square));
            case Operation.Power:
                return (Quotient(b * value, a), a.Lower > 0 ? value * Log(a) : Interval.Whole);
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "no slopes of two inputs");
        }
    }

    /// <summary>A coordinate divided by the length of its vector: within [-1, 1], also where that length may be 0.</summary>
    /// <param name="coordinate">The coordinate.</param>
    /// <param name="length">The length.</param>
    public static Interval Share(Interval coordinate, Interval length)
    {
        var quotient = Quotient(coordinate, length);
        return new(Math.Max(-1, quotient.Lower), Math.Min(1, quotient.Upper));
    }

    // A slope without bounds is all numbers, not undefined: it does no harm where its input does not move.
    private static Interval Quotient(Interval a, Interval b) => b.Contains(0) ? Interval.Whole : a / b;
}
