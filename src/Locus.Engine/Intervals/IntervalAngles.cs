using Locus.Engine.Kernels;

namespace Locus.Engine.Intervals;

public static partial class IntervalFunctions
{
    // 1 / pi lies between two neighbouring doubles.
    private static readonly Interval HalfTurns = new(0.31830988618379064, 0.3183098861837907);

    private static readonly Interval AnyAngle = new(-Outward.Up(Math.PI), Outward.Up(Math.PI));

    /// <summary>The sine of radians; [-1, 1] beyond the angles that <see cref="ElementaryDouble.Sin"/> reduces.</summary>
    public static Interval Sin(Interval a) => IsReduced(a)
        ? Wave(ElementaryDouble.Sin(a.Lower), a.IsPoint ? null : ElementaryDouble.Sin(a.Upper), Extrema(a, -0.5))
        : a.IsUndefined ? a : new(-1, 1);

    /// <summary>The cosine of radians; [-1, 1] beyond the angles that <see cref="ElementaryDouble.Cos"/> reduces.</summary>
    public static Interval Cos(Interval a) => IsReduced(a)
        ? Wave(ElementaryDouble.Cos(a.Lower), a.IsPoint ? null : ElementaryDouble.Cos(a.Upper), Extrema(a, 0))
        : a.IsUndefined ? a : new(-1, 1);

    /// <summary>The tangent of radians; undefined where a may contain a pole.</summary>
    public static Interval Tan(Interval a)
    {
        if (!IsReduced(a) || Extrema(a, -0.5) is not (false, false)) return Interval.Undefined;
        var (lower, upper) = (Interval.Of(a.Lower), Interval.Of(a.Upper));
        return new((Sin(lower) / Cos(lower)).Lower, (Sin(upper) / Cos(upper)).Upper);
    }

    /// <summary>The angle in [-pi/2, pi/2] whose sine is a; undefined where a reaches out of [-1, 1].</summary>
    public static Interval Asin(Interval a) =>
        a.Lower >= -1 && a.Upper <= 1 ? new(Asin(a.Lower).Lower, Asin(a.Upper).Upper) : Interval.Undefined;

    /// <summary>The angle in [0, pi] whose cosine is a; undefined where a reaches out of [-1, 1].</summary>
    public static Interval Acos(Interval a) =>
        a.Lower >= -1 && a.Upper <= 1 ? new(Acos(a.Upper).Lower, Acos(a.Lower).Upper) : Interval.Undefined;

    /// <summary>The angle in (-pi/2, pi/2) whose tangent is a.</summary>
    public static Interval Atan(Interval a) =>
        new(Outward.Down(ElementaryDouble.Atan2(a.Lower, 1)), Outward.Up(ElementaryDouble.Atan2(a.Upper, 1)));

    /// <summary>Does the angle of (x, y) jump, or turn without end, somewhere in the box: at the origin, or across the negative half of the x axis?</summary>
    public static bool IsCut(Interval y, Interval x) =>
        y.Contains(0) && ((y.Lower < 0 && x.Lower < 0) || x.Contains(0));

    /// <summary>The angle in (-pi, pi] of the points (x, y); all angles where <see cref="IsCut"/>.</summary>
    public static Interval Atan2(Interval y, Interval x)
    {
        if (y.IsUndefined || x.IsUndefined) return Interval.Undefined;
        if (IsCut(y, x)) return AnyAngle;
        // Elsewhere the angle grows with y right of the origin, falls with x above it, and so on: the least and the greatest are at corners.
        if (y.Lower >= 0)
            return Angles(x.Upper >= 0 ? y.Lower : y.Upper, x.Upper, x.Lower >= 0 ? y.Upper : y.Lower, x.Lower);
        if (y.Upper < 0)
            return Angles(x.Lower >= 0 ? y.Lower : y.Upper, x.Lower, x.Upper >= 0 ? y.Upper : y.Lower, x.Upper);
        return Angles(y.Lower, x.Lower, y.Upper, x.Lower);
    }

    private static bool IsReduced(Interval a) => a.Lower >= -ElementaryDouble.LargestAngle && a.Upper <= ElementaryDouble.LargestAngle;

    private static Interval Wave(double first, double? last, (bool Top, bool Bottom) extrema)
    {
        var (lower, upper) = last is { } end ? (Math.Min(first, end), Math.Max(first, end)) : (first, first);
        return new(extrema.Bottom ? -1 : Math.Max(-1, Outward.Down(lower)), extrema.Top ? 1 : Math.Min(1, Outward.Up(upper)));
    }

    /// <summary>May a contain pi (n - shift) for an even n, where the wave is 1, and for an odd n, where it is -1?</summary>
    private static (bool Top, bool Bottom) Extrema(Interval a, double shift)
    {
        var halfTurns = a * HalfTurns + Interval.Of(shift);
        var (first, last) = ((long)Math.Ceiling(halfTurns.Lower), (long)Math.Floor(halfTurns.Upper));
        return first > last ? (false, false) : first < last ? (true, true) : ((first & 1) == 0, (first & 1) != 0);
    }

    private static Interval Asin(double a) => Atan2(Interval.Of(a), Leg(a));

    private static Interval Acos(double a) => Atan2(Leg(a), Interval.Of(a));

    // The other leg of a right triangle whose hypotenuse is 1.
    private static Interval Leg(double a) => Sqrt((One - Interval.Of(a)) * (One + Interval.Of(a)));

    // Adding 0 turns -0 into 0: the angle of a negative x is pi then, not -pi.
    private static Interval Angles(double y0, double x0, double y1, double x1) =>
        new(Outward.Down(ElementaryDouble.Atan2(y0 + 0.0, x0)), Outward.Up(ElementaryDouble.Atan2(y1 + 0.0, x1)));
}
