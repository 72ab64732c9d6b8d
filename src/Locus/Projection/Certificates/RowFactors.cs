// A = L Q by modified Gram-Schmidt, each row orthogonalised twice (Giraud et al. 2005: twice is enough). The shortest step d with A d = t is Q' L^-1 t.
namespace Locus.Projection;

/// <summary>Rows [R, D] as a lower triangle [R, R] times orthonormal rows [R, D]. Memory for a fixed number of rows, used again and again.</summary>
internal sealed class RowFactors(int capacity, int dimension)
{
    // A row that keeps less than this share of its length beside the rows before is taken for dependent on them.
    private const double LeastShare = 1e-10;

    private readonly double[] orthonormal = new double[capacity * dimension];
    private readonly double[] triangle = new double[capacity * capacity];
    private readonly double[] solution = new double[capacity];

    /// <summary>R, the rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all rows.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a row; false, and nothing is added, if it is not finite or depends on the rows before.</summary>
    /// <param name="row">The row, [D].</param>
    public bool TryAdd(ReadOnlySpan<double> row)
    {
        var rest = orthonormal.AsSpan(Count * dimension, dimension);
        var factors = triangle.AsSpan(Count * capacity, capacity);
        row.CopyTo(rest);
        factors.Clear();
        var length = Length(row);
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
        factors[Count] = Length(rest);
        if (!(factors[Count] > LeastShare * length) || !double.IsFinite(length)) return false;
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

    /// <summary>The square root of the sum of squares.</summary>
    public static double Length(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
