using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;
using Locus.Sampling;

namespace Locus.Diagnostics;

/// <summary>Projected samples after an <see cref="ExactChain"/>: measured as they were before, with how far the chains went.</summary>
/// <param name="Points">Where each of them ended [N, D], those whose projection failed too.</param>
/// <param name="Quality">The measures of all of them; a sample whose projection failed counts as it was.</param>
public sealed record ChainMeasurement(Points Points, SampleQuality Quality)
{
    /// <summary>Makes the steps and measures the samples. The same numbers for every number of threads.</summary>
    /// <param name="sampler">What drew the samples.</param>
    /// <param name="projected">The samples after their projection, N at least 1.</param>
    /// <param name="conditions">c [N, C] in the user's units; null for a problem without parameters.</param>
    /// <param name="steps">Steps of each chain, K.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="reference">The measures of exact samples; null where no truth is known.</param>
    /// <param name="options">What is measured.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    public static ChainMeasurement Of(
        Sampler sampler, ProjectedPoints projected, Points? conditions, int steps, Key key, ExactReference? reference, QualityOptions options, Team team, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentNullException.ThrowIfNull(projected);
        ArgumentNullException.ThrowIfNull(team);
        var chained = new ExactChain(sampler).Run(projected, conditions, steps, key, team, cancellation);
        var quality = QualityMeasurement.Of(sampler.Problem, chained.Points, conditions, reference, options, team.Threads, cancellation) with
        {
            MeanMove = projected.Succeeded == 0 ? double.NaN : chained.Moves.Sum() / projected.Succeeded,
            Failed = projected.Failed,
            Steps = steps,
            // Where no chain began, none stood still.
            Still = chained.Still - projected.Failed,
            Certificates = CertificateFacts.Of(sampler.Problem, chained.Points, conditions, team, cancellation),
        };
        return new ChainMeasurement(chained.Points, quality);
    }
}
