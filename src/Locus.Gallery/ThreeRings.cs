// Three rings min_i ||x| - r_i| <= 0.1, r_i = 0.5 i, i = 1..3, of Burghoff, Braun, Toussaint 2025, Table I.
// Area 1.2 pi; the rings hold 1/6, 1/3 and 1/2. The inner bars are lost in print; without them the set would be one disk.
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>Three rings of half width 0.1 about the radii 0.5, 1 and 1.5: parts of different weight with gaps between them.</summary>
internal static class ThreeRings
{
    /// <summary>Half of each ring's width.</summary>
    public const double HalfWidth = 0.1;

    /// <summary>Radii of their middles.</summary>
    public static readonly double[] Radii = [0.5, 1, 1.5];

    /// <summary>The constraint.</summary>
    public static Constraint[] Set(Vector x) => [Any(Radii.Select(r => Abs(Norm(x) - r) <= HalfWidth))];

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "three-rings",
            2,
            Set,
            measure: Measure.Volume,
            description: "Three rings of half width 0.1 about the radii 0.5, 1 and 1.5 (Burghoff et al. 2025, Table I).");
        string[] names = ["inner ring", "middle ring", "outer ring"];
        Annuli truth = new(problem, [.. names.Zip(Radii, (name, r) => (name, new Annulus(r - HalfWidth, r + HalfWidth)))]);
        return new(
            problem, truth, "min_i ||x| - i/2| <= 0.1, i = 1, 2, 3", "Burghoff, Braun, Toussaint 2025, Table I", truth.Area);
    }
}
