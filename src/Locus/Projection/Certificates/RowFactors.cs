// A = L Q by modified Gram-Schmidt, each row orthogonalised twice (Giraud et al. 2005: twice is enough). The shortest step d with A d = t is Q' L^-1 t.
namespace Locus.Projection;

/// <summary>Rows [R, D] of length 1 as a lower triangle [R, R] times orthonormal rows [R, D]. Memory for a fixed number of rows, used again and again.</summary>
internal sealed class RowFactors(int capacity, int dimension)
{
    // A row with less than this left beside the rows before is taken for dependent on them.
    private const double LeastRest = 1e-10;

    private readonly double[] orthonormal = new double[capacity * dimension];
    private readonly double[] triangle = new double[capacity * capacity];
    private readonly double[] solution = new double[capacity];

    /// <summary>R, the rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all rows.</summary>
    public void Clear() => Count = 0;

    /// <summary>Gives a row the length 1.</summary>
    /// <param name="row">The row, [D]; NaN afterwards if it was 0 or not finite.</param>
    /// <returns>Its length before, also where its square is no double.</returns>
    public static double Normalize(Span<double> row)
    {
        var largest = 0.0;
        foreach (var value in row) largest = Math.Max(largest, Math.Abs(value));
        for (var i = 0; i < row.Length; i++) row[i] /= largest;
        var length = Math.Sqrt(Dot(row, row));
        for (var i = 0; i < row.Length; i++) row[i] /= length;
        return largest * length;
    }

    /// <summary>Adds a row; false, and nothing is added, if it is NaN or depends on the rows before.</summary>
    /// <param name="row">The row, [D], of length 1.</param>
    public bool TryAdd(ReadOnlySpan<double> row)
    {
        var rest = orthonormal.AsSpan(Count * dimension, dimension);
        var factors = triangle.AsSpan(Count * capacity, capacity);
        row.CopyTo(rest);
        factors.Clear();
        for (var pass = 0; pass < 2; pass++)
        {
            for (var j = 0; j < Count; j++)
            {
                var direction = orthonormal.AsSpan(j * dimension, dimension);
                var part = Dot(direction, rest);
                factors[j] += part;
                for (var i = 0; i < dimension; i++) rest[i] -= part * direction[i];
            }
        }
        factors[Count] = Math.Sqrt(Dot(rest, rest));
        if (!(factors[Count] > LeastRest)) return false;
        for (var i = 0; i < dimension; i++) rest[i] /= factors[Count];
        Count++;
        return true;
    }

    /// <summary>The shortest step d [D] with A d = t.</summary>
    /// <param name="targets">t, [R].</param>
    /// <param name="step">Receives d, [D].</param>
    public void Solve(ReadOnlySpan<double> targets, Span<double> step)
    {
        step.Clear();
        for (var j = 0; j < Count; j++)
        {
            var sum = targets[j];
            for (var k = 0; k < j; k++) sum -= triangle[j * capacity + k] * solution[k];
            solution[j] = sum / triangle[j * capacity + j];
            for (var i = 0; i < dimension; i++) step[i] += solution[j] * orthonormal[j * dimension + i];
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
