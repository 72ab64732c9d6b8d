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
    public static void Run(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int rows, int columns, int width)
    {
        if (columnStride > Leap && rowStride == 1) RunPacked(a, columnStride, bias, add, x, y, yStride, rows, columns, width);
        else RunDirect(a, rowStride, columnStride, bias, add, x, y, yStride, rows, columns, width);
    }

    /// <summary>Reads A where it lies.</summary>
    private static void RunDirect(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int rows, int columns, int width)
    {
        if (Avx512F.IsSupported) Run512(a, rowStride, columnStride, bias, add, x, y, yStride, rows, columns, width);
        else if (Fma.IsSupported) Run256(a, rowStride, columnStride, bias, add, x, y, yStride, rows, columns, width);
        else RunPlain(a, rowStride, columnStride, bias, add, x, y, yStride, rows, columns, width);
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
    private static void RunPacked(float* a, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int rows, int columns, int width)
    {
        float* packed = stackalloc float[PackedRows * PackedDepth];
        for (var r = 0; r < rows; r += PackedRows)
            for (var k = 0; k < columns; k += PackedDepth)
            {
                int height = Math.Min(PackedRows, rows - r), depth = Math.Min(PackedDepth, columns - k);
                for (var i = 0; i < depth; i++)
                    new ReadOnlySpan<float>(a + (k + i) * columnStride + r, height).CopyTo(new Span<float>(packed + i * PackedRows, height));
                RunDirect(packed, 1, PackedRows, At(bias, r), add || k > 0, x + (nint)k * Block.Lanes, y + r * yStride, yStride, height, depth, width);
            }
    }

    /// <summary>The 512-bit path.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Run512(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int rows, int columns, int width)
    {
        var r = 0;
        if (width < Block.Lanes)
        {
            for (; r < rows; r += r + 6 <= rows ? 6 : 1)
                for (var n = 0; n < width; n += 16)
                    if (r + 6 <= rows) Tiles512.Six16(a + r * rowStride, rowStride, columnStride, At(bias, r), add, x + n, y + r * yStride + n, yStride, columns);
                    else Tiles512.One16(a + r * rowStride, columnStride, At(bias, r), add, x + n, y + r * yStride + n, columns);
            return;
        }
        for (; r + 6 <= rows; r += 6) Tiles512.Six64(a + r * rowStride, rowStride, columnStride, At(bias, r), add, x, y + r * yStride, yStride, columns);
        for (; r + 2 <= rows; r += 2) Tiles512.Two64(a + r * rowStride, rowStride, columnStride, At(bias, r), add, x, y + r * yStride, yStride, columns);
        if (r < rows) Tiles512.One64(a + r * rowStride, columnStride, At(bias, r), add, x, y + r * yStride, columns);
    }

    /// <summary>The 256-bit path.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Run256(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int rows, int columns, int width)
    {
        for (var r = 0; r < rows; r += r + 6 <= rows ? 6 : 1)
            for (var n = 0; n < width; n += 16)
                if (r + 6 <= rows) Tiles256.Six16(a + r * rowStride, rowStride, columnStride, At(bias, r), add, x + n, y + r * yStride + n, yStride, columns);
                else Tiles256.One16(a + r * rowStride, columnStride, At(bias, r), add, x + n, y + r * yStride + n, columns);
    }

    private static float* At(float* bias, int row) => bias == null ? null : bias + row;
}
