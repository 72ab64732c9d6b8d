// Five rotated disks O_i { (u, 0) : u in R^2, |u| <= 1 }, O_i Haar in SO(d), of Burghoff, Braun, Toussaint 2025, section III, d = 10 and 50.
// Slack: the smallest over i of sum_k>2 |(O_i^T x)_k| + [|(O_i^T x)_1..2| - 1]_+. Five areas of pi, shares 1/5. The paper states neither radius
// nor centres: radius 1 about the origin is ours, so the disks meet in that one point.
using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>Five two-dimensional disks in d dimensions: thin sets in a wide space.</summary>
internal sealed class Disks : PieceTruth
{
    private const int Count = 5;

    // Off the plane the slack is a sum over d - 2 coordinates, so it grows faster than the distance.
    private const double Reach = 0.5;

    /// <summary>Columns of each rotation, [5][D][D]; the first two span the disk's plane.</summary>
    private readonly double[][][] rotations;

    private Disks(Problem problem, double[][][] rotations)
        : base(problem, Reach, [.. rotations.Select((columns, i) => new Piece(
            $"disk {i + 1}", 1.0 / Count, Member(columns, Vector.Variables(problem.Dimension))))]) =>
        this.rotations = rotations;

    /// <summary>The disks in <paramref name="dimension"/> dimensions; the rotations come from a fixed key.</summary>
    public static GalleryProblem Entry(int dimension)
    {
        var key = Key.Seed(2025).Fold("disks").Fold((ulong)dimension);
        double[][][] rotations = [.. Enumerable.Range(0, Count).Select(i => Rotation.Columns(key.Fold((ulong)i), dimension))];
        var problem = Problem.Define(
            $"disks-{dimension}",
            dimension,
            x => [Any(rotations.Select(columns => Member(columns, x)))],
            measure: Measure.Surface,
            description: $"Five unit disks, rotated at random in {dimension} dimensions (Burghoff et al. 2025, section III).");
        return new(
            problem,
            new Disks(problem, rotations),
            "min_i { sum_k>2 |y_k| + [|(y1, y2)| - 1]+ } = 0, y = O_i' x, O_i in SO(d), i = 1..5",
            "Burghoff, Braun, Toussaint 2025, section III; radius and centres are ours",
            Count * Math.PI);
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        var columns = rotations[Choose(key, index)];
        var (u, v) = new Annulus(0, 1).Draw(key, index);
        for (var d = 0; d < x.Length; d++) x[d] = u * columns[0][d] + v * columns[1][d];
    }

    private static Constraint Member(double[][] columns, Vector x)
    {
        Vector y = new(columns.Select(column => Dot(column, x)));
        return All([.. y.Skip(2).Select(off => off == 0), Norm(y[..2]) <= 1]);
    }
}
