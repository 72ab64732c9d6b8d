// A ball, a disk and an arc in space: sets of three, two and one dimensions as one union, whose measure gives each the same share. The ball lies about
// (-1, -0.5, 0), the disk in the plane 0.6 (y + 0.5) + 0.8 z = 0, the arc is the upper half of a circle in the plane y = 1; nothing else reaches y > 0.1.
// Exact draws: a part by chance, then a uniform point of the ball, of the disk (|.| = 0.7 sqrt u), or of the angle.
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>A solid, a surface and a curve in one set: equalities together with inequalities, and a measure by component.</summary>
internal sealed class Mixed : PieceTruth
{
    private const double BallRadius = 0.5, DiskRadius = 0.7, ArcRadius = 1.2;
    private static readonly double[] BallCentre = [-1, -0.5, 0], DiskCentre = [1, -0.5, 0];

    private Mixed(Problem problem, Vector x)
        : base(problem, reach: 0.1, new Piece("ball", 1 / 3.0, InBall(x)), new Piece("disk", 1 / 3.0, InDisk(x)), new Piece("arc", 1 / 3.0, OnArc(x)))
    {
    }

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "mixed", 3, x => [Any(InBall(x), InDisk(x), OnArc(x))], -2, 2, Measure.Component, "A ball, a disk and an arc, each with a third of the mass.");
        return new(
            problem,
            new Mixed(problem, Vector.Variables(3)),
            "|x - a| <= 0.5, or n.(x - b) = 0 and |x - b| <= 0.7, or x2 = 1, |(x1, x3)| = 1.2 and x3 >= 0; "
                + "a = (-1, -0.5, 0), b = (1, -0.5, 0), n = (0, 0.6, 0.8)",
            "ours",
            3);
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        switch (Choose(key, index))
        {
            case 0:
                Ball.Draw(key, index, x);
                for (var d = 0; d < x.Length; d++) x[d] = BallCentre[d] + BallRadius * x[d];
                break;
            case 1:
                // (1, 0, 0) and (0, 0.8, -0.6) span the disk's plane.
                var (u, v) = new Annulus(0, DiskRadius).Draw(key, index);
                (x[0], x[1], x[2]) = (DiskCentre[0] + u, DiskCentre[1] + 0.8 * v, DiskCentre[2] - 0.6 * v);
                break;
            default:
                var (sin, cos) = ElementaryDouble.SinCos(Math.PI * Draws.Uniform(key, index, 1));
                (x[0], x[1], x[2]) = (ArcRadius * cos, 1, ArcRadius * sin);
                break;
        }
    }

    private static Constraint InBall(Vector x) => Norm(x - BallCentre) <= BallRadius;

    private static Constraint InDisk(Vector x) => All(0.6 * (x[1] - DiskCentre[1]) + 0.8 * x[2] == 0, Norm(x - DiskCentre) <= DiskRadius);

    private static Constraint OnArc(Vector x) => All(x[1] == 1, Norm(x[0], x[2]) == ArcRadius, x[2] >= 0);
}
