using System.Runtime.Intrinsics;
using Locus.Problems;

namespace Locus.Diagnostics.Transport;

/// <summary>The squared distances |x_i - y_j|^2 between the points of two sets, in double precision, [N, N'].</summary>
internal sealed class SquaredDistances
{
    private const int Lanes = 8;
    private readonly double[] values;

    /// <summary>Finds all of them.</summary>
    /// <param name="x">Points [N, D].</param>
    /// <param name="y">Points [N', D].</param>
    public SquaredDistances(Points x, Points y)
    {
        (Rows, Columns, values) = (x.Count, y.Count, new double[x.Count * y.Count]);
        var padded = (Columns + Lanes - 1) / Lanes * Lanes;
        // Coordinate by coordinate, so that one point's distances to eight others are one vector.
        var (turned, row) = (new double[y.Dimension * padded], new double[padded]);
        for (var j = 0; j < Columns; j++)
            for (var d = 0; d < y.Dimension; d++) turned[d * padded + j] = y[j][d];
        for (var i = 0; i < Rows; i++)
        {
            var point = x[i];
            for (var j = 0; j < padded; j += Lanes)
            {
                var sum = Vector512<double>.Zero;
                for (var d = 0; d < point.Length; d++)
                {
                    var difference = Vector512.Create(point[d]) - Vector512.LoadUnsafe(ref turned[d * padded + j]);
                    sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
                }
                sum.StoreUnsafe(ref row[j]);
            }
            row.AsSpan(0, Columns).CopyTo(values.AsSpan(i * Columns));
        }
    }

    /// <summary>N, points of the first set.</summary>
    public int Rows { get; }

    /// <summary>N', points of the second set.</summary>
    public int Columns { get; }

    /// <summary>All, row by row [N, N'].</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>Those of point <paramref name="i"/> of the first set [N'].</summary>
    public ReadOnlySpan<double> this[int i] => values.AsSpan(i * Columns, Columns);

    /// <summary>The distances themselves, row by row [N, N'].</summary>
    public double[] Roots()
    {
        var roots = new double[values.Length];
        for (var k = 0; k < roots.Length; k++) roots[k] = Math.Sqrt(values[k]);
        return roots;
    }
}
