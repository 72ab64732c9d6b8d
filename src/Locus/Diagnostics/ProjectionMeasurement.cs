using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;
using Locus.Sampling;

namespace Locus.Diagnostics;

/// <summary>Samples moved onto the set: measured as they were before, with how far they were moved and what is proven about them.</summary>
/// <param name="Projected">Where each of them ended, those that failed too.</param>
/// <param name="Quality">The measures of all of them; a sample that failed counts as the best point that was reached.</param>
public sealed record ProjectionMeasurement(ProjectedPoints Projected, SampleQuality Quality)
{
    /// <summary>Projects and measures samples. The same numbers for every number of threads.</summary>
    /// <param name="problem">What was sampled.</param>
    /// <param name="samples">The samples, N at least 1.</param>
    /// <param name="reference">The measures of exact samples; null where no truth is known.</param>
    /// <param name="options">What is measured.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    public static ProjectionMeasurement Of(
        Problem problem, SampleSet samples, ExactReference? reference, QualityOptions options, Team team, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(team);
        var projected = new Projector(problem).Project(samples.Points, samples.Conditions, team, cancellation);
        var moves = projected.Moves.Where((_, i) => projected.Outcomes[i] is ProjectionOutcome.OnSet or ProjectionOutcome.Projected).ToList();
        var quality = QualityMeasurement.Of(problem, projected.Points, samples.Conditions, reference, options, team.Threads, cancellation) with
        {
            MeanMove = moves.Count == 0 ? double.NaN : moves.Sum() / moves.Count,
            Failed = projected.Failed,
            Certificates = CertificateFacts.Of(problem, projected.Points, samples.Conditions, team, cancellation),
        };
        return new ProjectionMeasurement(projected, quality);
    }
}
