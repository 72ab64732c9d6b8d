// The swiss roll of Tenenbaum, de Silva, Langford 2000, in the size that is customary: (phi cos phi, y, phi sin phi), 1.5 pi <= phi <= 4.5 pi,
// 0 <= y <= 21. With r = |(x, z)| it is the roll r = phi: the angle of (x, z) is r up to whole turns, its sine of the difference 0 and its cosine
// positive. Area 21 (s(4.5 pi) - s(1.5 pi)) with the arc length s. Exact draws: uniform by arc length and by height, not by phi.
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>A rolled-up sheet in space: near neighbours across the gap are far apart on the sheet.</summary>
internal sealed class SwissRoll : PieceTruth
{
    private const double First = 1.5 * Math.PI, Last = 4.5 * Math.PI, Height = 21;

    private SwissRoll(Problem problem)
        : base(problem, reach: 0.2)
    {
    }

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "swiss-roll",
            [new Variable("x", -15, 15), new Variable("y", 0, Height), new Variable("z", -15, 15)],
            p =>
            {
                var (x, z) = (p[0], p[2]);
                var r = Norm(x, z);
                return [Ratio(x * Sin(r) - z * Cos(r), r) == 0, x * Cos(r) + z * Sin(r) >= 0, r >= First, r <= Last];
            },
            Measure.Surface,
            "A rolled-up sheet in space (Tenenbaum et al. 2000).");
        return new(
            problem,
            new SwissRoll(problem),
            "(phi cos phi, y, phi sin phi), 1.5 pi <= phi <= 4.5 pi, 0 <= y <= 21",
            "Tenenbaum, de Silva, Langford 2000, uniform by area",
            Height * (ArcLength.Of(Last) - ArcLength.Of(First)));
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        var (from, to) = (ArcLength.Of(First), ArcLength.Of(Last));
        var phi = Math.Max(First, ArcLength.Angle(from + (to - from) * Draws.Uniform(key, index, 0), Last));
        var (sin, cos) = ElementaryDouble.SinCos(phi);
        (x[0], x[1], x[2]) = (phi * cos, Height * Draws.Uniform(key, index, 1), phi * sin);
    }
}
