using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>
/// Y = b + A X on a block: Y[r, lane] = b[r] + sum over k of A[r, k] X[k, lane], k ascending, one fused multiply-add each. Lanes never mix and
/// each starts from its b and adds in the same order at every width, so that all paths give the same bits.
/// A is read through two strides: (columns, 1) is a layer forward, (1, columns) the same layer's backward pass to its input.
/// </summary>
/// <remarks>
/// 512 bits: a tile of 6 rows x 4 registers (24 accumulators, 4 columns of X, 1 broadcast) of the 32 registers.
/// 256 bits: 6 rows x 2 registers (12 + 2 + 1 of 16), four times over the 64 lanes.
/// </remarks>
internal static unsafe class Product
{
    /// <summary>Runs the widest path of this machine.</summary>
    /// <param name="a">First weight of A.</param>
    /// <param name="rowStride">Floats from A[r, k] to A[r + 1, k].</param>
    /// <param name="columnStride">Floats from A[r, k] to A[r, k + 1].</param>
    /// <param name="bias">b [rows], or null for 0.</param>
    /// <param name="x">X [columns][64], 64-byte aligned.</param>
    /// <param name="y">Y [rows][64], 64-byte aligned; must not overlap X.</param>
    /// <param name="rows">Rows of A and Y.</param>
    /// <param name="columns">Columns of A, rows of X.</param>
    public static void Run(float* a, nint rowStride, nint columnStride, float* bias, float* x, float* y, int rows, int columns)
    {
        if (Avx512F.IsSupported) Run512(a, rowStride, columnStride, bias, x, y, rows, columns);
        else if (Fma.IsSupported) Run256(a, rowStride, columnStride, bias, x, y, rows, columns);
        else RunPlain(a, rowStride, columnStride, bias, x, y, rows, columns);
    }

