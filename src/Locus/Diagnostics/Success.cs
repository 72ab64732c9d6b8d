using System.Globalization;

namespace Locus.Diagnostics;

/// <summary>
/// The share of samples whose slack is below a threshold: Succ = P(slack &lt; s), Burghoff et al. 2025, Table I, with s = 0.001 there.
/// A slack that is no number counts as failure.
/// </summary>
public static class Success
{
    /// <summary>The share of <paramref name="slacks"/> strictly below <paramref name="threshold"/>, in 0 to 1; NaN for no samples.</summary>
    /// <param name="slacks">Slack of each sample, [N].</param>
    /// <param name="threshold">Threshold, in the unit of the slack.</param>
    public static double Share(ReadOnlySpan<double> slacks, double threshold)
    {
        var below = 0;
        foreach (var slack in slacks)
            if (slack < threshold) below++;
        return (double)below / slacks.Length;
    }

    /// <summary>The share for each threshold, under the threshold's name, in the order given.</summary>
    /// <param name="slacks">Slack of each sample, [N].</param>
    /// <param name="thresholds">Thresholds, in the unit of the slack.</param>
    public static IReadOnlyDictionary<string, double> Shares(ReadOnlySpan<double> slacks, IReadOnlyList<double> thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        OrderedDictionary<string, double> shares = [];
        foreach (var threshold in thresholds) shares[Name(threshold)] = Share(slacks, threshold);
        return shares;
    }

    /// <summary>The name of a threshold in reports: 0.001, 1e-06.</summary>
    /// <param name="threshold">A positive number.</param>
    public static string Name(double threshold) => threshold is >= 1e-4 and < 1e16
        ? threshold.ToString("0.################", CultureInfo.InvariantCulture)
        : threshold.ToString("0.################e-00", CultureInfo.InvariantCulture);
}
