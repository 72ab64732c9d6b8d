namespace Locus.Formats;

/// <summary>One axis of a <see cref="Plot"/>.</summary>
/// <param name="Label">What it measures, with its unit; empty for none.</param>
/// <param name="Minimum">Its lower end; null: from the data.</param>
/// <param name="Maximum">Its upper end; null: from the data.</param>
/// <param name="Logarithmic">Whether equal steps are equal factors; values from 0 down are then left out.</param>
public sealed record Axis(string Label = "", double? Minimum = null, double? Maximum = null, bool Logarithmic = false)
{
    // Room between the outermost data and the frame, as a share of the range.
    private const double Margin = 0.03;

    /// <summary>The place of a value on the axis: itself, or its decimal logarithm. NaN for what cannot be shown.</summary>
    internal double Place(double value) => !double.IsFinite(value) || (Logarithmic && value <= 0) ? double.NaN : Logarithmic ? Math.Log10(value) : value;

    /// <summary>The ends of the axis as places, for data between two places (NaN for no data).</summary>
    internal (double Low, double High) Ends(double low, double high)
    {
        if (double.IsNaN(low)) (low, high) = (0, 1);
        var room = Math.Max((high - low) * Margin, high > low ? 0 : Math.Max(0.5 * Math.Abs(Logarithmic ? 1 : low), 1e-9));
        var (from, to) = (Place(Minimum ?? double.NaN), Place(Maximum ?? double.NaN));
        if (double.IsNaN(from)) from = low - room;
        if (double.IsNaN(to)) to = high + room;
        return to > from ? (from, to) : (from, from + 1);
    }
}
