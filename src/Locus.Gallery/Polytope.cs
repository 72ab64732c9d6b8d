// A polytope in six dimensions: the box |x_i| <= 1 and 18 half-spaces a_j.x <= 0.5, a_j uniform unit vectors from a fixed key, after the random polytopes
// of Toussaint, Braun, Ortiz-Haro 2024 (NLP Sampling). It has 664 corners and 29 sides: one of the 30 half-spaces follows from the others.
// Exact draws: rejection from the box, of which 0.057 are in the set.
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>A random polytope of six dimensions: many flat sides and sharp corners.</summary>
internal static class Polytope
{
    private const int Size = 6, Planes = 18;
    private const double Distance = 0.5;

    /// <summary>By Lawrence's formula over the corners (1991, "Polytope volume computation"); a test computes it again.</summary>
    private const double Volume = 3.6646431327;

    public static GalleryProblem Entry()
    {
        var key = Key.Seed(2026).Fold("polytope");
        var normals = new double[Planes][];
        for (var i = 0; i < Planes; i++) Ball.Direction(key, (ulong)i, normals[i] = new double[Size]);
        var problem = Problem.Define(
            "polytope",
            Size,
            x => [.. normals.Select(normal => Dot(normal, x) <= Distance)],
            -1,
            1,
            description: "A random polytope of 29 sides in six dimensions.");
        return new(
            problem,
            new BoxRejection(problem, reach: 0.5),
            "|xi| <= 1, a_j.x <= 0.5, |a_j| = 1, j = 1..18, x in R^6",
            "after Toussaint, Braun, Ortiz-Haro 2024 (arXiv 2407.03035)",
            Volume);
    }
}
