using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>
/// Y = b + A X, or Y += A X: Y[r, n] = start + sum over k of A[r, k] X[k, n], k ascending, one fused multiply-add each, where the start is b[r], 0, or what
/// Y[r, n] was. The columns of Y never mix and each adds in the same order at every width, so that all paths give the same bits.
/// A is read through two strides: (columns, 1) is a layer forward, (1, columns) the same layer's backward pass to its input.
/// </summary>
/// <remarks>
/// The work is cut into tiles of Y that stay in registers. 512 bits: 6 rows x 4 registers (24 accumulators, 4 columns of X, 1 broadcast of 32 registers).
/// 256 bits: 6 rows x 2 registers (12 + 2 + 1 of 16).
/// </remarks>
internal static unsafe class Product
{
    // A step along k that leaps further than this many floats finds each weight in a cache line, and soon a page, of its own.
    private const int Leap = 256;
    private const int PackedRows = 48;
    private const int PackedDepth = 128;

    /// <summary>Runs the widest path of this machine.</summary>
    /// <param name="a">First weight of A.</param>
    /// <param name="rowStride">Floats from A[r, k] to A[r + 1, k].</param>
    /// <param name="columnStride">Floats from A[r, k] to A[r, k + 1].</param>
    /// <param name="bias">b [rows], or null.</param>
    /// <param name="add">Whether the sums start from Y; b is not read then.</param>
    /// <param name="x">X [columns][64], 64-byte aligned; the first <paramref name="width"/> of each row are read.</param>
    /// <param name="y">Y [rows][width]; must not overlap X.</param>
    /// <param name="yStride">Floats from one row of Y to the next.</param>
    /// <param name="rows">Rows of A and Y.</param>
    /// <param name="columns">Columns of A, rows of X.</param>
    /// <param name="width">Columns of Y: 16, 32, 48 or 64.</param>
    /// <param name="finish">What becomes of rows of Y that are complete.</param>
    /// <typeparam name="TFinish">Its kind.</typeparam>
    public static void Run<TFinish>(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int rows, int columns, int width, TFinish finish)
        where TFinish : struct, IFinish
    {
        if (columnStride > Leap && rowStride == 1) RunPacked(a, columnStride, bias, add, x, y, yStride, rows, columns, width, finish);
        else RunDirect(a, rowStride, columnStride, bias, add, x, y, yStride, rows, columns, width, finish);
    }

    /// <summary>Reads A where it lies.</summary>
    private static void RunDirect<TFinish>(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int rows, int columns, int width, TFinish finish)
        where TFinish : struct, IFinish
    {
        if (Avx512F.IsSupported) Run512(a, rowStride, columnStride, bias, add, x, y, yStride, rows, columns, width, finish);
        else if (Fma.IsSupported) Run256(a, rowStride, columnStride, bias, add, x, y, yStride, rows, columns, width, finish);
        else
        {
            RunPlain(a, rowStride, columnStride, bias, add, x, y, yStride, rows, columns, width);
            finish.Rows(y, 0, rows);
        }
    }

    /// <summary>The plain twin: the definition, one sum at a time.</summary>
    public static void RunPlain(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int rows, int columns, int width)
    {
        for (var r = 0; r < rows; r++)
            for (var n = 0; n < width; n++)
            {
                var sum = add ? y[r * yStride + n] : bias == null ? 0f : bias[r];
                for (var k = 0; k < columns; k++)
                    sum = MathF.FusedMultiplyAdd(a[r * rowStride + k * columnStride], x[k * Block.Lanes + n], sum);
                y[r * yStride + n] = sum;
            }
    }

    /// <summary>Copies pieces of A that fit into the first cache side by side first; the sums stop and go on in Y, which changes no bit of them.</summary>
    [SkipLocalsInit]
    [MethodImpl(Compiled.AtOnce)]
    private static void RunPacked<TFinish>(float* a, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int rows, int columns, int width, TFinish finish)
        where TFinish : struct, IFinish
    {
        float* packed = stackalloc float[PackedRows * PackedDepth];
        for (var r = 0; r < rows; r += PackedRows)
        {
            var height = Math.Min(PackedRows, rows - r);
            for (var k = 0; k < columns; k += PackedDepth)
            {
                var depth = Math.Min(PackedDepth, columns - k);
                for (var i = 0; i < depth; i++)
                    new ReadOnlySpan<float>(a + (k + i) * columnStride + r, height).CopyTo(new Span<float>(packed + i * PackedRows, height));
                RunDirect(packed, 1, PackedRows, At(bias, r), add || k > 0, x + (nint)k * Block.Lanes, y + r * yStride, yStride, height, depth, width, default(Unfinished));
            }
            finish.Rows(y + r * yStride, r, height);
        }
    }

    /// <summary>The 512-bit path.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Run512<TFinish>(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int rows, int columns, int width, TFinish finish)
        where TFinish : struct, IFinish
    {
        for (int r = 0, count; r < rows; r += count)
        {
            float* ar = a + r * rowStride, br = At(bias, r), yr = y + r * yStride;
            count = r + 6 <= rows ? 6 : r + 2 <= rows && width == Block.Lanes ? 2 : 1;
            if (width == Block.Lanes)
            {
                if (count == 6) Tiles512.Six64(ar, rowStride, columnStride, br, add, x, yr, yStride, columns);
                else if (count == 2) Tiles512.Two64(ar, rowStride, columnStride, br, add, x, yr, yStride, columns);
                else Tiles512.One64(ar, columnStride, br, add, x, yr, columns);
            }
            else
                for (var n = 0; n < width; n += 16)
                    if (count == 6) Tiles512.Six16(ar, rowStride, columnStride, br, add, x + n, yr + n, yStride, columns);
                    else Tiles512.One16(ar, columnStride, br, add, x + n, yr + n, columns);
            finish.Rows(yr, r, count);
        }
    }

    /// <summary>The 256-bit path.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Run256<TFinish>(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int rows, int columns, int width, TFinish finish)
        where TFinish : struct, IFinish
    {
        for (int r = 0, count; r < rows; r += count)
        {
            float* ar = a + r * rowStride, br = At(bias, r), yr = y + r * yStride;
            count = r + 6 <= rows ? 6 : 1;
            for (var n = 0; n < width; n += 16)
                if (count == 6) Tiles256.Six16(ar, rowStride, columnStride, br, add, x + n, yr + n, yStride, columns);
                else Tiles256.One16(ar, columnStride, br, add, x + n, yr + n, columns);
            finish.Rows(yr, r, count);
        }
    }

    private static float* At(float* bias, int row) => bias == null ? null : bias + row;
}
