using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>
/// Symmetric positive definite systems G x = b of M unknowns, one per lane, by Cholesky's method. A group of 8 lanes is worked on at a time,
/// so that groups that need no solution cost nothing. G is packed: entry (i, j), j &lt;= i, is row i (i + 1) / 2 + j. Every sum is fused and runs in the order of its
/// index, so that all widths give the same bits.
/// </summary>
public static class LaneSystem
{
    /// <summary>Lanes of a group.</summary>
    public const int GroupLanes = 8;

    /// <summary>Groups in a block.</summary>
    public const int Groups = Block.Lanes / GroupLanes;

    /// <summary>Rows that G takes.</summary>
    /// <param name="m">M.</param>
    public static int PackedRows(int m) => checked(m * (m + 1) / 2);

    /// <summary>The scalar products of M vectors of N numbers: g_ij = sum over k of a_ik a_jk.</summary>
    /// <param name="a">The numbers: a_ik is row i * vector + k * entry.</param>
    /// <param name="m">M.</param>
    /// <param name="n">N.</param>
    /// <param name="vector">Rows from one vector to the next.</param>
    /// <param name="entry">Rows from one entry of a vector to the next.</param>
    /// <param name="g">Where the products go, packed.</param>
    /// <param name="group">Which lanes.</param>
    /// <exception cref="ArgumentException">A block has too few rows, or there is no such group.</exception>
    public static void Gram(DoubleBlock a, int m, int n, int vector, int entry, DoubleBlock g, int group)
    {
        if (m > 0 && n > 0) Require(a.Rows, (m - 1) * vector + (n - 1) * entry + 1, group);
        Require(g.Rows, PackedRows(m), group);
        if (Vector512.IsHardwareAccelerated) Gram<DoubleLanes8>(a, m, n, vector, entry, g, group);
        else if (Vector256.IsHardwareAccelerated) Gram<DoubleLanes4>(a, m, n, vector, entry, g, group);
        else Gram<DoubleLanes1>(a, m, n, vector, entry, g, group);
    }

    /// <summary>
    /// Solves G x = b. A pivot that is not above <paramref name="floor"/> marks an unknown that depends on those before it: it becomes 0.
    /// </summary>
    /// <param name="g">G, packed; overwritten by its factor.</param>
    /// <param name="m">M.</param>
    /// <param name="x">b [M][64], overwritten by x.</param>
    /// <param name="floor">Smallest pivot; 0 or more.</param>
    /// <param name="group">Which lanes.</param>
    /// <exception cref="ArgumentException">A block has too few rows, or there is no such group.</exception>
    public static void Solve(DoubleBlock g, int m, DoubleBlock x, double floor, int group)
    {
        Require(g.Rows, PackedRows(m), group);
        Require(x.Rows, m, group);
        if (Vector512.IsHardwareAccelerated) Solve<DoubleLanes8>(g, m, x, floor, group);
        else if (Vector256.IsHardwareAccelerated) Solve<DoubleLanes4>(g, m, x, floor, group);
        else Solve<DoubleLanes1>(g, m, x, floor, group);
    }

    /// <inheritdoc cref="Gram"/>
    internal static unsafe void Gram<T>(DoubleBlock a, int m, int n, int vector, int entry, DoubleBlock g, int group)
        where T : struct, IArithmeticLanes<T, double>
    {
        fixed (double* pa = a.Values, pg = g.Values)
        {
            for (var lane = group * GroupLanes; lane < (group + 1) * GroupLanes; lane += T.Count)
            {
                for (var j = 0; j < m; j++) Products<T>(pa + lane, n, vector * Block.Lanes, entry * Block.Lanes, pg + lane, j, m);
            }
        }
    }

