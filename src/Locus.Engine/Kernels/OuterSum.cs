using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>
/// The weight gradient of a layer on one block: G[r, c] += sum over the 64 lanes of D[r, lane] X[c, lane], and of its bias: g[r] += sum of D[r, lane]; or = in place of +=.
/// A weight's sum starts from G[r, c], or 0, and takes the lanes in turn, fused; that is a <see cref="Product"/> with X turned, so that the lanes are summed over.
/// A bias has no second factor to spread over registers: its sum is made in 16 partial sums, j of the lanes j, j + 16, j + 32, j + 48; then j is added to j + 8,
/// j + 4, j + 2, j + 1; the total is added to g last. Both orders are the same at every register width.
/// </summary>
internal static unsafe class OuterSum
{
    /// <summary>Sums that lie side by side in a strip, the least that a product makes at a time.</summary>
    private const int Strip = 16;

    private const int Alignment = 64;

    /// <summary>Runs the widest path of this machine.</summary>
    /// <param name="d">D [rows][64], 64-byte aligned: derivative of the loss by the layer's output before activation.</param>
    /// <param name="x">X [columns][64], 64-byte aligned: the layer's input.</param>
    /// <param name="weights">G [rows, columns], row by row.</param>
    /// <param name="bias">g [rows].</param>
    /// <param name="rows">Outputs of the layer.</param>
    /// <param name="columns">Inputs of the layer.</param>
    /// <param name="add">Whether G and g are added to; otherwise they are not read.</param>
    public static void Run(float* d, float* x, float* weights, float* bias, int rows, int columns, bool add)
    {
        if (Avx512F.IsSupported) Run512(d, x, weights, bias, rows, columns, add);
        else if (Fma.IsSupported) Run256(d, x, weights, bias, rows, columns, add);
        else RunPlain(d, x, weights, bias, rows, columns, add);
    }

    /// <summary>The plain twin: the definition, one sum at a time.</summary>
    public static void RunPlain(float* d, float* x, float* weights, float* bias, int rows, int columns, bool add)
    {
        float* partial = stackalloc float[16];
        for (var r = 0; r < rows; r++)
        {
            float* dr = d + r * Block.Lanes;
            for (var c = 0; c < columns; c++)
            {
                var sum = add ? weights[r * columns + c] : 0f;
                for (var lane = 0; lane < Block.Lanes; lane++) sum = MathF.FusedMultiplyAdd(dr[lane], x[c * Block.Lanes + lane], sum);
                weights[r * columns + c] = sum;
            }
            for (var j = 0; j < 16; j++) partial[j] = dr[j] + dr[j + 16] + dr[j + 32] + dr[j + 48];
            for (var half = 8; half > 0; half /= 2)
                for (var j = 0; j < half; j++) partial[j] += partial[j + half];
            bias[r] = add ? bias[r] + partial[0] : partial[0];
        }
    }

    /// <summary>The 512-bit path.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Run512(float* d, float* x, float* weights, float* bias, int rows, int columns, bool add)
    {
        SumWeights(wide: true, d, x, weights, rows, columns, add);
        for (var r = 0; r < rows; r++)
        {
            float* dr = d + r * Block.Lanes;
            var sum = Vector512.LoadAligned(dr) + Vector512.LoadAligned(dr + 16) + Vector512.LoadAligned(dr + 32) + Vector512.LoadAligned(dr + 48);
            var total = Fold(sum.GetLower() + sum.GetUpper());
            bias[r] = add ? bias[r] + total : total;
        }
    }

    /// <summary>The 256-bit path.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Run256(float* d, float* x, float* weights, float* bias, int rows, int columns, bool add)
    {
        SumWeights(wide: false, d, x, weights, rows, columns, add);
        for (var r = 0; r < rows; r++)
        {
            float* dr = d + r * Block.Lanes;
            var low = Vector256.LoadAligned(dr) + Vector256.LoadAligned(dr + 16) + Vector256.LoadAligned(dr + 32) + Vector256.LoadAligned(dr + 48);
            var high = Vector256.LoadAligned(dr + 8) + Vector256.LoadAligned(dr + 24) + Vector256.LoadAligned(dr + 40) + Vector256.LoadAligned(dr + 56);
            var total = Fold(low + high);
            bias[r] = add ? bias[r] + total : total;
        }
    }

