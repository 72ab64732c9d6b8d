using System.Globalization;

namespace Locus.Problems;

/// <summary>Numbers as the problem language writes them: shortest text that reads back to the same double, "inf" for infinity.</summary>
internal static class Numbers
{
    public static string Print(double value) => value switch
    {
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        double.NaN => "nan",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>A count with the right form of its noun: "1 entry", "3 entries".</summary>
    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
