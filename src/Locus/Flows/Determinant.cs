using Locus.Engine.Kernels;

namespace Locus.Flows;

/// <summary>
/// The determinant of a small matrix by Gaussian elimination with partial pivoting (Golub and Van Loan, "Matrix Computations", 4th edition, section 3.4), as
/// a logarithm: products of many small pivots would leave the range of numbers.
/// </summary>
internal static class Determinant
{
    /// <summary>log |det A| and the sign of det A; minus infinity and 0 where it vanishes, NaN and 0 where A holds something that is no number.</summary>
    /// <param name="matrix">A [n, n], by rows or by columns; overwritten.</param>
    /// <param name="size">n.</param>
    public static (double Log, int Sign) Of(Span<double> matrix, int size)
    {
        var log = 0.0;
        var sign = 1;
        foreach (var value in matrix)
            if (!double.IsFinite(value)) return (double.NaN, 0);
        for (var k = 0; k < size; k++)
        {
            var row = matrix.Slice(k * size, size);
            var best = k;
            for (var i = k + 1; i < size; i++)
                if (Math.Abs(matrix[i * size + k]) > Math.Abs(matrix[best * size + k])) best = i;
            if (best != k)
            {
                var other = matrix.Slice(best * size, size);
                for (var j = k; j < size; j++) (row[j], other[j]) = (other[j], row[j]);
                sign = -sign;
            }
            var pivot = row[k];
            if (pivot == 0) return (double.NegativeInfinity, 0);
            log += ElementaryDouble.Log(Math.Abs(pivot));
            sign *= Math.Sign(pivot);
            for (var i = k + 1; i < size; i++) Subtract(matrix.Slice(i * size + k, size - k), matrix[i * size + k] / pivot, row[k..]);
        }
        return (log, sign);
    }

    /// <summary>x = x - a y, one fused step each.</summary>
    private static void Subtract(Span<double> x, double a, ReadOnlySpan<double> y)
    {
        for (var i = 0; i < x.Length; i++) x[i] = Math.FusedMultiplyAdd(-a, y[i], x[i]);
    }
}
