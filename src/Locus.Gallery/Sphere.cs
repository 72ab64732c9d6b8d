// The unit sphere |x| = 1 in three dimensions, area 4 pi. Exact draws: a uniform direction (Muller 1959).
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>The unit sphere: the simplest surface.</summary>
internal sealed class Sphere : PieceTruth
{
    private Sphere(Problem problem)
        : base(problem, reach: 0.2)
    {
    }

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "sphere", 3, x => [Norm(x) == 1], measure: Measure.Surface, description: "The unit sphere in three dimensions.");
        return new(problem, new Sphere(problem), "|x| = 1, x in R^3", "textbook", 4 * Math.PI);
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x) => Ball.Direction(key, index, x);
}
