// The gap between a toothed wheel and its round case, 1 + 0.2 cos 8 theta <= |x| <= 1.25: eight chambers, 0.45 deep, and between them passages of 0.05.
// Area pi (1.25^2 - 1 - 0.2^2 / 2), for cos^2 has the mean 1/2. Exact draws: rejection from the box.
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>Eight chambers in a ring with narrow passages: a set with an interior that is far from convex.</summary>
internal static class Gear
{
    private const double Depth = 0.2, Case = 1.25;
    private const int Teeth = 8;

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "gear",
            2,
            x => [Norm(x) >= 1 + Depth * Cos(Teeth * Atan2(x[1], x[0])), Norm(x) <= Case],
            -1.5,
            1.5,
            description: "The gap between a wheel of eight teeth and its case: chambers with narrow passages.");
        return new(
            problem,
            new BoxRejection(problem, PieceTruth.PlanarReach),
            "1 + 0.2 cos(8 theta) <= |x| <= 1.25, theta = atan2(x2, x1)",
            "ours",
            Math.PI * (Case * Case - 1 - Depth * Depth / 2));
    }
}
