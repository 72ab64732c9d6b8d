using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>
/// Points in groups of 16, coordinate by coordinate: float[N / 16, rounded up][D][16]. Distances from one point to 16 others are then one
/// vector, and each lane does the same operations as the plain formula, on every machine. Coordinates are taken from a center close to the
/// points before they are rounded to float, so that a set far from the origin keeps its digits.
/// </summary>
internal sealed class PointBlocks
{
    /// <summary>Points in a group.</summary>
    public const int Lanes = 16;

    private readonly float[] values;
    private readonly Vector512<float> lastMask;

    /// <summary>
    /// Copies the first <paramref name="count"/> of <paramref name="points"/>, less <paramref name="center"/> [D], the same for all blocks that
    /// are compared; the lanes behind the last one repeat zeros and are masked.
    /// </summary>
    public PointBlocks(Points points, int count, ReadOnlySpan<double> center)
    {
        Count = count;
        Dimension = points.Dimension;
        Groups = (count + Lanes - 1) / Lanes;
        values = new float[Groups * Dimension * Lanes];
        for (var i = 0; i < count; i++)
        {
            var point = points[i];
            for (var d = 0; d < point.Length; d++) values[((i / Lanes * Dimension) + d) * Lanes + i % Lanes] = (float)(point[d] - center[d]);
        }
        var used = count - (Groups - 1) * Lanes;
        lastMask = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(used)).AsSingle();
    }

    /// <summary>Number of points, N.</summary>
    public int Count { get; }

    /// <summary>Coordinates of a point, D.</summary>
    public int Dimension { get; }

    /// <summary>Number of groups.</summary>
    public int Groups { get; }

    /// <summary>The sum of the distances |x_i - y_j| over the points i of group <paramref name="a"/> of x and j of group <paramref name="b"/> of y.</summary>
    public static double DistanceSum(PointBlocks x, int a, PointBlocks y, int b)
    {
        var rows = x.Group(a);
        var columns = MemoryMarshal.Cast<float, Vector512<float>>(y.Group(b));
        var mask = b == y.Groups - 1 ? y.lastMask : Vector512<float>.AllBitsSet;
        var used = Math.Min(Lanes, x.Count - a * Lanes);
        var sum = Vector512<double>.Zero;
        for (var i = 0; i < used; i += 4)
        {
            // Four rows at once: four independent chains keep both multipliers busy.
            Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
            var at = i;
            foreach (var column in columns)
            {
                var row = rows.Slice(at, 4);
                var d0 = Vector512.Create(row[0]) - column;
                var d1 = Vector512.Create(row[1]) - column;
                var d2 = Vector512.Create(row[2]) - column;
                var d3 = Vector512.Create(row[3]) - column;
                s0 = Vector512.FusedMultiplyAdd(d0, d0, s0);
                s1 = Vector512.FusedMultiplyAdd(d1, d1, s1);
                s2 = Vector512.FusedMultiplyAdd(d2, d2, s2);
                s3 = Vector512.FusedMultiplyAdd(d3, d3, s3);
                at += Lanes;
            }
            sum = Add(sum, s0, mask);
            if (i + 1 < used) sum = Add(sum, s1, mask);
            if (i + 2 < used) sum = Add(sum, s2, mask);
            if (i + 3 < used) sum = Add(sum, s3, mask);
        }
        // In the order of the lanes: a sum over a vector may be ordered differently on another machine.
        var total = 0.0;
        for (var lane = 0; lane < Vector512<double>.Count; lane++) total += sum.GetElement(lane);
        return total;
    }

    private static Vector512<double> Add(Vector512<double> sum, Vector512<float> squares, Vector512<float> mask)
    {
        var (low, high) = Vector512.Widen(Vector512.Sqrt(squares) & mask);
        return sum + low + high;
    }

    private ReadOnlySpan<float> Group(int group) => values.AsSpan(group * Dimension * Lanes, Dimension * Lanes);
}
