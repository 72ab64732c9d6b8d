using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Locus.Training;

/// <summary>The centers of charts, sixteen side by side, for those near a point to be found by looking at all of them: at thousands of charts that is faster than any tree.</summary>
internal sealed class ChartIndex
{
    private const int Lanes = 16;

    // Where no chart is, a place is so far away that nothing is near.
    private const float Nowhere = 1e18f;

    // Two coordinates rounded to float, and their difference, in units of the largest.
    private const double Rounding = 2e-7;
    private readonly IReadOnlyList<Chart> charts;
    private readonly double[] middle;
    private readonly float[] centers;
    private readonly int dimension;

    /// <summary>The index of at least one chart.</summary>
    public ChartIndex(IReadOnlyList<Chart> charts)
    {
        this.charts = charts;
        dimension = charts[0].Center.Length;
        // Rounded relative to their middle, so that a set far from the origin loses nothing.
        middle = new double[dimension];
        foreach (var chart in charts)
            for (var d = 0; d < dimension; d++) middle[d] += chart.Center[d] / charts.Count;
        centers = new float[Groups * Lanes * dimension];
        Array.Fill(centers, Nowhere);
        for (var i = 0; i < charts.Count; i++)
            for (var d = 0; d < dimension; d++)
            {
                var center = charts[i].Center[d] - middle[d];
                centers[(i / Lanes * dimension + d) * Lanes + i % Lanes] = (float)center;
                Extent = Math.Max(Extent, Math.Abs(center));
            }
    }

    /// <summary>The largest coordinate of a center, seen from their middle.</summary>
    public double Extent { get; }

    private int Groups => (charts.Count + Lanes - 1) / Lanes;

    /// <summary>Squares of distances, one for each chart, that no chart at just this distance is above after rounding.</summary>
    /// <param name="distances">[P].</param>
    public float[] Limits(IReadOnlyList<double> distances)
    {
        var limits = new float[Groups * Lanes];
        for (var i = 0; i < distances.Count; i++)
        {
            var distance = distances[i] + Rounding * Math.Sqrt(dimension) * Extent;
            limits[i] = (float)(distance * distance * (1 + 1e-6 * dimension));
        }
        return limits;
    }

    /// <summary>The charts that lie within a distance of their own from a point, and some that lie a little farther, in order.</summary>
    /// <param name="y">The point [E].</param>
    /// <param name="limits">See <see cref="Limits"/>.</param>
    public List<int> Within(ReadOnlySpan<double> y, float[] limits)
    {
        var near = new List<int>();
        Span<float> point = stackalloc float[dimension];
        Round(y, point);
        for (var group = 0; group < Groups; group++)
        {
            var mask = Vector512.LessThanOrEqual(Squares(point, group), Vector512.Create(limits, group * Lanes)).ExtractMostSignificantBits();
            for (; mask != 0; mask &= mask - 1) near.Add(group * Lanes + BitOperations.TrailingZeroCount(mask));
        }
        return near;
    }

    /// <summary>The nearest charts of a chart's own kind, itself first, by distance, then by number.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="nearest">Receives their numbers; -1 behind the last one.</param>
    /// <returns>The distance of the last one found.</returns>
    public double Nearest(int chart, Span<int> nearest)
    {
        Span<float> point = stackalloc float[dimension], squares = stackalloc float[nearest.Length];
        Round(charts[chart].Center, point);
        nearest.Fill(-1);
        squares.Fill(float.PositiveInfinity);
        for (var group = 0; group < Groups; group++)
        {
            var distances = Squares(point, group);
            var mask = Vector512.LessThan(distances, Vector512.Create(squares[^1])).ExtractMostSignificantBits();
            for (; mask != 0; mask &= mask - 1)
            {
                var lane = BitOperations.TrailingZeroCount(mask);
                var i = group * Lanes + lane;
                if (i >= charts.Count || charts[i].Normals != charts[chart].Normals || distances[lane] >= squares[^1]) continue;
                var place = squares.Length - 1;
                for (; place > 0 && squares[place - 1] > distances[lane]; place--) (squares[place], nearest[place]) = (squares[place - 1], nearest[place - 1]);
                (squares[place], nearest[place]) = (distances[lane], i);
            }
        }
        var last = squares.Length - 1;
        while (nearest[last] < 0) last--;
        return Math.Sqrt(squares[last]);
    }

    private void Round(ReadOnlySpan<double> y, Span<float> point)
    {
        for (var d = 0; d < dimension; d++) point[d] = (float)(y[d] - middle[d]);
    }

    private Vector512<float> Squares(ReadOnlySpan<float> point, int group)
    {
        var rows = MemoryMarshal.Cast<float, Vector512<float>>(centers).Slice(group * dimension, dimension);
        var sum = Vector512<float>.Zero;
        for (var d = 0; d < rows.Length; d++)
        {
            var difference = rows[d] - Vector512.Create(point[d]);
            sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
        }
        return sum;
    }
}
