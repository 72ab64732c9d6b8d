namespace Locus.Diagnostics;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations: A = V diag(l) V^T. Golub and Van Loan, "Matrix Computations",
/// 4th edition, section 8.5. Small matrices only: each sweep costs D^3.
/// </summary>
internal static class SymmetricEigen
{
    private const int Sweeps = 60;

    /// <summary>Values in falling order and, in the same order, vectors of length 1.</summary>
    /// <param name="matrix">Symmetric [D][D]; overwritten.</param>
    public static (double[] Values, double[][] Vectors) Of(double[][] matrix)
    {
        var size = matrix.Length;
        var vectors = new double[size][];
        for (var i = 0; i < size; i++)
        {
            vectors[i] = new double[size];
            vectors[i][i] = 1;
        }
        for (var sweep = 0; sweep < Sweeps && OffDiagonal(matrix) > 1e-26 * Diagonal(matrix); sweep++)
        {
            for (var p = 0; p < size; p++)
                for (var q = p + 1; q < size; q++) Rotate(matrix, vectors, p, q);
        }
        var order = Enumerable.Range(0, size).OrderByDescending(i => matrix[i][i]).ToArray();
        return ([.. order.Select(i => matrix[i][i])], [.. order.Select(i => vectors[i])]);
    }

    /// <summary>Turns the plane (p, q) such that the entry (p, q) becomes zero.</summary>
    private static void Rotate(double[][] a, double[][] vectors, int p, int q)
    {
        if (a[p][q] == 0) return;
        var theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        // The smaller of the two angles: the rotation that disturbs the rest least.
        var t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;
        for (var k = 0; k < a.Length; k++) (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]);
        for (var k = 0; k < a.Length; k++) (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]);
        // The vectors are kept as rows.
        for (var k = 0; k < a.Length; k++)
            (vectors[p][k], vectors[q][k]) = (c * vectors[p][k] - s * vectors[q][k], s * vectors[p][k] + c * vectors[q][k]);
    }

    private static double OffDiagonal(double[][] a)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            for (var j = 0; j < i; j++) sum += a[i][j] * a[i][j];
        return sum;
    }

    private static double Diagonal(double[][] a)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i][i] * a[i][i];
        return sum;
    }
}
