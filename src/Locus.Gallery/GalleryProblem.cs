using Locus.Diagnostics;
using Locus.Problems;

namespace Locus.Gallery;

/// <summary>A named problem whose answer is known.</summary>
/// <param name="Problem">The problem; its name is the gallery name, in lower case with hyphens.</param>
/// <param name="Truth">Exact samples, components and shares.</param>
/// <param name="Formula">The set, as a paper would write it.</param>
/// <param name="Source">Where it comes from: paper and place.</param>
/// <param name="Size">Area of the set, or length of a curve, in the problem's coordinates.</param>
public sealed record GalleryProblem(Problem Problem, Truth Truth, string Formula, string Source, double Size);
