using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Locus.Engine.Kernels;

/// <summary>
/// Symmetric positive definite systems G x = b of M unknowns by Cholesky's method, 8 of them side by side: a number is a vector of 8 lanes, and lanes never mix.
/// G is packed: entry (i, j), j &lt;= i, is number i (i + 1) / 2 + j. Every sum is fused and runs in the order of its index, so that all widths give the same bits.
/// </summary>
public static class LaneSystem
{
    /// <summary>Lanes of a number.</summary>
    public const int Lanes = 8;

    /// <summary>Numbers that G takes.</summary>
    /// <param name="m">M.</param>
    public static int Packed(int m) => checked(m * (m + 1) / 2);

    /// <summary>The scalar products of M vectors of N numbers: g_ij = sum over k of a_ik a_jk.</summary>
    /// <param name="a">The numbers: a_ik is number i * vector + k * entry.</param>
    /// <param name="m">M.</param>
    /// <param name="n">N.</param>
    /// <param name="vector">Numbers from one vector to the next.</param>
    /// <param name="entry">Numbers from one entry of a vector to the next.</param>
    /// <param name="g">Where the products go, packed.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void Gram(ReadOnlySpan<Vector512<double>> a, int m, int n, int vector, int entry, Span<Vector512<double>> g)
    {
        if (m > 0 && n > 0) Require(a.Length, (m - 1) * vector + (n - 1) * entry + 1);
        Require(g.Length, Packed(m));
        if (Vector512.IsHardwareAccelerated) Gram<DoubleLanes8>(a, m, n, vector, entry, g);
        else if (Vector256.IsHardwareAccelerated) Gram<DoubleLanes4>(a, m, n, vector, entry, g);
        else Gram<DoubleLanes1>(a, m, n, vector, entry, g);
    }

    /// <summary>
    /// Replaces G by its factor L, the diagonal by 1 / l_ii. A pivot that is not above <paramref name="floor"/> marks an unknown that depends on those before it: it becomes 0.
    /// </summary>
    /// <param name="g">G, packed; overwritten by its factor.</param>
    /// <param name="m">M.</param>
    /// <param name="floor">Smallest pivot; 0 or more.</param>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public static void Factor(Span<Vector512<double>> g, int m, double floor)
    {
        Require(g.Length, Packed(m));
        if (Vector512.IsHardwareAccelerated) Factor<DoubleLanes8>(g, m, floor);
        else if (Vector256.IsHardwareAccelerated) Factor<DoubleLanes4>(g, m, floor);
        else Factor<DoubleLanes1>(g, m, floor);
    }

    /// <summary>Solves G x = b with the factor of G.</summary>
    /// <param name="g">What <see cref="Factor"/> has made of G.</param>
    /// <param name="m">M.</param>
    /// <param name="x">b [M], overwritten by x.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void Solve(ReadOnlySpan<Vector512<double>> g, int m, Span<Vector512<double>> x)
    {
        Require(g.Length, Packed(m));
        Require(x.Length, m);
        if (Vector512.IsHardwareAccelerated) Solve<DoubleLanes8>(g, m, x);
        else if (Vector256.IsHardwareAccelerated) Solve<DoubleLanes4>(g, m, x);
        else Solve<DoubleLanes1>(g, m, x);
    }

    /// <inheritdoc cref="Gram"/>
    internal static unsafe void Gram<T>(ReadOnlySpan<Vector512<double>> a, int m, int n, int vector, int entry, Span<Vector512<double>> g)
        where T : struct, IArithmeticLanes<T, double>
    {
        fixed (Vector512<double>* pa = a, pg = g)
        {
            for (var lane = 0; lane < Lanes; lane += T.Count)
            {
                for (var j = 0; j < m; j++) Products<T>((double*)pa + lane, n, vector * Lanes, entry * Lanes, (double*)pg + lane, j, m);
            }
        }
    }

    /// <inheritdoc cref="Factor"/>
    internal static unsafe void Factor<T>(Span<Vector512<double>> g, int m, double floor)
        where T : struct, IArithmeticLanes<T, double>
    {
        fixed (Vector512<double>* pg = g)
        {
            for (var lane = 0; lane < Lanes; lane += T.Count)
            {
                for (var j = 0; j < m; j++) Column<T>((double*)pg + lane, j, m, T.Of(floor));
            }
        }
    }

    /// <inheritdoc cref="Solve"/>
    internal static unsafe void Solve<T>(ReadOnlySpan<Vector512<double>> g, int m, Span<Vector512<double>> x)
        where T : struct, IArithmeticLanes<T, double>
    {
        fixed (Vector512<double>* pg = g, px = x)
        {
            for (var lane = 0; lane < Lanes; lane += T.Count) Substitute<T>((double*)pg + lane, m, (double*)px + lane);
        }
    }

    private static nint Row(int i) => (nint)Packed(i) * Lanes;

