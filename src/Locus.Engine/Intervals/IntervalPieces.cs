namespace Locus.Engine.Intervals;

/// <summary>Functions of intervals. Each encloses every value on its arguments, and is undefined where one of them has none.</summary>
public static partial class IntervalFunctions
{
    /// <summary>The magnitude.</summary>
    public static Interval Abs(Interval a) => a.Lower >= 0 ? a : a.Upper <= 0 ? -a : a.IsUndefined ? a : new(0, a.Magnitude);

    /// <summary>-1, 0 or 1, or all between two of them.</summary>
    public static Interval Sign(Interval a) =>
        a.IsUndefined ? a : new(a.Lower > 0 ? 1 : a.Lower < 0 ? -1 : 0, a.Upper > 0 ? 1 : a.Upper < 0 ? -1 : 0);

    /// <summary>The largest integer not above.</summary>
    public static Interval Floor(Interval a) => new(Math.Floor(a.Lower), Math.Floor(a.Upper));

    /// <summary>The smaller.</summary>
    public static Interval Min(Interval a, Interval b) => new(Math.Min(a.Lower, b.Lower), Math.Min(a.Upper, b.Upper));

    /// <summary>The larger.</summary>
    public static Interval Max(Interval a, Interval b) => new(Math.Max(a.Lower, b.Lower), Math.Max(a.Upper, b.Upper));

    /// <summary>Is a &lt;= b for all numbers (true), for none (false), or for neither that is known (null)?</summary>
    public static bool? IsAtMost(Interval a, Interval b) => a.Upper <= b.Lower ? true : a.Lower > b.Upper ? false : null;

    /// <summary>c where a &lt;= b, else d; both, with all between them, where that is open. What is not chosen may be undefined.</summary>
    public static Interval Choose(Interval a, Interval b, Interval c, Interval d) =>
        a.IsUndefined || b.IsUndefined ? Interval.Undefined : IsAtMost(a, b) is { } yes ? (yes ? c : d) : Interval.Hull(c, d);

    /// <summary>a / b, and 0 where b = 0: all real numbers where b contains 0 and more.</summary>
    public static Interval DivideOrZero(Interval a, Interval b) =>
        a.IsUndefined || !b.Contains(0) ? a / b : b.IsPoint || a == default ? default : Interval.Whole;
}
