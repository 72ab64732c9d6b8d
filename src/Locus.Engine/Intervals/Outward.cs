using Locus.Engine.Kernels;

namespace Locus.Engine.Intervals;

/// <summary>
/// Bounds around what <see cref="ElementaryDouble"/> gives. Its functions state errors up to 2.8 ulp, which tests measure against 256 bits; the bounds
/// lie at least 8 ulp away: 2^-49 of the result, or 8 of the smallest doubles where that is more.
/// </summary>
internal static class Outward
{
    private const double Relative = 1.0 / (1L << 49);
    private const double Absolute = 8 * double.Epsilon;

    // What has overflowed is at least this.
    private const double LargestSure = double.MaxValue * (1 - 2 * Relative);

    /// <summary>A number below the exact value.</summary>
    /// <param name="value">The value as it was computed.</param>
    public static double Down(double value) =>
        double.IsPositiveInfinity(value) ? LargestSure : value - Math.Max(Math.Abs(value) * Relative, Absolute);

    /// <summary>A number above the exact value.</summary>
    /// <param name="value">The value as it was computed.</param>
    public static double Up(double value) => -Down(-value);
}