    /// <summary>What has more rows is turned, 64 of them at a time, and lies side by side in the sums.</summary>
    [SkipLocalsInit]
    [MethodImpl(Compiled.AtOnce)]
    private static void SumWeights(bool wide, float* d, float* x, float* weights, int rows, int columns, bool add)
    {
        byte* memory = stackalloc byte[sizeof(float) * Block.Lanes * Block.Lanes + Alignment];
        var panel = (float*)(((nuint)memory + Alignment - 1) & ~(nuint)(Alignment - 1));
        if (columns < Strip && columns < rows)
            for (var r = 0; r < rows; r += Block.Lanes)
            {
                var height = Math.Min(Block.Lanes, rows - r);
                Turn(wide, d + r * Block.Lanes, height, panel);
                SumPart(wide, x, panel, weights + r * columns, 1, columns, columns, height, add);
            }
        else
            for (var c = 0; c < columns; c += Block.Lanes)
            {
                var width = Math.Min(Block.Lanes, columns - c);
                Turn(wide, x + c * Block.Lanes, width, panel);
                var whole = width / Strip * Strip;
                if (whole > 0) Sum(wide, d, panel, weights + c, columns, rows, whole, add);
                if (whole < width) SumPart(wide, d, panel + whole, weights + c + whole, columns, 1, rows, width - whole, add);
            }
    }

    /// <summary>Sums that do not lie side by side in strips: they go to rows of 64 and back, some at a time.</summary>
    /// <param name="wide">512 bits, not 256.</param>
    /// <param name="a">The factor that is not turned, [rows][64].</param>
    /// <param name="panel">The other, [64][64].</param>
    /// <param name="g">The first sum.</param>
    /// <param name="rowStride">Floats from a row's sum to the next row's.</param>
    /// <param name="columnStride">Floats from a sum to the next of the same row.</param>
    /// <param name="rows">Rows of sums.</param>
    /// <param name="columns">Columns of sums, at most 64.</param>
    /// <param name="add">Whether the sums start from what is there.</param>
    [SkipLocalsInit]
    [MethodImpl(Compiled.AtOnce)]
    private static void SumPart(bool wide, float* a, float* panel, float* g, nint rowStride, nint columnStride, int rows, int columns, bool add)
    {
        const int RowsAtATime = 6;
        float* part = stackalloc float[RowsAtATime * Block.Lanes];
        for (var r = 0; r < rows; r += RowsAtATime)
        {
            var count = Math.Min(RowsAtATime, rows - r);
            if (add) Move(g + r * rowStride, rowStride, columnStride, part, Block.Lanes, 1, count, columns);
            Sum(wide, a + r * Block.Lanes, panel, part, Block.Lanes, count, (columns + Strip - 1) / Strip * Strip, add);
            Move(part, Block.Lanes, 1, g + r * rowStride, rowStride, columnStride, count, columns);
        }
    }

    private static void Move(float* from, nint fromRow, nint fromColumn, float* to, nint toRow, nint toColumn, int rows, int columns)
    {
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++) to[r * toRow + c * toColumn] = from[r * fromRow + c * fromColumn];
    }

    private static void Turn(bool wide, float* x, int rows, float* panel)
    {
        if (wide) Transpose.Run512(x, rows, panel);
        else Transpose.Run256(x, rows, panel);
    }

    private static void Sum(bool wide, float* d, float* panel, float* g, int stride, int rows, int width, bool add)
    {
        var factors = new Factors { A = d, RowStride = Block.Lanes, ColumnStride = 1, Add = add, X = panel, Y = g, YStride = stride, Rows = rows, Columns = Block.Lanes, Width = width };
        if (wide) Product.Run512(factors, default(Unfinished));
        else Product.Run256(factors, default(Unfinished));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fold(Vector256<float> eight)
    {
        var four = eight.GetLower() + eight.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }
}
