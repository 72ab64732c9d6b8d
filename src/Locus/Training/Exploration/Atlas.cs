using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Workers;
using Locus.Walks;

namespace Locus.Training;

/// <summary>
/// Charts that together cover a set, each reaching a radius r along its tangent space and r / 2 off it; and how often points drawn from them fall where. A point y drawn
/// by choosing a chart, a place v uniform in its ball of K dimensions, and going to the set along the chart's normals, has by the set's own measure the density
/// (1 / P) sum over charts j that reach y of |det(T_j' T_y)| / (V_K r^K): the tangent plane is projected onto the set along N_j
/// (Zappa, Holmes-Cerfon and Goodman 2018 use the same element for a single chain).
/// </summary>
internal sealed class Atlas
{
    /// <summary>Reach off the tangent space, as a share of the radius.</summary>
    public const double NormalReach = 0.5;

    // Where all centers are one point, which may be all of the set or the first of it; boxes are 4 wide.
    private const double RadiusOfPoint = 0.05;

    private const int Lanes = 16;
    private readonly float[] centers;
    private readonly int dimension;

    /// <summary>An atlas of charts.</summary>
    public Atlas(IReadOnlyList<Chart> charts, double radius)
    {
        (Charts, Radius) = (charts, radius);
        dimension = charts[0].Center.Length;
        centers = new float[(charts.Count + Lanes - 1) / Lanes * Lanes * dimension];
        // Places behind the last chart are so far away that nothing is near.
        Array.Fill(centers, 1e18f);
        for (var i = 0; i < charts.Count; i++)
            for (var d = 0; d < dimension; d++) centers[(i / Lanes * dimension + d) * Lanes + i % Lanes] = (float)charts[i].Center[d];
    }

    /// <summary>The charts, P of them.</summary>
    public IReadOnlyList<Chart> Charts { get; }

    /// <summary>r.</summary>
    public double Radius { get; }

    /// <summary>P times the density of y by the set's own measure, but for the constant 1 / V_K.</summary>
    /// <param name="y">A chart at the point.</param>
    /// <param name="reached">How many charts reach it.</param>
    public double Density(Chart y, out int reached)
    {
        Span<double> difference = stackalloc double[dimension];
        var size = y.Basis.Length / dimension;
        var matrix = new double[size * size];
        var sum = 0.0;
        reached = 0;
        foreach (var j in Near(y.Center, Radius * Math.Sqrt(1 + NormalReach * NormalReach)))
        {
            var chart = Charts[j];
            if (chart.Normals != y.Normals || !Reaches(chart, y.Center, difference)) continue;
            reached++;
            sum += size == 0 ? 1 : Frame.Overlap(chart.Basis, y.Basis, dimension, matrix);
        }
        // r^K by products, so that it is the same everywhere.
        for (var k = 0; k < y.Dimension; k++) sum /= Radius;
        return sum;
    }

    /// <summary>Whether a chart reaches a point.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="y">The point [E].</param>
    /// <param name="difference">Scratch [E].</param>
    public bool Reaches(Chart chart, ReadOnlySpan<double> y, Span<double> difference)
    {
        for (var d = 0; d < dimension; d++) difference[d] = y[d] - chart.Center[d];
        var (tangent, normal) = chart.Parts(difference);
        return tangent <= Radius * Radius && normal <= NormalReach * NormalReach * Radius * Radius;
    }

    /// <summary>The charts whose centers lie within a distance of a point, and some a little farther.</summary>
    public List<int> Near(ReadOnlySpan<double> y, double distance)
    {
        var limit = Vector512.Create((float)(distance * distance * 1.0001 + 1e-12));
        var near = new List<int>();
        Span<float> point = stackalloc float[dimension];
        for (var d = 0; d < dimension; d++) point[d] = (float)y[d];
        var rows = MemoryMarshal.Cast<float, Vector512<float>>(centers);
        for (var group = 0; group * Lanes < Charts.Count; group++)
        {
            var sum = Vector512<float>.Zero;
            for (var d = 0; d < dimension; d++)
            {
                var difference = rows[group * dimension + d] - Vector512.Create(point[d]);
                sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
            }
            var mask = Vector512.LessThanOrEqual(sum, limit).ExtractMostSignificantBits();
            for (; mask != 0; mask &= mask - 1) near.Add(group * Lanes + System.Numerics.BitOperations.TrailingZeroCount(mask));
        }
        return near;
    }

    /// <summary>
    /// The radius at which a chart's neighbourhood holds about <paramref name="neighbors"/> centers: the median, over a sample of the charts, of the distance to that many.
    /// </summary>
    public static double RadiusFor(Team team, IReadOnlyList<Chart> charts, int neighbors)
    {
        var distances = new Distances(charts, neighbors, team.Threads);
        team.Run(distances, distances.Radii.Length);
        Array.Sort(distances.Radii);
        var median = distances.Radii[distances.Radii.Length / 2];
        return median > 0 ? median : RadiusOfPoint;
    }

    /// <summary>From some of the charts, the distance to the center that is the n-th in nearness.</summary>
    private sealed class Distances(IReadOnlyList<Chart> charts, int neighbors, int threads) : IWork
    {
        private const int Most = 256;
        private readonly double[][] squares = [.. Enumerable.Range(0, threads).Select(_ => new double[charts.Count])];

        public double[] Radii { get; } = new double[Math.Min(Most, charts.Count)];

        void IWork.Execute(int task, int worker)
        {
            var (center, row) = (charts[(int)((long)task * charts.Count / Radii.Length)].Center, squares[worker]);
            Array.Clear(row);
            for (var i = 0; i < row.Length; i++)
                for (var d = 0; d < center.Length; d++) row[i] += (charts[i].Center[d] - center[d]) * (charts[i].Center[d] - center[d]);
            Array.Sort(row);
            Radii[task] = Math.Sqrt(row[Math.Min(neighbors, row.Length - 1)]);
        }
    }
}
