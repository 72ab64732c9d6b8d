using Locus.Engine.Random;

namespace Locus.Gallery;

/// <summary>
/// Rotations by the Haar measure of SO(D): the Q of the QR decomposition of a matrix of normals, with a positive diagonal of R (Stewart 1980;
/// Mezzadri 2007), and one column turned where the determinant is -1. Plain products, sums and roots only, so the bits are the same everywhere.
/// </summary>
internal static class Rotation
{
    /// <summary>The columns of the matrix, [D][D]: orthonormal to rounding, determinant 1.</summary>
    /// <param name="key">Chooses the rotation.</param>
    /// <param name="dimension">D, at least 1.</param>
    public static double[][] Columns(Key key, int dimension)
    {
        var columns = new double[dimension][];
        for (var k = 0; k < dimension; k++)
        {
            var column = new double[dimension];
            for (var d = 0; d < dimension; d++) column[d] = Draws.Normal(key, (ulong)k, (uint)d);
            // Gram and Schmidt with a second pass, which brings the columns from small to rounding ("twice is enough").
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < k; j++) Remove(columns[j], column);
            }
            var length = Math.Sqrt(Dot(column, column));
            for (var d = 0; d < dimension; d++) column[d] /= length;
            columns[k] = column;
        }
        if (Determinant(columns) < 0)
        {
            for (var d = 0; d < dimension; d++) columns[^1][d] = -columns[^1][d];
        }
        return columns;
    }

    /// <summary>The determinant, by elimination with the largest pivot of the column.</summary>
    /// <param name="matrix">Square, [D][D]; not changed.</param>
    public static double Determinant(double[][] matrix)
    {
        double[][] rows = [.. matrix.Select(row => row.ToArray())];
        var product = 1.0;
        for (var k = 0; k < rows.Length; k++)
        {
            var pivot = k;
            for (var i = k + 1; i < rows.Length; i++)
                if (Math.Abs(rows[i][k]) > Math.Abs(rows[pivot][k])) pivot = i;
            if (rows[pivot][k] == 0) return 0;
            if (pivot != k)
            {
                (rows[k], rows[pivot]) = (rows[pivot], rows[k]);
                product = -product;
            }
            product *= rows[k][k];
            for (var i = k + 1; i < rows.Length; i++)
            {
                var factor = rows[i][k] / rows[k][k];
                for (var j = k; j < rows.Length; j++) rows[i][j] -= factor * rows[k][j];
            }
        }
        return product;
    }

    /// <summary>The sum of a_d b_d, in order.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var d = 0; d < a.Length; d++) sum += a[d] * b[d];
        return sum;
    }

    private static void Remove(double[] direction, double[] from)
    {
        var part = Dot(direction, from);
        for (var d = 0; d < from.Length; d++) from[d] -= part * direction[d];
    }
}
