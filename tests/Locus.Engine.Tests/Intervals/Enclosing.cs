using Locus.Engine.Intervals;

namespace Locus.Engine.Tests.Intervals;

internal static class Enclosing
{
    /// <summary>Fails unless an exact value lies in an interval.</summary>
    public static void Assert(string what, Big value, Interval bounds)
    {
        if (bounds.IsUndefined) Xunit.Assert.Fail($"{what} = {value} is undefined");
        if (double.IsPositiveInfinity(bounds.Lower) || double.IsNegativeInfinity(bounds.Upper) || bounds.Lower > bounds.Upper)
            Xunit.Assert.Fail($"{what} has no interval: {bounds}");
        if (double.IsFinite(bounds.Lower) && value < bounds.Lower) Xunit.Assert.Fail($"{what} = {value} is {bounds.Lower - value} below {bounds}");
        if (double.IsFinite(bounds.Upper) && value > bounds.Upper) Xunit.Assert.Fail($"{what} = {value} is {value - bounds.Upper} above {bounds}");
    }
}
