using Locus.Projection;

namespace Locus.Sampling;

/// <summary>Samples on the set, and what it took to get them.</summary>
/// <param name="Samples">Those that ended on the set, in the order of the stream; fewer than were asked for where too few of the draws did.</param>
/// <param name="Moves">How far the projector moved each of them, [N], in the user's units; 0 for one that was on the set.</param>
/// <param name="Moved">Samples that were not on the set and have been moved.</param>
/// <param name="Failed">The draws that could not be brought onto the set, and are left out.</param>
public sealed record ProjectedSamples(SampleSet Samples, IReadOnlyList<double> Moves, int Moved, ProjectedPoints Failed)
{
    /// <summary>Draws that were looked at, to the one that gave the last sample.</summary>
    public long Draws => (long)Moves.Count + Failed.Outcomes.Count;

    /// <summary>Mean move of all samples, those that were on the set too; NaN for none.</summary>
    public double MeanMove => Moves.Count == 0 ? double.NaN : Moves.Sum() / Moves.Count;
}
