using static Locus.Engine.Intervals.Rounding;

namespace Locus.Engine.Intervals;

public static partial class IntervalFunctions
{
    /// <summary>The square root; undefined where a reaches below 0.</summary>
    public static Interval Sqrt(Interval a) => a.Lower >= 0 ? new(SqrtDown(a.Lower), SqrtUp(a.Upper)) : Interval.Undefined;

    /// <summary>a a, which is never negative.</summary>
    public static Interval Square(Interval a)
    {
        var size = Abs(a);
        return new(Multiply(size.Lower, size.Lower, up: false), Multiply(size.Upper, size.Upper, up: true));
    }

    /// <summary>a to an integer power; undefined where a contains 0 and the power is negative.</summary>
    public static Interval IntegerPower(Interval a, int exponent) =>
        a.IsUndefined ? a : exponent < 0 ? Raise(One / a, -(long)exponent) : Raise(a, exponent);

    /// <summary>
    /// a to a real power, exp(b log a) for a above 0 and 0 for a = 0 and b above 0; undefined where a reaches below 0, or to 0 while b is not above 0.
    /// </summary>
    public static Interval Power(Interval a, Interval b)
    {
        if (a.Lower > 0) return Exp(b * Log(a));
        if (!(a.Lower >= 0 && b.Lower > 0)) return Interval.Undefined;
        return new(0, a.Upper > 0 ? Power(new(a.Upper, a.Upper), b).Upper : 0);
    }

    private static Interval Raise(Interval a, long exponent)
    {
        var size = Abs(a);
        var power = new Interval(Raise(size.Lower, exponent, up: false), Raise(size.Upper, exponent, up: true));
        if ((exponent & 1) == 0 || a.Lower >= 0) return power;
        return a.Upper <= 0 ? -power : new(-Raise(-a.Lower, exponent, up: true), Raise(a.Upper, exponent, up: true));
    }

    // Of a number that is 0 or more: each product is rounded to the same side.
    private static double Raise(double a, long exponent, bool up)
    {
        var product = 1.0;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0) product = Multiply(product, a, up);
            if (exponent > 1) a = Multiply(a, a, up);
        }
        return product;
    }

    // What underflows is still not below 0.
    private static double Multiply(double a, double b, bool up) => up ? MultiplyUp(a, b) : Math.Max(0, MultiplyDown(a, b));
}
