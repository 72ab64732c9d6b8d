using static Locus.Engine.Intervals.Rounding;

namespace Locus.Engine.Intervals;

/// <summary>
/// All real numbers from <paramref name="Lower"/> to <paramref name="Upper"/>; an infinite end is no bound. Each operation gives an interval that holds
/// every value that the operation takes on numbers of its arguments (Moore, Kearfott, Cloud, Introduction to Interval Analysis, 2009). Where it
/// has no value for some of them, such as a quotient by an interval that contains 0, the result is <see cref="Undefined"/>, and stays so.
/// </summary>
/// <param name="Lower">The smallest; not +infinity.</param>
/// <param name="Upper">The largest, at least <paramref name="Lower"/>; not -infinity.</param>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>Nothing is known, not even that there is a value: both ends NaN. No comparison with it holds.</summary>
    public static readonly Interval Undefined = new(double.NaN, double.NaN);

    /// <summary>All real numbers.</summary>
    public static readonly Interval Whole = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>True for <see cref="Undefined"/>.</summary>
    public bool IsUndefined => double.IsNaN(Lower);

    /// <summary>True for a single number.</summary>
    public bool IsPoint => Lower == Upper;

    /// <summary>The largest magnitude; NaN if undefined.</summary>
    public double Magnitude => Math.Max(Math.Abs(Lower), Math.Abs(Upper));

    /// <summary>The interval of one number; undefined for a NaN or an infinity.</summary>
    /// <param name="number">Any number.</param>
    public static Interval Of(double number) => double.IsFinite(number) ? new(number, number) : Undefined;

    /// <summary>Is the number one of the interval's? False if undefined.</summary>
    /// <param name="number">A number.</param>
    public bool Contains(double number) => Lower <= number && number <= Upper;

    /// <summary>The smallest interval that holds both; undefined if one is.</summary>
    /// <param name="a">An interval.</param>
    /// <param name="b">Another.</param>
    public static Interval Hull(Interval a, Interval b) => new(Math.Min(a.Lower, b.Lower), Math.Max(a.Upper, b.Upper));

    /// <summary>-a.</summary>
    public static Interval operator -(Interval a) => new(-a.Upper, -a.Lower);

    /// <summary>a + b.</summary>
    public static Interval operator +(Interval a, Interval b) => new(AddDown(a.Lower, b.Lower), AddUp(a.Upper, b.Upper));

    /// <summary>a - b.</summary>
    public static Interval operator -(Interval a, Interval b) => new(AddDown(a.Lower, -b.Upper), AddUp(a.Upper, -b.Lower));

    /// <summary>a b; [0, 0] where a factor is [0, 0] and the other any real numbers.</summary>
    public static Interval operator *(Interval a, Interval b)
    {
        if (a.IsUndefined || b.IsUndefined) return Undefined;
        if (a.Lower >= 0) return Scaled(a, b);
        if (a.Upper <= 0) return -Scaled(-a, b);
        if (b.Lower >= 0) return Scaled(b, a);
        if (b.Upper <= 0) return -Scaled(-b, a);
        return new(
            Math.Min(MultiplyDown(a.Lower, b.Upper), MultiplyDown(a.Upper, b.Lower)),
            Math.Max(MultiplyUp(a.Lower, b.Lower), MultiplyUp(a.Upper, b.Upper)));
    }

    /// <summary>a / b; undefined where b contains 0.</summary>
    public static Interval operator /(Interval a, Interval b) =>
        a.IsUndefined ? Undefined : b.Lower > 0 ? Shared(a, b) : b.Upper < 0 ? -Shared(a, -b) : Undefined;

    /// <summary>Such as [1, 2].</summary>
    public override string ToString() => FormattableString.Invariant($"[{Lower:R}, {Upper:R}]");

    // a is 0 or more.
    private static Interval Scaled(Interval a, Interval b) => new(
        MultiplyDown(b.Lower >= 0 ? a.Lower : a.Upper, b.Lower), MultiplyUp(b.Upper >= 0 ? a.Upper : a.Lower, b.Upper));

    // b is above 0.
    private static Interval Shared(Interval a, Interval b) => new(
        DivideDown(a.Lower, a.Lower >= 0 ? b.Upper : b.Lower), DivideUp(a.Upper, a.Upper >= 0 ? b.Lower : b.Upper));
}
