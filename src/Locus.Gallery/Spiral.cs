// The spiral min_i |0.1 + 0.1 (theta + 2 pi i) - |x|| = 0, i = 0, 1, 2, theta = atan2(x_2, x_1), of Burghoff, Braun, Toussaint 2025, Table I.
// One curve |x| = 0.1 (1 + phi), phi in (-1, 5 pi]; with u = 1 + phi its length up to u is s(u) = 0.05 (u sqrt(u^2 + 1) + asinh u), 14.158 in all.
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>An Archimedean spiral of almost three turns, uniform by arc length: a curve, so an equality. Its components are its turns.</summary>
internal sealed class Spiral : PieceTruth
{
    private const double Pitch = 0.1, LastU = 1 + 5 * Math.PI;
    private static readonly string[] Turns = ["first turn", "second turn", "third turn"];
    private static readonly double[] TurnEnds = [0, 1 + Math.PI, 1 + 3 * Math.PI, LastU];

    private Spiral(Problem problem, Vector x)
        : base(problem, PlanarReach, [.. Turns.Select((name, i) => new Piece(
            name, (ArcLength.Of(TurnEnds[i + 1]) - ArcLength.Of(TurnEnds[i])) / ArcLength.Of(LastU), Turn(i, Atan2(x[1], x[0]), x)))])
    {
    }

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "spiral",
            2,
            x =>
            {
                var theta = Atan2(x[1], x[0]);
                return [Any(Turns.Select((_, i) => Turn(i, theta, x)))];
            },
            measure: Measure.Surface,
            description: "An Archimedean spiral of almost three turns (Burghoff et al. 2025, Table I).");
        return new(
            problem,
            new Spiral(problem, Vector.Variables(2)),
            "min_i |0.1 + 0.1 (theta + 2 pi i) - |x|| = 0, i = 0, 1, 2, theta = atan2(x2, x1)",
            "Burghoff, Braun, Toussaint 2025, Table I",
            Pitch * ArcLength.Of(LastU));
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        var u = ArcLength.Angle(ArcLength.Of(LastU) * Draws.Uniform(key, index, 0), LastU);
        var (sin, cos) = ElementaryDouble.SinCos(u - 1);
        x[0] = Pitch * u * cos;
        x[1] = Pitch * u * sin;
    }

    private static Constraint Turn(int i, Expr theta, Vector x) => Pitch + Pitch * (theta + 2 * Math.PI * i) == Norm(x);
}
