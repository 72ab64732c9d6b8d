using Locus.Diagnostics;
using Locus.Problems;

namespace Locus.Gallery;

/// <summary>A named problem, with as much of its answer as is known.</summary>
/// <param name="Problem">The problem; its name is the gallery name, in lower case with hyphens.</param>
/// <param name="Truth">Exact samples, components and shares; null for an energy without an exact sampler.</param>
/// <param name="Formula">The set, or the density, as a paper would write it.</param>
/// <param name="Source">Where it comes from: paper and place, or "ours".</param>
/// <param name="Size">Volume, area or length of the set in the problem's coordinates; for the measure by component the number of components; of an energy the integral Z of its density, null where it is not known.</param>
public sealed record GalleryProblem(Problem Problem, Truth? Truth, string Formula, string Source, double? Size)
{
    /// <summary>log Z of an energy; null for a set, and where it is not known.</summary>
    public double? LogZ { get; init; }
}
