using Locus.Diagnostics;
using Locus.Problems;

namespace Locus.Gallery;

/// <summary>A named problem whose answer is known.</summary>
/// <param name="Problem">The problem; its name is the gallery name, in lower case with hyphens.</param>
/// <param name="Truth">Exact samples, components and shares.</param>
/// <param name="Formula">The set, or the density, as a paper would write it.</param>
/// <param name="Source">Where it comes from: paper and place, or "ours".</param>
/// <param name="Size">Volume, area or length of the set in the problem's coordinates; for the measure by component the number of components; of an energy the integral Z of its density.</param>
public sealed record GalleryProblem(Problem Problem, Truth Truth, string Formula, string Source, double Size)
{
    /// <summary>log Z of an energy; null for a set.</summary>
    public double? LogZ { get; init; }
}