    // Column j of G: four entries at once, so that a number of vector j that is loaded serves four sums.
    [MethodImpl(Compiled.AtOnce)]
    private static unsafe void Products<T>(double* a, int n, nint vector, nint entry, double* g, int j, int m)
        where T : struct, IArithmeticLanes<T, double>
    {
        var b = a + j * vector;
        var i = j;
        for (; i + 4 <= m; i += 4)
        {
            var c = a + i * vector;
            T s0 = T.Of(0), s1 = s0, s2 = s0, s3 = s0;
            for (var k = 0; k < n; k++)
            {
                var factor = T.Load(b + k * entry);
                var d = c + k * entry;
                s0 = T.Fma(T.Load(d), factor, s0);
                s1 = T.Fma(T.Load(d + vector), factor, s1);
                s2 = T.Fma(T.Load(d + 2 * vector), factor, s2);
                s3 = T.Fma(T.Load(d + 3 * vector), factor, s3);
            }

            var at = g + j * Lanes;
            T.Store(s0, at + Row(i));
            T.Store(s1, at + Row(i + 1));
            T.Store(s2, at + Row(i + 2));
            T.Store(s3, at + Row(i + 3));
        }

        for (; i < m; i++)
        {
            var c = a + i * vector;
            var sum = T.Of(0);
            for (var k = 0; k < n; k++) sum = T.Fma(T.Load(c + k * entry), T.Load(b + k * entry), sum);
            T.Store(sum, g + Row(i) + j * Lanes);
        }
    }

    // Column j of the factor L: l_ij = (g_ij - sum over k < j of l_ik l_jk) / l_jj; the diagonal keeps 1 / l_jj.
    [MethodImpl(Compiled.AtOnce)]
    private static unsafe void Column<T>(double* g, int j, int m, T floor)
        where T : struct, IArithmeticLanes<T, double>
    {
        var b = g + Row(j);
        var pivot = T.Load(b + j * Lanes);
        for (var k = 0; k < j; k++)
        {
            var l = T.Load(b + k * Lanes);
            pivot = T.Fma(-l, l, pivot);
        }

        var inverse = T.Select(T.Less(floor, pivot), T.Of(1) / T.Sqrt(pivot), T.Of(0));
        T.Store(inverse, b + j * Lanes);
        var i = j + 1;
        for (; i + 4 <= m; i += 4)
        {
            double* c0 = g + Row(i), c1 = g + Row(i + 1), c2 = g + Row(i + 2), c3 = g + Row(i + 3);
            var end = j * Lanes;
            T s0 = T.Load(c0 + end), s1 = T.Load(c1 + end), s2 = T.Load(c2 + end), s3 = T.Load(c3 + end);
            for (var k = 0; k < end; k += Lanes)
            {
                var factor = -T.Load(b + k);
                s0 = T.Fma(T.Load(c0 + k), factor, s0);
                s1 = T.Fma(T.Load(c1 + k), factor, s1);
                s2 = T.Fma(T.Load(c2 + k), factor, s2);
                s3 = T.Fma(T.Load(c3 + k), factor, s3);
            }

            T.Store(s0 * inverse, c0 + end);
            T.Store(s1 * inverse, c1 + end);
            T.Store(s2 * inverse, c2 + end);
            T.Store(s3 * inverse, c3 + end);
        }

        for (; i < m; i++)
        {
            var c = g + Row(i);
            var sum = T.Load(c + j * Lanes);
            for (var k = 0; k < j; k++) sum = T.Fma(T.Load(c + k * Lanes), -T.Load(b + k * Lanes), sum);
            T.Store(sum * inverse, c + j * Lanes);
        }
    }

    // L y = b from the first unknown on, L' x = y from the last one back.
    [MethodImpl(Compiled.AtOnce)]
    private static unsafe void Substitute<T>(double* g, int m, double* x)
        where T : struct, IArithmeticLanes<T, double>
    {
        for (var i = 0; i < m; i++)
        {
            var row = g + Row(i);
            var sum = T.Load(x + i * Lanes);
            for (var k = 0; k < i; k++) sum = T.Fma(-T.Load(row + k * Lanes), T.Load(x + k * Lanes), sum);
            T.Store(sum * T.Load(row + i * Lanes), x + i * Lanes);
        }

        for (var i = m - 1; i >= 0; i--)
        {
            var row = g + Row(i);
            var value = T.Load(x + i * Lanes) * T.Load(row + i * Lanes);
            T.Store(value, x + i * Lanes);
            for (var k = 0; k < i; k++) T.Store(T.Fma(-T.Load(row + k * Lanes), value, T.Load(x + k * Lanes)), x + k * Lanes);
        }
    }

    private static void Require(int length, int needed)
    {
        if (length < needed) throw new ArgumentException($"{length} numbers were given where {needed} are needed");
    }
}
