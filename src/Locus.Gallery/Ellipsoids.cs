// Three thin ellipsoids |S_i^-1 O_i' (x - c_i)| <= 1, O_i Haar in SO(3) from a fixed key: a needle, a pancake and an egg. Balls of their largest half axes
// about their centres do not meet, so neither do they. Volumes 4/3 pi times the product of the half axes: shares 0.072, 0.427, 0.501.
// Exact draws: a uniform point of the unit ball, stretched and turned; a linear map keeps volumes alike.
using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>A needle, a pancake and an egg in space: thin parts of unequal size.</summary>
internal sealed class Ellipsoids : PieceTruth
{
    private static readonly string[] Names = ["needle", "pancake", "egg"];
    private static readonly double[][] Centres = [[-1.5, 0, 0], [1, 1, 0.5], [1, -1, -0.5]];

    /// <summary>Half axes, [3][3].</summary>
    private static readonly double[][] Axes = [[1.2, 0.06, 0.06], [0.8, 0.8, 0.04], [0.5, 0.3, 0.2]];

    /// <summary>The directions of the half axes, [3][3][3].</summary>
    private static readonly double[][][] Turns =
        [.. Enumerable.Range(0, 3).Select(i => Rotation.Columns(Key.Seed(2026).Fold("ellipsoids").Fold((ulong)i), 3))];

    private static readonly double AllProducts = Axes.Sum(Product);

    private Ellipsoids(Problem problem, Vector x)
        : base(problem, reach: 1, [.. Names.Select((name, i) => new Piece(name, Product(Axes[i]) / AllProducts, Member(i, x)))])
    {
    }

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "ellipsoids", 3, x => [Any(Names.Select((_, i) => Member(i, x)))], -3, 3, description: "A needle, a pancake and an egg in space.");
        return new(
            problem,
            new Ellipsoids(problem, Vector.Variables(3)),
            "min_i |S_i^-1 O_i' (x - c_i)| <= 1, O_i in SO(3), i = 1..3",
            "ours",
            4 * Math.PI / 3 * AllProducts);
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        var i = Choose(key, index);
        Span<double> unit = stackalloc double[3];
        Ball.Draw(key, index, unit);
        for (var d = 0; d < x.Length; d++)
        {
            x[d] = Centres[i][d];
            for (var k = 0; k < unit.Length; k++) x[d] += Axes[i][k] * unit[k] * Turns[i][k][d];
        }
    }

    private static double Product(double[] axes) => axes[0] * axes[1] * axes[2];

    private static Constraint Member(int i, Vector x) => Norm(Turns[i].Select((turn, k) => Dot(turn, x - Centres[i]) / Axes[i][k])) <= 1;
}
