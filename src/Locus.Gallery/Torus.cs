// The torus (sqrt(x_1^2 + x_2^2) - R)^2 + x_3^2 = r^2, R = 1, r = 0.4; area 4 pi^2 R r. The area element is r (R + r cos phi) dphi dtheta, so exact
// draws take the tube angle phi with probability (R + r cos phi) / (R + r): Diaconis, Holmes, Shahshahani 2013, "Sampling from a manifold".
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>A torus: a surface with a hole, whose outer side holds more area than its inner side.</summary>
internal sealed class Torus : PieceTruth
{
    private const double Major = 1, Minor = 0.4;

    private Torus(Problem problem)
        : base(problem, reach: 0.1)
    {
    }

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "torus",
            [.. Variable.Vector("x", 2, -1.5, 1.5), new Variable("z", -0.5, 0.5)],
            x => [Norm(Norm(x[..2]) - Major, x[2]) == Minor],
            Measure.Surface,
            "A torus with the radii 1 and 0.4.");
        return new(
            problem,
            new Torus(problem),
            "(sqrt(x1^2 + x2^2) - 1)^2 + z^2 = 0.4^2",
            "Diaconis, Holmes, Shahshahani 2013; radii are ours",
            4 * Math.PI * Math.PI * Major * Minor);
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        foreach (var attempt in Rejection.Attempts(key))
        {
            var (sin, cos) = ElementaryDouble.SinCos(2 * Math.PI * Draws.Uniform(attempt, index, 0));
            var radius = Major + Minor * cos;
            if (Draws.Uniform(attempt, index, 1) * (Major + Minor) >= radius) continue;
            var (y, along) = ElementaryDouble.SinCos(2 * Math.PI * Draws.Uniform(attempt, index, 2));
            (x[0], x[1], x[2]) = (radius * along, radius * y, Minor * sin);
            return;
        }
    }
}
