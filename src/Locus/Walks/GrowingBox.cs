using Locus.Problems;

namespace Locus.Walks;

/// <summary>
/// The box that rejection draws from: around points of a set that were found, and growing on each open side until no draw lies near its faces, so that it seems to hold the set.
/// A side is open as long as it has not come to its limit.
/// </summary>
internal sealed class GrowingBox
{
    // Of the width: what is kept free around the points found first, the outermost part that is to be empty, and by how much a side grows where it is not.
    private const double FirstMargin = 0.05, Margin = 0.02, Growth = 0.25;

    // A coordinate that all points share has a width nevertheless: this part of 1, or of its own size.
    private const double SmallestWidth = 1e-9;

    private readonly double[] lowest;
    private readonly double[] highest;
    private readonly List<int> endless = [];

    /// <summary>All that the limits leave, which may have no end.</summary>
    /// <param name="lowest">Limits of the lower ends, [D]; minus infinity where there is none.</param>
    /// <param name="highest">Limits of the upper ends, [D].</param>
    public GrowingBox(double[] lowest, double[] highest) => (this.lowest, this.highest, Lower, Upper) = (lowest, highest, [.. lowest], [.. highest]);

    /// <summary>Lower ends, [D].</summary>
    public double[] Lower { get; }

    /// <summary>Upper ends, [D].</summary>
    public double[] Upper { get; }

    /// <summary>Whether there is a limit on every side.</summary>
    public bool IsLimited => lowest.All(double.IsFinite) && highest.All(double.IsFinite);

    /// <summary>Coordinates in which it grew when it was last asked to. Where it has grown many times, the set has no end in these that could be found.</summary>
    public IReadOnlyList<int> Endless => endless;

    /// <summary>Begins around points of the set.</summary>
    /// <param name="found">[N, D], N at least 1.</param>
    public void Around(Points found)
    {
        for (var d = 0; d < Lower.Length; d++)
        {
            var (low, high) = Ends(found, d);
            var margin = FirstMargin * Math.Max(high - low, SmallestWidth * Math.Max(1, Math.Abs(high)));
            (Lower[d], Upper[d]) = (Math.Max(lowest[d], low - margin), Math.Min(highest[d], high + margin));
        }
    }

    /// <summary>Moves each side that has a limit out to it.</summary>
    public void ToLimits()
    {
        for (var d = 0; d < Lower.Length; d++)
        {
            if (double.IsFinite(lowest[d])) Lower[d] = lowest[d];
            if (double.IsFinite(highest[d])) Upper[d] = highest[d];
        }
    }

    /// <summary>Moves each open side near which a point lies; false if there is none.</summary>
    /// <param name="drawn">Points of the set that were drawn from this box, [N, D].</param>
    public bool Grow(Points drawn)
    {
        endless.Clear();
        for (var d = 0; d < Lower.Length; d++)
        {
            var (width, (low, high)) = (Upper[d] - Lower[d], Ends(drawn, d));
            var (below, above) = (low < Lower[d] + Margin * width && Lower[d] > lowest[d], high > Upper[d] - Margin * width && Upper[d] < highest[d]);
            if (below) Lower[d] = Math.Max(lowest[d], Lower[d] - Growth * width);
            if (above) Upper[d] = Math.Min(highest[d], Upper[d] + Growth * width);
            if (below || above) endless.Add(d);
        }
        return endless.Count > 0;
    }

    /// <summary>Moves each side as near to the points as it may stand.</summary>
    /// <param name="drawn">Points of the set that were drawn from this box, [N, D].</param>
    public void Tighten(Points drawn)
    {
        for (var d = 0; d < Lower.Length; d++)
        {
            var (low, high) = Ends(drawn, d);
            var margin = 2 * Margin * (high - low);
            (Lower[d], Upper[d]) = (Math.Max(Lower[d], low - margin), Math.Min(Upper[d], high + margin));
        }
    }

    /// <summary>A coordinate of a point of the box.</summary>
    /// <param name="d">Which.</param>
    /// <param name="share">Where between the ends, 0 to 1.</param>
    public double At(int d, double share) => Lower[d] + (Upper[d] - Lower[d]) * share;

    private static (double Low, double High) Ends(Points points, int d)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < points.Count; i++) (low, high) = (Math.Min(low, points[i][d]), Math.Max(high, points[i][d]));
        return (low, high);
    }
}
