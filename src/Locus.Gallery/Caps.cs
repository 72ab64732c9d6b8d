// Two caps on the sphere |x| = 2.5, of 0.2 and 0.6 rad about centres that are 1.35 rad apart, after MASEM (arXiv 2605.12338): an equality and one of
// two inequalities. Areas 2 pi 2.5^2 (1 - cos 0.2) and (1 - cos 0.6), so the small cap holds 0.102. A slice of a sphere has the area of its
// height (Archimedes), so in exact draws the height over the cap's base and the angle about its centre are uniform.
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>A small and a large cap of one sphere: disconnected parts of unequal size, on a surface.</summary>
internal sealed class Caps : PieceTruth
{
    private const double Radius = 2.5, Apart = 1.35;

    /// <summary>Cosine of the angle between a cap's centre and its rim.</summary>
    private static readonly double[] Rims = [ElementaryDouble.Cos(0.2), ElementaryDouble.Cos(0.6)];

    /// <summary>Directions of the centres, in the plane y = 0.</summary>
    private static readonly double[][] Centres = [[0, 0, 1], [ElementaryDouble.Sin(Apart), 0, ElementaryDouble.Cos(Apart)]];

    private static readonly double BothHeights = Rims.Sum(rim => 1 - rim);

    private Caps(Problem problem, Vector x)
        : base(problem, reach: 0.1, Cap("small cap", 0, x), Cap("large cap", 1, x))
    {
    }

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "caps",
            3,
            x => [OnSphere(x), Any(Within(0, x), Within(1, x))],
            -3,
            3,
            Measure.Surface,
            "A small and a large cap of one sphere (after MASEM, arXiv 2605.12338).");
        return new(
            problem,
            new Caps(problem, Vector.Variables(3)),
            "|x| = 2.5, angle(x, a) <= 0.2 or angle(x, b) <= 0.6, angle(a, b) = 1.35",
            "after MASEM, arXiv 2605.12338",
            2 * Math.PI * Radius * Radius * BothHeights);
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        var cap = Choose(key, index);
        var centre = Centres[cap];
        var height = 1 - (1 - Rims[cap]) * Draws.Uniform(key, index, 1);
        var across = Math.Sqrt((1 - height) * (1 + height));
        var (sin, cos) = ElementaryDouble.SinCos(2 * Math.PI * Draws.Uniform(key, index, 2));
        // The centre c, (0, 1, 0) and (c_z, 0, -c_x) are a frame.
        x[0] = Radius * (height * centre[0] + across * cos * centre[2]);
        x[1] = Radius * across * sin;
        x[2] = Radius * (height * centre[2] - across * cos * centre[0]);
    }

    private static Piece Cap(string name, int i, Vector x) => new(name, (1 - Rims[i]) / BothHeights, All(OnSphere(x), Within(i, x)));

    private static Constraint OnSphere(Vector x) => Norm(x) == Radius;

    private static Constraint Within(int i, Vector x) => Dot(Centres[i], x) >= Radius * Rims[i];
}