    /// <inheritdoc cref="Solve"/>
    internal static unsafe void Solve<T>(DoubleBlock g, int m, DoubleBlock x, double floor, int group)
        where T : struct, IArithmeticLanes<T, double>
    {
        fixed (double* pg = g.Values, px = x.Values)
        {
            for (var lane = group * GroupLanes; lane < (group + 1) * GroupLanes; lane += T.Count)
            {
                for (var j = 0; j < m; j++) Column<T>(pg + lane, j, m, T.Of(floor));
                Substitute<T>(pg + lane, m, px + lane);
            }
        }
    }

    private static nint Packed(int i) => (nint)i * (i + 1) / 2 * Block.Lanes;

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

            var at = g + j * Block.Lanes;
            T.Store(s0, at + Packed(i));
            T.Store(s1, at + Packed(i + 1));
            T.Store(s2, at + Packed(i + 2));
            T.Store(s3, at + Packed(i + 3));
        }

        for (; i < m; i++)
        {
            var c = a + i * vector;
            var sum = T.Of(0);
            for (var k = 0; k < n; k++) sum = T.Fma(T.Load(c + k * entry), T.Load(b + k * entry), sum);
            T.Store(sum, g + Packed(i) + j * Block.Lanes);
        }
    }

    // Column j of the factor L: l_ij = (g_ij - sum over k < j of l_ik l_jk) / l_jj; the diagonal keeps 1 / l_jj.
    [MethodImpl(Compiled.AtOnce)]
    private static unsafe void Column<T>(double* g, int j, int m, T floor)
        where T : struct, IArithmeticLanes<T, double>
    {
        var b = g + Packed(j);
        var pivot = T.Load(b + j * Block.Lanes);
        for (var k = 0; k < j; k++)
        {
            var l = T.Load(b + k * Block.Lanes);
            pivot = T.Fma(-l, l, pivot);
        }

        var inverse = T.Select(T.Less(floor, pivot), T.Of(1) / T.Sqrt(pivot), T.Of(0));
        T.Store(inverse, b + j * Block.Lanes);
        var i = j + 1;
        for (; i + 4 <= m; i += 4)
        {
            double* c0 = g + Packed(i), c1 = g + Packed(i + 1), c2 = g + Packed(i + 2), c3 = g + Packed(i + 3);
            var end = j * Block.Lanes;
            T s0 = T.Load(c0 + end), s1 = T.Load(c1 + end), s2 = T.Load(c2 + end), s3 = T.Load(c3 + end);
            for (var k = 0; k < end; k += Block.Lanes)
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
            var c = g + Packed(i);
            var sum = T.Load(c + j * Block.Lanes);
            for (var k = 0; k < j; k++) sum = T.Fma(T.Load(c + k * Block.Lanes), -T.Load(b + k * Block.Lanes), sum);
            T.Store(sum * inverse, c + j * Block.Lanes);
        }
    }

    // L y = b from the first unknown on, L' x = y from the last one back.
    [MethodImpl(Compiled.AtOnce)]
    private static unsafe void Substitute<T>(double* g, int m, double* x)
        where T : struct, IArithmeticLanes<T, double>
    {
        for (var i = 0; i < m; i++)
        {
            var row = g + Packed(i);
            var sum = T.Load(x + i * Block.Lanes);
            for (var k = 0; k < i; k++) sum = T.Fma(-T.Load(row + k * Block.Lanes), T.Load(x + k * Block.Lanes), sum);
            T.Store(sum * T.Load(row + i * Block.Lanes), x + i * Block.Lanes);
        }

        for (var i = m - 1; i >= 0; i--)
        {
            var row = g + Packed(i);
            var value = T.Load(x + i * Block.Lanes) * T.Load(row + i * Block.Lanes);
            T.Store(value, x + i * Block.Lanes);
            for (var k = 0; k < i; k++) T.Store(T.Fma(-T.Load(row + k * Block.Lanes), value, T.Load(x + k * Block.Lanes)), x + k * Block.Lanes);
        }
    }

    private static void Require(int rows, int needed, int group)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)group, (uint)Groups, nameof(group));
        if (rows < needed) throw new ArgumentException($"a block of {rows} rows was given where {needed} are needed");
    }
}
