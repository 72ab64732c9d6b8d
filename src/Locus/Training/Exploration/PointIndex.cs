using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Locus.Problems;

namespace Locus.Training;

/// <summary>
/// Points, sixteen side by side, for those near a place to be found by looking at all of them: at thousands of points that is faster than any tree. Distances are floats of coordinates
/// seen from the points' middle, so that a set far from the origin loses nothing.
/// </summary>
internal sealed class PointIndex
{
    private const int Lanes = 16;

    // Where no point is, a place is so far away that nothing is near.
    private const float Nowhere = 1e18f;

    // Two coordinates rounded to float, and their difference, in units of the largest.
    private const double Rounding = 2e-7;
    private readonly int[]? kinds;
    private readonly double[] middle;
    private readonly float[] columns;
    private readonly int dimension;
    private readonly int count;

    /// <summary>The index of some points.</summary>
    /// <param name="points">Points [N, E], N at least 1.</param>
    /// <param name="kinds">The kind of each [N]; null where all are alike.</param>
    public PointIndex(Points points, int[]? kinds = null)
    {
        (this.kinds, dimension, count) = (kinds, points.Dimension, points.Count);
        middle = new double[dimension];
        for (var i = 0; i < count; i++)
            for (var d = 0; d < dimension; d++) middle[d] += points[i][d] / count;
        columns = new float[Groups * Lanes * dimension];
        Array.Fill(columns, Nowhere);
        for (var i = 0; i < count; i++)
            for (var d = 0; d < dimension; d++)
            {
                var coordinate = points[i][d] - middle[d];
                columns[(i / Lanes * dimension + d) * Lanes + i % Lanes] = (float)coordinate;
                Extent = Math.Max(Extent, Math.Abs(coordinate));
            }
    }

    /// <summary>The largest coordinate of a point, seen from their middle.</summary>
    public double Extent { get; }

    private int Groups => (count + Lanes - 1) / Lanes;

    /// <summary>Squares of distances, one for each point, that no point at just this distance is above after rounding.</summary>
    /// <param name="distances">[N].</param>
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

    /// <summary>The points that lie within a distance of their own from a place, and some that lie a little farther, in order.</summary>
    /// <param name="place">[E].</param>
    /// <param name="limits">See <see cref="Limits"/>.</param>
    public List<int> Within(ReadOnlySpan<double> place, float[] limits)
    {
        var near = new List<int>();
        Span<float> rounded = stackalloc float[dimension];
        Round(place, rounded);
        for (var group = 0; group < Groups; group++)
        {
            var mask = Vector512.LessThanOrEqual(Squares(rounded, group), Vector512.Create(limits, group * Lanes)).ExtractMostSignificantBits();
            for (; mask != 0; mask &= mask - 1) near.Add(group * Lanes + BitOperations.TrailingZeroCount(mask));
        }
        return near;
    }

    /// <summary>The nearest points of a kind, by distance, then by number.</summary>
    /// <param name="place">[E].</param>
    /// <param name="kind">The kind; any number where all are alike.</param>
    /// <param name="except">A point that does not count; -1 for none.</param>
    /// <param name="nearest">Receives their numbers [K]; -1 behind the last one.</param>
    /// <param name="squares">Receives their squared distances [K]; infinity behind the last one.</param>
    public void Nearest(ReadOnlySpan<double> place, int kind, int except, Span<int> nearest, Span<float> squares)
    {
        Span<float> rounded = stackalloc float[dimension];
        Round(place, rounded);
        nearest.Fill(-1);
        squares.Fill(float.PositiveInfinity);
        for (var group = 0; group < Groups; group++)
        {
            var distances = Squares(rounded, group);
            var mask = Vector512.LessThan(distances, Vector512.Create(squares[^1])).ExtractMostSignificantBits();
            for (; mask != 0; mask &= mask - 1)
            {
                var lane = BitOperations.TrailingZeroCount(mask);
                var i = group * Lanes + lane;
                if (i >= count || i == except || (kinds is not null && kinds[i] != kind) || distances[lane] >= squares[^1]) continue;
                var at = squares.Length - 1;
                for (; at > 0 && squares[at - 1] > distances[lane]; at--) (squares[at], nearest[at]) = (squares[at - 1], nearest[at - 1]);
                (squares[at], nearest[at]) = (distances[lane], i);
            }
        }
    }

    /// <summary>The nearest points of each of N places, where all points are alike.</summary>
    /// <param name="places">[N, E].</param>
    /// <param name="size">K.</param>
    /// <param name="own">Whether the places are the points themselves, and no point counts as its own neighbour.</param>
    /// <param name="threads">Threads to use.</param>
    /// <returns>Numbers and squared distances, [N, K].</returns>
    public (int[] Nearest, float[] Squares) Nearest(Points places, int size, bool own, int threads)
    {
        var (nearest, squares) = (new int[places.Count * size], new float[places.Count * size]);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.For(0, places.Count, options, i => Nearest(places[i], 0, own ? i : -1, nearest.AsSpan(i * size, size), squares.AsSpan(i * size, size)));
        return (nearest, squares);
    }

    private void Round(ReadOnlySpan<double> place, Span<float> rounded)
    {
        for (var d = 0; d < dimension; d++) rounded[d] = (float)(place[d] - middle[d]);
    }

    private Vector512<float> Squares(ReadOnlySpan<float> place, int group)
    {
        var rows = MemoryMarshal.Cast<float, Vector512<float>>(columns).Slice(group * dimension, dimension);
        var sum = Vector512<float>.Zero;
        for (var d = 0; d < rows.Length; d++)
        {
            var difference = rows[d] - Vector512.Create(place[d]);
            sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
        }
        return sum;
    }
}
