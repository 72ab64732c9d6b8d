using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>
/// The weight gradient of a layer on one block: G[r, c] += sum over the 64 lanes of D[r, lane] X[c, lane], and of its bias: g[r] += sum of D[r, lane].
/// A weight's sum starts from G[r, c] and takes the lanes in turn, fused; that is a <see cref="Product"/> with X turned, so that the lanes are summed over.
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
    /// <param name="weights">G [rows, columns], row by row; added to.</param>
    /// <param name="bias">g [rows]; added to.</param>
    /// <param name="rows">Outputs of the layer.</param>
    /// <param name="columns">Inputs of the layer.</param>
    public static void Run(float* d, float* x, float* weights, float* bias, int rows, int columns)
    {
        if (Avx512F.IsSupported) Run512(d, x, weights, bias, rows, columns);
        else if (Fma.IsSupported) Run256(d, x, weights, bias, rows, columns);
        else RunPlain(d, x, weights, bias, rows, columns);
    }

    /// <summary>The plain twin: the definition, one sum at a time.</summary>
    public static void RunPlain(float* d, float* x, float* weights, float* bias, int rows, int columns)
    {
        float* partial = stackalloc float[16];
        for (var r = 0; r < rows; r++)
        {
            float* dr = d + r * Block.Lanes;
            for (var c = 0; c < columns; c++)
                for (var lane = 0; lane < Block.Lanes; lane++)
                    weights[r * columns + c] = MathF.FusedMultiplyAdd(dr[lane], x[c * Block.Lanes + lane], weights[r * columns + c]);
            for (var j = 0; j < 16; j++) partial[j] = dr[j] + dr[j + 16] + dr[j + 32] + dr[j + 48];
            for (var half = 8; half > 0; half /= 2)
                for (var j = 0; j < half; j++) partial[j] += partial[j + half];
            bias[r] += partial[0];
        }
    }

    /// <summary>The 512-bit path.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run512(float* d, float* x, float* weights, float* bias, int rows, int columns)
    {
        AddWeights(wide: true, d, x, weights, rows, columns);
        for (var r = 0; r < rows; r++)
        {
            float* dr = d + r * Block.Lanes;
            var sum = Vector512.LoadAligned(dr) + Vector512.LoadAligned(dr + 16) + Vector512.LoadAligned(dr + 32) + Vector512.LoadAligned(dr + 48);
            bias[r] += Fold(sum.GetLower() + sum.GetUpper());
        }
    }

    /// <summary>The 256-bit path.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run256(float* d, float* x, float* weights, float* bias, int rows, int columns)
    {
        AddWeights(wide: false, d, x, weights, rows, columns);
        for (var r = 0; r < rows; r++)
        {
            float* dr = d + r * Block.Lanes;
            var low = Vector256.LoadAligned(dr) + Vector256.LoadAligned(dr + 16) + Vector256.LoadAligned(dr + 32) + Vector256.LoadAligned(dr + 48);
            var high = Vector256.LoadAligned(dr + 8) + Vector256.LoadAligned(dr + 24) + Vector256.LoadAligned(dr + 40) + Vector256.LoadAligned(dr + 56);
            bias[r] += Fold(low + high);
        }
    }

    /// <summary>Panel by panel of up to 64 columns of G: whole strips in place, what is left through a strip of its own.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWeights(bool wide, float* d, float* x, float* weights, int rows, int columns)
    {
        byte* memory = stackalloc byte[sizeof(float) * Block.Lanes * Block.Lanes + Alignment];
        var panel = (float*)(((nuint)memory + Alignment - 1) & ~(nuint)(Alignment - 1));
        for (var c = 0; c < columns; c += Block.Lanes)
        {
            var width = Math.Min(Block.Lanes, columns - c);
            if (wide) Transpose.Run512(x + c * Block.Lanes, width, panel);
            else Transpose.Run256(x + c * Block.Lanes, width, panel);
            var whole = width / Strip * Strip;
            if (whole > 0) Add(wide, d, panel, weights + c, columns, rows, whole);
            if (whole < width) AddStrip(wide, d, panel + whole, weights + c + whole, columns, rows, width - whole);
        }
    }

    /// <summary>Fewer columns than a strip has: they go to a strip and back, some rows at a time.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddStrip(bool wide, float* d, float* panel, float* weights, int stride, int rows, int columns)
    {
        const int RowsAtATime = 6;
        float* strip = stackalloc float[RowsAtATime * Strip];
        for (var r = 0; r < rows; r += RowsAtATime)
        {
            var count = Math.Min(RowsAtATime, rows - r);
            for (var i = 0; i < count; i++)
                for (var c = 0; c < columns; c++) strip[i * Strip + c] = weights[(r + i) * stride + c];
            Add(wide, d + r * Block.Lanes, panel, strip, Strip, count, Strip);
            for (var i = 0; i < count; i++)
                for (var c = 0; c < columns; c++) weights[(r + i) * stride + c] = strip[i * Strip + c];
        }
    }

    private static void Add(bool wide, float* d, float* panel, float* g, int stride, int rows, int width)
    {
        if (wide) Product.Run512(d, Block.Lanes, 1, null, true, panel, g, stride, rows, Block.Lanes, width);
        else Product.Run256(d, Block.Lanes, 1, null, true, panel, g, stride, rows, Block.Lanes, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fold(Vector256<float> eight)
    {
        var four = eight.GetLower() + eight.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }
}
