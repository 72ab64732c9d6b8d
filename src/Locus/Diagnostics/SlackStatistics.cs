using System.Globalization;

namespace Locus.Diagnostics;

/// <summary>Mean, largest value and quantiles of the slack, over the samples whose slack is a number.</summary>
/// <param name="Mean">Mean slack (AvSl of Burghoff et al. 2025, Table I); NaN if no sample has one.</param>
/// <param name="MeanError">Standard error of the mean.</param>
/// <param name="Max">Largest slack; NaN if no sample has one.</param>
/// <param name="Quantiles">Quantiles under their names (0.5, 0.99), linear between neighbours in the sorted list (type 7 of Hyndman and Fan 1996).</param>
/// <param name="NotNumbers">Samples left out: their slack is not a finite number.</param>
public sealed record SlackStatistics(double Mean, double MeanError, double Max, IReadOnlyDictionary<string, double> Quantiles, int NotNumbers)
{
    /// <summary>The statistics of <paramref name="slacks"/>.</summary>
    /// <param name="slacks">Slack of each sample, [N].</param>
    /// <param name="quantiles">Quantiles to compute, each in 0 to 1.</param>
    public static SlackStatistics Of(ReadOnlySpan<double> slacks, IReadOnlyList<double> quantiles)
    {
        ArgumentNullException.ThrowIfNull(quantiles);
        List<double> sorted = new(slacks.Length);
        foreach (var slack in slacks)
            if (double.IsFinite(slack)) sorted.Add(slack);
        sorted.Sort();

        var count = sorted.Count;
        // Sorted first: the sum starts with the small values and does not depend on the order of the samples.
        var mean = count == 0 ? double.NaN : sorted.Sum() / count;
        var squares = sorted.Sum(s => (s - mean) * (s - mean));
        var error = count < 2 ? double.NaN : Math.Sqrt(squares / (count - 1) / count);
        OrderedDictionary<string, double> named = [];
        foreach (var quantile in quantiles) named[quantile.ToString(CultureInfo.InvariantCulture)] = Quantile(sorted, quantile);
        return new SlackStatistics(mean, error, count == 0 ? double.NaN : sorted[^1], named, slacks.Length - count);
    }

    private static double Quantile(List<double> sorted, double quantile)
    {
        if (sorted.Count == 0) return double.NaN;
        var position = quantile * (sorted.Count - 1);
        var below = Math.Min((int)position, sorted.Count - 1);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
