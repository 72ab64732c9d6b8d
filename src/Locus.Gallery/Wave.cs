// A band on the flat torus, |sin x1 + cos x2 - 0.3| <= 0.2 for angles in [0, 2 pi]: a ring around (pi/2, 0), where the sum has its maximum. Both angles come back to where they
// began, and the ring goes over the ends of both boxes, which would cut it into four. For each x2 the angles x1 fill two arcs of asin(0.5 - cos x2) - asin(0.1 - cos x2), both clamped to
// [-1, 1]; the area is their integral. Exact draws: rejection from the box.
using Locus.Engine.Kernels;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>A ring over the ends of two periodic variables.</summary>
internal static class Wave
{
    private const double Level = 0.3, Width = 0.2;

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "wave",
            Variable.Vector("x", 2, 0, 2 * Math.PI, "rad", periodic: true),
            x => [Abs(Sin(x[0]) + Cos(x[1]) - Level) <= Width],
            description: "A band of two angles around the top of a wave: a ring that goes over the ends of both boxes.");
        return new(problem, new BoxRejection(problem, PieceTruth.PlanarReach), "|sin x1 + cos x2 - 0.3| <= 0.2, x in [0, 2 pi]^2, the ends being one", "ours", Area());
    }

    /// <summary>The midpoint rule; where an arc begins its length is a root, which leaves an error of 1e-7 of the whole.</summary>
    private static double Area()
    {
        const int steps = 1 << 16;
        var area = 0.0;
        for (var i = 0; i < steps; i++)
        {
            var height = Level - ElementaryDouble.Cos(2 * Math.PI * (i + 0.5) / steps);
            area += 2 * (Arcsine(height + Width) - Arcsine(height - Width)) * 2 * Math.PI / steps;
        }
        return area;
    }

    private static double Arcsine(double height)
    {
        var y = Math.Clamp(height, -1, 1);
        return ElementaryDouble.Atan2(y, Math.Sqrt((1 - y) * (1 + y)));
    }
}
