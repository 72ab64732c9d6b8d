namespace Locus.Problems;

/// <summary>
/// An orthonormal basis of the rows of a matrix, built row by row by modified Gram-Schmidt, each row orthogonalised twice (Giraud et al.
/// 2005: twice is enough). A row that adds less than a fraction of its reference length adds nothing.
/// </summary>
/// <param name="tolerance">That fraction.</param>
internal sealed class RowBasis(double tolerance)
{
    private readonly List<double[]> basis = [];

    /// <summary>Number of independent rows so far.</summary>
    public int Rank => basis.Count;

    /// <summary>Adds a row; returns false if it depends on the rows before.</summary>
    /// <param name="row">The row, [D].</param>
    /// <param name="reference">Length that such a row usually has.</param>
    public bool Add(double[] row, double reference)
    {
        var rest = (double[])row.Clone();
        for (var round = 0; round < 2; round++)
        {
            foreach (var direction in basis) Subtract(rest, direction, Dot(rest, direction));
        }
        var length = Math.Sqrt(Dot(rest, rest));
        if (!(length > tolerance * reference)) return false;
        for (var i = 0; i < rest.Length; i++) rest[i] /= length;
        basis.Add(rest);
        return true;
    }

    /// <summary>The direction added last, [D].</summary>
    public double[] Last => basis[^1];

    /// <summary>The scalar product.</summary>
    public static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void Subtract(double[] from, double[] direction, double factor)
    {
        for (var i = 0; i < from.Length; i++) from[i] -= factor * direction[i];
    }
}
