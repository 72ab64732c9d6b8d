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
    /// <summary>Columns of a register-wide strip, the least that a product makes at a time.</summary>
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

    /// <summary>Panel by panel of up to 64 columns of G: whole strips in place, what is left through a strip of its own.</summary>
    [SkipLocalsInit]
    [MethodImpl(Compiled.AtOnce)]
    private static void SumWeights(bool wide, float* d, float* x, float* weights, int rows, int columns, bool add)
    {
        byte* memory = stackalloc byte[sizeof(float) * Block.Lanes * Block.Lanes + Alignment];
        var panel = (float*)(((nuint)memory + Alignment - 1) & ~(nuint)(Alignment - 1));
        for (var c = 0; c < columns; c += Block.Lanes)
        {
            var width = Math.Min(Block.Lanes, columns - c);
            if (wide) Transpose.Run512(x + c * Block.Lanes, width, panel);
            else Transpose.Run256(x + c * Block.Lanes, width, panel);
            var whole = width / Strip * Strip;
            if (whole > 0) Sum(wide, d, panel, weights + c, columns, rows, whole, add);
            if (whole < width) SumStrip(wide, d, panel + whole, weights + c + whole, columns, rows, width - whole, add);
        }
    }

    /// <summary>Fewer columns than a strip has: they go to a strip and back, some rows at a time.</summary>
    [SkipLocalsInit]
    [MethodImpl(Compiled.AtOnce)]
    private static void SumStrip(bool wide, float* d, float* panel, float* weights, int stride, int rows, int columns, bool add)
    {
        const int RowsAtATime = 6;
        float* strip = stackalloc float[RowsAtATime * Strip];
        for (var r = 0; r < rows; r += RowsAtATime)
        {
            var count = Math.Min(RowsAtATime, rows - r);
            for (var i = 0; add && i < count; i++)
                for (var c = 0; c < columns; c++) strip[i * Strip + c] = weights[(r + i) * stride + c];
            Sum(wide, d + r * Block.Lanes, panel, strip, Strip, count, Strip, add);
            for (var i = 0; i < count; i++)
                for (var c = 0; c < columns; c++) weights[(r + i) * stride + c] = strip[i * Strip + c];
        }
    }

    private static void Sum(bool wide, float* d, float* panel, float* g, int stride, int rows, int width, bool add)
    {
        if (wide) Product.Run512(d, Block.Lanes, 1, null, add, panel, g, stride, rows, Block.Lanes, width, default(Unfinished));
        else Product.Run256(d, Block.Lanes, 1, null, add, panel, g, stride, rows, Block.Lanes, width, default(Unfinished));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fold(Vector256<float> eight)
    {
        var four = eight.GetLower() + eight.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }
}
