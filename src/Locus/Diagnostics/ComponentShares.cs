using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>How the samples are spread over the components of a set. Shares and <see cref="Outside"/> together are 1.</summary>
/// <param name="Names">Names of the components.</param>
/// <param name="Shares">Share of the samples in each.</param>
/// <param name="Errors">Standard error of each share, sqrt(p (1 - p) / N) of the multinomial law with the true share p: what a perfect sampler would show.</param>
/// <param name="TrueShares">Share of the mass in each.</param>
/// <param name="Outside">Share of the samples that belong to no component.</param>
public sealed record ComponentShares(
    IReadOnlyList<string> Names, IReadOnlyList<double> Shares, IReadOnlyList<double> Errors, IReadOnlyList<double> TrueShares, double Outside)
{
    /// <summary>Counts the samples of each component.</summary>
    /// <param name="samples">Samples [N, D], N at least 1.</param>
    /// <param name="truth">Says which component a point belongs to.</param>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    public static ComponentShares Of(Points samples, Truth truth)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(truth);
        if (samples.Count == 0) throw new ArgumentException("component shares: there are no samples; give at least one", nameof(samples));
        var counts = new int[truth.Components.Count];
        var outside = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            var component = truth.Component(samples[i]);
            if (component < 0) outside++;
            else counts[component]++;
        }
        double n = samples.Count;
        return new ComponentShares(
            truth.Components,
            [.. counts.Select(c => c / n)],
            [.. truth.Shares.Select(p => Math.Sqrt(p * (1 - p) / n))],
            truth.Shares,
            outside / n);
    }
}
