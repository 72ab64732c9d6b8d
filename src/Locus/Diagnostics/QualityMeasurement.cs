using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>All measures of one set of samples.</summary>
public static class QualityMeasurement
{
    /// <summary>Measures samples, against exact ones where there are any. The same numbers for every number of threads.</summary>
    /// <param name="problem">What was sampled.</param>
    /// <param name="samples">Samples in the user's coordinates [N, D], N at least 1.</param>
    /// <param name="conditions">The parameters that the samples were drawn for, in the user's units: [N, C], or [1, C] where all have the same; null for a problem without.</param>
    /// <param name="reference">The measures of exact samples, best of as many; null where no truth is known.</param>
    /// <param name="options">What is measured.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">Options are out of range, or sizes do not fit together.</exception>
    public static SampleQuality Of(
        Problem problem,
        Points samples,
        Points? conditions,
        ExactReference? reference,
        QualityOptions options,
        int threads,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        List<string> wrong = [.. options.Validate()];
        if (samples.Count == 0) wrong.Add("there are no samples; give at least one");
        if (wrong.Count > 0) throw new ArgumentException($"measuring samples of \"{problem.Name}\": {string.Join("; ", wrong)}");

        var slacks = Slacks.Of(problem.Slack, samples, conditions, threads, cancellation);
        var slack = SlackStatistics.Of(slacks, options.Quantiles);
        var quality = new SampleQuality
        {
            Success = Success.Shares(slacks, options.Thresholds),
            MeanSlack = slack.Mean,
            MeanSlackError = slack.MeanError,
            MaxSlack = slack.Max,
            SlackQuantiles = slack.Quantiles,
            NotNumbers = slack.NotNumbers,
        };
        var finite = Finite(samples, slacks);
        if (reference is null || finite.Count == 0) return quality;

        var shares = ComponentShares.Of(finite, reference.Truth);
        var energyCount = Math.Min(finite.Count, reference.EnergyFloor.Count);
        quality = quality with
        {
            SuccessTrue = reference.Success,
            MeanSlackTrue = reference.Slack.Mean,
            MaxSlackTrue = reference.Slack.Max,
            EnergyDistance = reference.EnergyFloor.DistanceOf(finite, energyCount, threads, cancellation),
            EnergyDistanceFloor = reference.EnergyFloor.Mean,
            EnergyDistanceFloorDeviation = reference.EnergyFloor.Deviation,
            EnergyDistanceCount = energyCount,
            Components = shares.Names,
            Shares = shares.Shares,
            TrueShares = shares.TrueShares,
            ShareErrors = shares.Errors,
            ShareOutside = shares.Outside,
        };
        if (reference.BoundaryShare is not { } trueShare) return quality;

        double Variance(double share, int count) => share * (1 - share) / count;
        return quality with
        {
            BoundaryDistance = options.BoundaryDistance,
            BoundaryShare = new BoundaryLayer(problem).Share(finite, conditions, options.BoundaryDistance, threads, cancellation),
            BoundaryShareTrue = trueShare,
            // Both shares are measured: a perfect sampler differs from the exact one by this much.
            BoundaryShareError = Math.Sqrt(Variance(trueShare, finite.Count) + Variance(trueShare, reference.Samples.Count)),
        };
    }

    /// <summary>The samples whose slack is a finite number, in their order.</summary>
    private static Points Finite(Points samples, double[] slacks)
    {
        if (Array.TrueForAll(slacks, double.IsFinite)) return samples;
        List<double> values = [];
        for (var i = 0; i < samples.Count; i++)
            if (double.IsFinite(slacks[i])) values.AddRange(samples[i]);
        return new Points([.. values], samples.Dimension);
    }
}
