using Locus.Engine.Kernels;

namespace Locus.Problems.Energies;

/// <summary>K = L L^T, L lower triangular (Golub and Van Loan, section 4.2): row by row, each entry one product of two rows.</summary>
internal static class Cholesky
{
    /// <summary>Replaces a symmetric, positive definite matrix by L; what stands above the diagonal becomes 0.</summary>
    /// <param name="matrix">K [N, N], of which the lower half is read; overwritten.</param>
    /// <param name="size">N.</param>
    /// <exception cref="LocusException">K is not positive definite to the digits of double precision.</exception>
    public static void Factorise(double[] matrix, int size)
    {
        for (var i = 0; i < size; i++)
        {
            var row = matrix.AsSpan(i * size, size);
            for (var j = 0; j < i; j++) row[j] = (row[j] - DoubleRows.Dot(row[..j], matrix.AsSpan(j * size, j))) / matrix[j * size + j];
            var rest = row[i] - DoubleRows.Dot(row[..i], row[..i]);
            if (!(rest > 0)) throw new LocusException($"a covariance matrix is not positive definite: row {i + 1} of {size} follows from those above it to all digits; points that are very close for the length of the correlation make it so");
            row[i] = Math.Sqrt(rest);
            row[(i + 1)..].Clear();
        }
    }
}