    /// <summary>The plain twin: the definition, lane by lane.</summary>
    public static void RunPlain(float* a, nint rowStride, nint columnStride, float* bias, float* x, float* y, int rows, int columns)
    {
        for (var r = 0; r < rows; r++)
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                var sum = bias == null ? 0f : bias[r];
                for (var k = 0; k < columns; k++)
                    sum = MathF.FusedMultiplyAdd(a[r * rowStride + k * columnStride], x[k * Block.Lanes + lane], sum);
                y[r * Block.Lanes + lane] = sum;
            }
    }

    /// <summary>The 512-bit path.</summary>
    public static void Run512(float* a, nint rowStride, nint columnStride, float* bias, float* x, float* y, int rows, int columns)
    {
        var r = 0;
        for (; r + 6 <= rows; r += 6) Tile6(a + r * rowStride, rowStride, columnStride, bias == null ? null : bias + r, x, y + r * Block.Lanes, columns);
        for (; r + 2 <= rows; r += 2) Tile2(a + r * rowStride, rowStride, columnStride, bias == null ? null : bias + r, x, y + r * Block.Lanes, columns);
        if (r < rows) Tile1(a + r * rowStride, columnStride, bias == null ? null : bias + r, x, y + r * Block.Lanes, columns);
    }

    /// <summary>The 256-bit path.</summary>
    public static void Run256(float* a, nint rowStride, nint columnStride, float* bias, float* x, float* y, int rows, int columns)
    {
        for (var lane = 0; lane < Block.Lanes; lane += 16)
        {
            var r = 0;
            for (; r + 6 <= rows; r += 6)
                Tile6x16(a + r * rowStride, rowStride, columnStride, bias == null ? null : bias + r, x + lane, y + r * Block.Lanes + lane, columns);
            for (; r < rows; r++)
                Tile1x16(a + r * rowStride, columnStride, bias == null ? null : bias + r, x + lane, y + r * Block.Lanes + lane, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6(float* a, nint rowStride, nint columnStride, float* bias, float* x, float* y, int columns)
    {
        Vector512<float> y00, y10, y20, y30, y40, y50;
        if (bias == null)
            y00 = y10 = y20 = y30 = y40 = y50 = Vector512<float>.Zero;
        else
        {
            y00 = Vector512.Create(bias[0]);
            y10 = Vector512.Create(bias[1]);
            y20 = Vector512.Create(bias[2]);
            y30 = Vector512.Create(bias[3]);
            y40 = Vector512.Create(bias[4]);
            y50 = Vector512.Create(bias[5]);
        }
        Vector512<float> y01 = y00, y02 = y00, y03 = y00, y11 = y10, y12 = y10, y13 = y10, y21 = y20, y22 = y20, y23 = y20;
        Vector512<float> y31 = y30, y32 = y30, y33 = y30, y41 = y40, y42 = y40, y43 = y40, y51 = y50, y52 = y50, y53 = y50;
        float* a3 = a + 3 * rowStride;
        for (var k = 0; k < columns; k++)
        {
            var x0 = Vector512.LoadAligned(x);
            var x1 = Vector512.LoadAligned(x + 16);
            var x2 = Vector512.LoadAligned(x + 32);
            var x3 = Vector512.LoadAligned(x + 48);
            var w = Vector512.Create(*a);
            y00 = Vector512.FusedMultiplyAdd(w, x0, y00);
            y01 = Vector512.FusedMultiplyAdd(w, x1, y01);
            y02 = Vector512.FusedMultiplyAdd(w, x2, y02);
            y03 = Vector512.FusedMultiplyAdd(w, x3, y03);
            w = Vector512.Create(a[rowStride]);
            y10 = Vector512.FusedMultiplyAdd(w, x0, y10);
            y11 = Vector512.FusedMultiplyAdd(w, x1, y11);
            y12 = Vector512.FusedMultiplyAdd(w, x2, y12);
            y13 = Vector512.FusedMultiplyAdd(w, x3, y13);
            w = Vector512.Create(a[2 * rowStride]);
            y20 = Vector512.FusedMultiplyAdd(w, x0, y20);
            y21 = Vector512.FusedMultiplyAdd(w, x1, y21);
            y22 = Vector512.FusedMultiplyAdd(w, x2, y22);
            y23 = Vector512.FusedMultiplyAdd(w, x3, y23);
            w = Vector512.Create(*a3);
            y30 = Vector512.FusedMultiplyAdd(w, x0, y30);
            y31 = Vector512.FusedMultiplyAdd(w, x1, y31);
            y32 = Vector512.FusedMultiplyAdd(w, x2, y32);
            y33 = Vector512.FusedMultiplyAdd(w, x3, y33);
            w = Vector512.Create(a3[rowStride]);
            y40 = Vector512.FusedMultiplyAdd(w, x0, y40);
            y41 = Vector512.FusedMultiplyAdd(w, x1, y41);
            y42 = Vector512.FusedMultiplyAdd(w, x2, y42);
            y43 = Vector512.FusedMultiplyAdd(w, x3, y43);
            w = Vector512.Create(a3[2 * rowStride]);
            y50 = Vector512.FusedMultiplyAdd(w, x0, y50);
            y51 = Vector512.FusedMultiplyAdd(w, x1, y51);
            y52 = Vector512.FusedMultiplyAdd(w, x2, y52);
            y53 = Vector512.FusedMultiplyAdd(w, x3, y53);
            a += columnStride;
            a3 += columnStride;
            x += Block.Lanes;
        }
        StoreRow(y, y00, y01, y02, y03);
        StoreRow(y + Block.Lanes, y10, y11, y12, y13);
        StoreRow(y + 2 * Block.Lanes, y20, y21, y22, y23);
        StoreRow(y + 3 * Block.Lanes, y30, y31, y32, y33);
        StoreRow(y + 4 * Block.Lanes, y40, y41, y42, y43);
        StoreRow(y + 5 * Block.Lanes, y50, y51, y52, y53);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2(float* a, nint rowStride, nint columnStride, float* bias, float* x, float* y, int columns)
    {
        var y00 = Vector512.Create(bias == null ? 0f : bias[0]);
        var y10 = Vector512.Create(bias == null ? 0f : bias[1]);
        Vector512<float> y01 = y00, y02 = y00, y03 = y00, y11 = y10, y12 = y10, y13 = y10;
        for (var k = 0; k < columns; k++)
        {
            var x0 = Vector512.LoadAligned(x);
            var x1 = Vector512.LoadAligned(x + 16);
            var x2 = Vector512.LoadAligned(x + 32);
            var x3 = Vector512.LoadAligned(x + 48);
            var w = Vector512.Create(*a);
            y00 = Vector512.FusedMultiplyAdd(w, x0, y00);
            y01 = Vector512.FusedMultiplyAdd(w, x1, y01);
            y02 = Vector512.FusedMultiplyAdd(w, x2, y02);
            y03 = Vector512.FusedMultiplyAdd(w, x3, y03);
            w = Vector512.Create(a[rowStride]);
            y10 = Vector512.FusedMultiplyAdd(w, x0, y10);
            y11 = Vector512.FusedMultiplyAdd(w, x1, y11);
            y12 = Vector512.FusedMultiplyAdd(w, x2, y12);
            y13 = Vector512.FusedMultiplyAdd(w, x3, y13);
            a += columnStride;
            x += Block.Lanes;
        }
        StoreRow(y, y00, y01, y02, y03);
        StoreRow(y + Block.Lanes, y10, y11, y12, y13);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1(float* a, nint columnStride, float* bias, float* x, float* y, int columns)
    {
        var y0 = Vector512.Create(bias == null ? 0f : bias[0]);
        Vector512<float> y1 = y0, y2 = y0, y3 = y0;
        for (var k = 0; k < columns; k++)
        {
            var w = Vector512.Create(*a);
            y0 = Vector512.FusedMultiplyAdd(w, Vector512.LoadAligned(x), y0);
            y1 = Vector512.FusedMultiplyAdd(w, Vector512.LoadAligned(x + 16), y1);
            y2 = Vector512.FusedMultiplyAdd(w, Vector512.LoadAligned(x + 32), y2);
            y3 = Vector512.FusedMultiplyAdd(w, Vector512.LoadAligned(x + 48), y3);
            a += columnStride;
            x += Block.Lanes;
        }
        StoreRow(y, y0, y1, y2, y3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(float* y, Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        v0.StoreAligned(y);
        v1.StoreAligned(y + 16);
        v2.StoreAligned(y + 32);
        v3.StoreAligned(y + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x16(float* a, nint rowStride, nint columnStride, float* bias, float* x, float* y, int columns)
    {
        Vector256<float> y00, y10, y20, y30, y40, y50;
        if (bias == null)
            y00 = y10 = y20 = y30 = y40 = y50 = Vector256<float>.Zero;
        else
        {
            y00 = Vector256.Create(bias[0]);
            y10 = Vector256.Create(bias[1]);
            y20 = Vector256.Create(bias[2]);
            y30 = Vector256.Create(bias[3]);
            y40 = Vector256.Create(bias[4]);
            y50 = Vector256.Create(bias[5]);
        }
        Vector256<float> y01 = y00, y11 = y10, y21 = y20, y31 = y30, y41 = y40, y51 = y50;
        float* a3 = a + 3 * rowStride;
        for (var k = 0; k < columns; k++)
        {
            var x0 = Vector256.LoadAligned(x);
            var x1 = Vector256.LoadAligned(x + 8);
            var w = Vector256.Create(*a);
            y00 = Vector256.FusedMultiplyAdd(w, x0, y00);
            y01 = Vector256.FusedMultiplyAdd(w, x1, y01);
            w = Vector256.Create(a[rowStride]);
            y10 = Vector256.FusedMultiplyAdd(w, x0, y10);
            y11 = Vector256.FusedMultiplyAdd(w, x1, y11);
            w = Vector256.Create(a[2 * rowStride]);
            y20 = Vector256.FusedMultiplyAdd(w, x0, y20);
            y21 = Vector256.FusedMultiplyAdd(w, x1, y21);
            w = Vector256.Create(*a3);
            y30 = Vector256.FusedMultiplyAdd(w, x0, y30);
            y31 = Vector256.FusedMultiplyAdd(w, x1, y31);
            w = Vector256.Create(a3[rowStride]);
            y40 = Vector256.FusedMultiplyAdd(w, x0, y40);
            y41 = Vector256.FusedMultiplyAdd(w, x1, y41);
            w = Vector256.Create(a3[2 * rowStride]);
            y50 = Vector256.FusedMultiplyAdd(w, x0, y50);
            y51 = Vector256.FusedMultiplyAdd(w, x1, y51);
            a += columnStride;
            a3 += columnStride;
            x += Block.Lanes;
        }
        y00.StoreAligned(y);
        y01.StoreAligned(y + 8);
        y10.StoreAligned(y + Block.Lanes);
        y11.StoreAligned(y + Block.Lanes + 8);
        y20.StoreAligned(y + 2 * Block.Lanes);
        y21.StoreAligned(y + 2 * Block.Lanes + 8);
        y30.StoreAligned(y + 3 * Block.Lanes);
        y31.StoreAligned(y + 3 * Block.Lanes + 8);
        y40.StoreAligned(y + 4 * Block.Lanes);
        y41.StoreAligned(y + 4 * Block.Lanes + 8);
        y50.StoreAligned(y + 5 * Block.Lanes);
        y51.StoreAligned(y + 5 * Block.Lanes + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x16(float* a, nint columnStride, float* bias, float* x, float* y, int columns)
    {
        var y0 = Vector256.Create(bias == null ? 0f : bias[0]);
        var y1 = y0;
        for (var k = 0; k < columns; k++)
        {
            var w = Vector256.Create(*a);
            y0 = Vector256.FusedMultiplyAdd(w, Vector256.LoadAligned(x), y0);
            y1 = Vector256.FusedMultiplyAdd(w, Vector256.LoadAligned(x + 8), y1);
            a += columnStride;
            x += Block.Lanes;
        }
        y0.StoreAligned(y);
        y1.StoreAligned(y + 8);
    }
}
