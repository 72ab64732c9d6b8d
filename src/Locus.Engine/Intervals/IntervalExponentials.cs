using Locus.Engine.Kernels;

namespace Locus.Engine.Intervals;

public static partial class IntervalFunctions
{
    /// <summary>The exponential.</summary>
    public static Interval Exp(Interval a) =>
        new(Math.Max(0, Outward.Down(ElementaryDouble.Exp(a.Lower))), Outward.Up(ElementaryDouble.Exp(a.Upper)));

    /// <summary>The natural logarithm; undefined where a is not above 0.</summary>
    public static Interval Log(Interval a) => a.Lower > 0
        ? new(Outward.Down(ElementaryDouble.Log(a.Lower)), Outward.Up(ElementaryDouble.Log(a.Upper)))
        : Interval.Undefined;

    /// <summary>The hyperbolic sine.</summary>
    public static Interval Sinh(Interval a) => a.IsUndefined ? a : new(Sinh(a.Lower).Lower, Sinh(a.Upper).Upper);

    /// <summary>The hyperbolic cosine.</summary>
    public static Interval Cosh(Interval a)
    {
        var size = Abs(a);
        return a.IsUndefined ? a : new(Math.Max(1, Cosh(size.Lower).Lower), Cosh(size.Upper).Upper);
    }

    /// <summary>The hyperbolic tangent.</summary>
    public static Interval Tanh(Interval a) => Within1(ElementaryDouble.Tanh(a.Lower), ElementaryDouble.Tanh(a.Upper));

    /// <summary>The error function.</summary>
    public static Interval Erf(Interval a) => Within1(ElementaryDouble.Erf(a.Lower), ElementaryDouble.Erf(a.Upper));

    private static Interval Within1(double lower, double upper) => new(Math.Max(-1, Outward.Down(lower)), Math.Min(1, Outward.Up(upper)));

    // At a number or an infinity. Below 1/2 the difference of exponentials would cancel: there a (1 + a^2 / 6 (1 + a^2 / 20 (1 + ...))), where what is
    // left out turns the last 1 into a number from 1 to 2.
    private static Interval Sinh(double a)
    {
        if (double.IsInfinity(a)) return new(a, a);
        if (a < 0) return -Sinh(-a);
        if (a >= 0.5)
        {
            var e = Exp(Interval.Of(a));
            return Half * (e - One / e);
        }
        var square = Square(Interval.Of(a));
        var sum = new Interval(1, 2);
        for (var n = 15; n >= 3; n -= 2) sum = One + sum * square / Interval.Of(n * (n - 1));
        return Interval.Of(a) * sum;
    }

    private static Interval Cosh(double a)
    {
        if (double.IsInfinity(a)) return new(a, a);
        var e = Exp(Interval.Of(a));
        return Half * (e + One / e);
    }

    private static Interval One => new(1, 1);

    private static Interval Half => new(0.5, 0.5);
}
