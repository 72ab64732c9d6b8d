using System.Runtime.Intrinsics;

namespace Locus.Walks;

/// <summary>
/// Orthonormal directions at a point of a set: those normal to it, spanned by the gradients of its equalities, and those tangent to it. What is kept is whichever
/// are fewer, for |det(T_a' T_b)| = |det(N_a' N_b)| and |T' v|^2 = |v|^2 - |N' v|^2.
/// </summary>
internal static class Frame
{
    // A gradient counts when this share of it is new.
    private const double Independent = 1e-6;
    private const double Plain = 0.5;
    private const int Lanes = 8;

    /// <summary>Makes rows of a Jacobian orthonormal, in place (modified Gram and Schmidt, twice where digits are lost).</summary>
    /// <param name="rows">Rows [R, E]; the first ones returned are the basis of the normal space.</param>
    /// <param name="dimension">E.</param>
    /// <returns>The rank M.</returns>
    public static int Normals(Span<double> rows, int dimension)
    {
        var rank = 0;
        for (var r = 0; r < rows.Length / dimension; r++)
        {
            var row = rows.Slice(r * dimension, dimension);
            var length = Math.Sqrt(Dot(row, row));
            if (!(length > 0) || !double.IsFinite(length)) continue;
            if (!Orthonormalize(row, length, rows[..(rank * dimension)])) continue;
            row.CopyTo(rows[(rank * dimension)..]);
            rank++;
        }
        return rank;
    }

    /// <summary>The directions tangent to normals: the axes that lie least in the normal space, made orthonormal.</summary>
    /// <param name="normals">[M, E].</param>
    /// <param name="tangents">Receives [E - M, E].</param>
    /// <param name="dimension">E.</param>
    public static void Tangents(ReadOnlySpan<double> normals, Span<double> tangents, int dimension)
    {
        Span<double> rest = dimension <= 256 ? stackalloc double[dimension] : new double[dimension];
        for (var d = 0; d < dimension; d++)
        {
            rest[d] = 1;
            for (var m = 0; m < normals.Length; m += dimension) rest[d] -= normals[m + d] * normals[m + d];
        }
        for (var t = 0; t < tangents.Length; t += dimension)
        {
            var axis = 0;
            for (var d = 1; d < dimension; d++)
                if (rest[d] > rest[axis]) axis = d;
            var row = tangents.Slice(t, dimension);
            row.Clear();
            row[axis] = 1;
            Remove(row, normals);
            Remove(row, tangents[..t]);
            Remove(row, normals);
            Remove(row, tangents[..t]);
            Scale(row, 1 / Math.Sqrt(Dot(row, row)));
            for (var d = 0; d < dimension; d++) rest[d] -= row[d] * row[d];
        }
    }

    /// <summary>|det(A B')| of two bases with as many rows.</summary>
    /// <param name="a">[K, E].</param>
    /// <param name="b">[K, E].</param>
    /// <param name="dimension">E.</param>
    /// <param name="matrix">Scratch [K, K].</param>
    public static double Overlap(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int dimension, Span<double> matrix)
    {
        var k = a.Length / dimension;
        for (var i = 0; i < k; i++)
            for (var j = 0; j < k; j++) matrix[i * k + j] = Dot(a.Slice(i * dimension, dimension), b.Slice(j * dimension, dimension));
        return Math.Abs(Determinant(matrix, k));
    }

    /// <summary>The determinant of a matrix [K, K], which is overwritten (Gaussian elimination with the largest pivot of a column).</summary>
    public static double Determinant(Span<double> matrix, int k)
    {
        var determinant = 1.0;
        for (var c = 0; c < k; c++)
        {
            var pivot = c;
            for (var r = c + 1; r < k; r++)
                if (Math.Abs(matrix[r * k + c]) > Math.Abs(matrix[pivot * k + c])) pivot = r;
            var value = matrix[pivot * k + c];
            if (value == 0) return 0;
            if (pivot != c)
            {
                for (var j = c; j < k; j++) (matrix[c * k + j], matrix[pivot * k + j]) = (matrix[pivot * k + j], matrix[c * k + j]);
                determinant = -determinant;
            }
            determinant *= value;
            for (var r = c + 1; r < k; r++)
            {
                var factor = matrix[r * k + c] / value;
                for (var j = c + 1; j < k; j++) matrix[r * k + j] -= factor * matrix[c * k + j];
            }
        }
        return determinant;
    }

