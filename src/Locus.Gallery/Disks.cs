// Five rotated disks O_i { (u, 0) : u in R^2, |u| <= 1 }, O_i Haar in SO(d), of Burghoff, Braun, Toussaint 2025, section III, d = 10 and 50.
// Slack: the smallest over i of sum_k>2 |(O_i^T x)_k| + [|(O_i^T x)_1..2| - 1]_+. Five areas of pi, shares 1/5. The paper states neither radius
// nor centres: radius 1 about the origin is ours, so the disks meet in that one point.
using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>Five two-dimensional disks in d dimensions: thin sets in a wide space.</summary>
internal sealed class Disks : Truth
{
    private const int Count = 5;

    // Off the plane the slack is a sum over d - 2 coordinates, so it grows faster than the distance.
    private const double Reach = 0.5;

    /// <summary>Columns of each rotation, [5][D][D]; the first two span the disk's plane.</summary>
    private readonly double[][][] rotations;

    private Disks(int dimension)
    {
        Dimension = dimension;
        var key = Key.Seed(2025).Fold("disks").Fold((ulong)dimension);
        rotations = [.. Enumerable.Range(0, Count).Select(i => Rotation.Columns(key.Fold((ulong)i), dimension))];
    }

    /// <inheritdoc/>
    public override int Dimension { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Components { get; } = [.. Enumerable.Range(1, Count).Select(i => $"disk {i}")];

    /// <inheritdoc/>
    public override IReadOnlyList<double> Shares { get; } = [.. Enumerable.Repeat(1.0 / Count, Count)];

    /// <summary>The disks in <paramref name="dimension"/> dimensions; the rotations come from a fixed key.</summary>
    public static GalleryProblem Entry(int dimension)
    {
        Disks truth = new(dimension);
        var problem = Problem.Define(
            $"disks-{dimension}",
            dimension,
            x => [Any(truth.rotations.Select(columns => Member(columns, x)))],
            measure: Measure.Surface,
            description: $"Five unit disks, rotated at random in {dimension} dimensions (Burghoff et al. 2025, section III).");
        return new(
            problem,
            truth,
            "min_i { sum_k>2 |y_k| + [|(y1, y2)| - 1]+ } = 0, y = O_i' x, O_i in SO(d), i = 1..5",
            "Burghoff, Braun, Toussaint 2025, section III; radius and centres are ours",
            Count * Math.PI);
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        var columns = rotations[Annulus.Choose(Shares, key, index)];
        var (u, v) = new Annulus(0, 1).Draw(key, index);
        for (var d = 0; d < x.Length; d++) x[d] = u * columns[0][d] + v * columns[1][d];
    }

    /// <inheritdoc/>
    public override int Component(ReadOnlySpan<double> x)
    {
        var slacks = new double[Count];
        for (var i = 0; i < Count; i++) slacks[i] = Slack(rotations[i], x);
        return Nearest.Of(slacks, Reach);
    }

    private static Constraint Member(double[][] columns, Vector x)
    {
        Vector y = new(columns.Select(column => Dot(column, x)));
        return All([.. y.Skip(2).Select(off => off == 0), Norm(y[..2]) <= 1]);
    }

    private static double Slack(double[][] columns, ReadOnlySpan<double> x)
    {
        var u = Rotation.Dot(columns[0], x);
        var v = Rotation.Dot(columns[1], x);
        var slack = Math.Max(0, Math.Sqrt(u * u + v * v) - 1);
        for (var k = 2; k < columns.Length; k++) slack += Math.Abs(Rotation.Dot(columns[k], x));
        return slack;
    }
}