    /// <summary>Solves A x = b (Gaussian elimination with the largest pivot of a column).</summary>
    /// <param name="matrix">A [K, K], overwritten.</param>
    /// <param name="b">b [K], overwritten with x.</param>
    /// <returns>False, and nothing of use, if A has no inverse.</returns>
    public static bool Solve(Span<double> matrix, Span<double> b)
    {
        var k = b.Length;
        for (var c = 0; c < k; c++)
        {
            var pivot = c;
            for (var r = c + 1; r < k; r++)
                if (Math.Abs(matrix[r * k + c]) > Math.Abs(matrix[pivot * k + c])) pivot = r;
            if (matrix[pivot * k + c] == 0) return false;
            for (var j = c; j < k; j++) (matrix[c * k + j], matrix[pivot * k + j]) = (matrix[pivot * k + j], matrix[c * k + j]);
            (b[c], b[pivot]) = (b[pivot], b[c]);
            for (var r = c + 1; r < k; r++)
            {
                var factor = matrix[r * k + c] / matrix[c * k + c];
                for (var j = c + 1; j < k; j++) matrix[r * k + j] -= factor * matrix[c * k + j];
                b[r] -= factor * b[c];
            }
        }
        for (var c = k - 1; c >= 0; c--)
        {
            for (var j = c + 1; j < k; j++) b[c] -= matrix[c * k + j] * b[j];
            b[c] /= matrix[c * k + c];
        }
        return true;
    }

    /// <summary>The squared length of the part of v that lies in the span of a basis.</summary>
    public static double Part(ReadOnlySpan<double> basis, ReadOnlySpan<double> v)
    {
        var sum = 0.0;
        for (var row = 0; row < basis.Length; row += v.Length)
        {
            var along = Dot(basis.Slice(row, v.Length), v);
            sum += along * along;
        }
        return sum;
    }

    /// <summary>Takes from v its part in the span of a basis.</summary>
    public static void Remove(Span<double> v, ReadOnlySpan<double> basis)
    {
        for (var row = 0; row < basis.Length; row += v.Length) Add(v, -Dot(basis.Slice(row, v.Length), v), basis.Slice(row, v.Length));
    }

    /// <summary>The scalar product, eight sums side by side and the rest behind them, whatever the machine.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var whole = a.Length - a.Length % Lanes;
        var sum = 0.0;
        if (whole > 0)
        {
            var sums = Vector512<double>.Zero;
            for (var d = 0; d < whole; d += Lanes) sums += Vector512.Create(a.Slice(d, Lanes)) * Vector512.Create(b.Slice(d, Lanes));
            var four = sums.GetLower() + sums.GetUpper();
            var two = four.GetLower() + four.GetUpper();
            sum = two[0] + two[1];
        }
        for (var d = whole; d < a.Length; d++) sum += a[d] * b[d];
        return sum;
    }

    /// <summary>v + factor direction takes the place of v.</summary>
    public static void Add(Span<double> v, double factor, ReadOnlySpan<double> direction)
    {
        var whole = v.Length - v.Length % Lanes;
        for (var d = 0; d < whole; d += Lanes)
            (Vector512.Create<double>(v.Slice(d, Lanes)) + factor * Vector512.Create(direction.Slice(d, Lanes))).CopyTo(v[d..]);
        for (var d = whole; d < v.Length; d++) v[d] += factor * direction[d];
    }

    private static bool Orthonormalize(Span<double> row, double length, ReadOnlySpan<double> basis)
    {
        Scale(row, 1 / length);
        Remove(row, basis);
        var left = Math.Sqrt(Dot(row, row));
        if (left < Independent) return false;
        Scale(row, 1 / left);
        // What little is left of a row holds all its rounding, and needs a second turn.
        if (left > Plain) return true;
        Remove(row, basis);
        Scale(row, 1 / Math.Sqrt(Dot(row, row)));
        return true;
    }

    private static void Scale(Span<double> v, double factor)
    {
        for (var d = 0; d < v.Length; d++) v[d] *= factor;
    }
}
