using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>
/// The weight gradient of a layer on one block: G[r, c] += sum over the 64 lanes of D[r, lane] X[c, lane], and of its bias: g[r] += sum of D[r, lane].
/// The order of additions is fixed over 16 logical lanes, whatever the register width: partial sum j (0 to 15) takes the lanes j, j + 16,
/// j + 32, j + 48 in turn, fused; then j is added to j + 8, j + 4, j + 2, j + 1; the total is added to G last.
/// </summary>
/// <remarks>A tile is 4 rows x 4 columns: 16 accumulators whose 16 totals are folded together by one transposing reduction.</remarks>
internal static unsafe class OuterSum
{
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
            {
                float* xc = x + c * Block.Lanes;
                for (var j = 0; j < 16; j++)
                {
                    var sum = dr[j] * xc[j];
                    for (var lane = j + 16; lane < Block.Lanes; lane += 16) sum = MathF.FusedMultiplyAdd(dr[lane], xc[lane], sum);
                    partial[j] = sum;
                }
                weights[r * columns + c] += Fold(partial);
            }
            for (var j = 0; j < 16; j++) partial[j] = dr[j] + dr[j + 16] + dr[j + 32] + dr[j + 48];
            bias[r] += Fold(partial);
        }
    }

    /// <summary>The 512-bit path.</summary>
    public static void Run512(float* d, float* x, float* weights, float* bias, int rows, int columns)
    {
        float* sums = stackalloc float[16];
        for (var r = 0; r < rows; r += 4)
        {
            for (var c = 0; c < columns; c += 4)
                if (r + 4 <= rows && c + 4 <= columns) AddTile(weights + r * columns + c, columns, Tile4x4(d + r * Block.Lanes, x + c * Block.Lanes, 1, 2, 3, 1, 2, 3));
                else
                {
                    // At an edge the last row (column) stands in for the missing ones; only the sums that exist are added.
                    int nr = Math.Min(4, rows - r), nc = Math.Min(4, columns - c);
                    Tile4x4(d + r * Block.Lanes, x + c * Block.Lanes, Math.Min(1, nr - 1), Math.Min(2, nr - 1), Math.Min(3, nr - 1),
                        Math.Min(1, nc - 1), Math.Min(2, nc - 1), Math.Min(3, nc - 1)).Store(sums);
                    for (var i = 0; i < nr; i++)
                        for (var j = 0; j < nc; j++) weights[(r + i) * columns + c + j] += sums[4 * i + j];
                }
        }
        for (var r = 0; r < rows; r++)
        {
            float* dr = d + r * Block.Lanes;
            var sum = Vector512.LoadAligned(dr) + Vector512.LoadAligned(dr + 16) + Vector512.LoadAligned(dr + 32) + Vector512.LoadAligned(dr + 48);
            bias[r] += Fold(sum.GetLower() + sum.GetUpper());
        }
    }

    /// <summary>The 256-bit path.</summary>
    public static void Run256(float* d, float* x, float* weights, float* bias, int rows, int columns)
    {
        for (var r = 0; r < rows; r++)
        {
            float* dr = d + r * Block.Lanes;
            var c = 0;
            for (; c + 4 <= columns; c += 4)
            {
                float* g = weights + r * columns + c;
                (Vector128.Load(g) + Dot4(dr, x + c * Block.Lanes)).Store(g);
            }
            for (; c < columns; c++) weights[r * columns + c] += Fold(Dot1(dr, x + c * Block.Lanes));
            var low = Vector256.LoadAligned(dr) + Vector256.LoadAligned(dr + 16) + Vector256.LoadAligned(dr + 32) + Vector256.LoadAligned(dr + 48);
            var high = Vector256.LoadAligned(dr + 8) + Vector256.LoadAligned(dr + 24) + Vector256.LoadAligned(dr + 40) + Vector256.LoadAligned(dr + 56);
            bias[r] += Fold(low + high);
        }
    }

    private static float Fold(float* partial)
    {
        for (var half = 8; half > 0; half /= 2)
            for (var j = 0; j < half; j++) partial[j] += partial[j + half];
        return partial[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fold(Vector256<float> eight)
    {
        var four = eight.GetLower() + eight.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTile(float* g, int columns, Vector512<float> sums)
    {
        Vector256<float> low = sums.GetLower(), high = sums.GetUpper();
        (Vector128.Load(g) + low.GetLower()).Store(g);
        (Vector128.Load(g + columns) + low.GetUpper()).Store(g + columns);
        (Vector128.Load(g + 2 * columns) + high.GetLower()).Store(g + 2 * columns);
        (Vector128.Load(g + 3 * columns) + high.GetUpper()).Store(g + 3 * columns);
    }

    /// <summary>16 sums, element 4 i + j = row i of D with row j of X; the rows after the first lie at the given multiples of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Tile4x4(float* d, float* x, int d1, int d2, int d3, int x1, int x2, int x3)
    {
        float* dr1 = d + d1 * Block.Lanes, dr2 = d + d2 * Block.Lanes, dr3 = d + d3 * Block.Lanes;
        float* xr1 = x + x1 * Block.Lanes, xr2 = x + x2 * Block.Lanes, xr3 = x + x3 * Block.Lanes;
        Vector512<float> s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33;
        {
            Vector512<float> v0 = Vector512.LoadAligned(x), v1 = Vector512.LoadAligned(xr1), v2 = Vector512.LoadAligned(xr2), v3 = Vector512.LoadAligned(xr3);
            var w = Vector512.LoadAligned(d);
            s00 = w * v0;
            s01 = w * v1;
            s02 = w * v2;
            s03 = w * v3;
            w = Vector512.LoadAligned(dr1);
            s10 = w * v0;
            s11 = w * v1;
            s12 = w * v2;
            s13 = w * v3;
            w = Vector512.LoadAligned(dr2);
            s20 = w * v0;
            s21 = w * v1;
            s22 = w * v2;
            s23 = w * v3;
            w = Vector512.LoadAligned(dr3);
            s30 = w * v0;
            s31 = w * v1;
            s32 = w * v2;
            s33 = w * v3;
        }
        for (var lane = 16; lane < Block.Lanes; lane += 16)
        {
            Vector512<float> v0 = Vector512.LoadAligned(x + lane), v1 = Vector512.LoadAligned(xr1 + lane);
            Vector512<float> v2 = Vector512.LoadAligned(xr2 + lane), v3 = Vector512.LoadAligned(xr3 + lane);
            var w = Vector512.LoadAligned(d + lane);
            s00 = Vector512.FusedMultiplyAdd(w, v0, s00);
            s01 = Vector512.FusedMultiplyAdd(w, v1, s01);
            s02 = Vector512.FusedMultiplyAdd(w, v2, s02);
            s03 = Vector512.FusedMultiplyAdd(w, v3, s03);
            w = Vector512.LoadAligned(dr1 + lane);
            s10 = Vector512.FusedMultiplyAdd(w, v0, s10);
            s11 = Vector512.FusedMultiplyAdd(w, v1, s11);
            s12 = Vector512.FusedMultiplyAdd(w, v2, s12);
            s13 = Vector512.FusedMultiplyAdd(w, v3, s13);
            w = Vector512.LoadAligned(dr2 + lane);
            s20 = Vector512.FusedMultiplyAdd(w, v0, s20);
            s21 = Vector512.FusedMultiplyAdd(w, v1, s21);
            s22 = Vector512.FusedMultiplyAdd(w, v2, s22);
            s23 = Vector512.FusedMultiplyAdd(w, v3, s23);
            w = Vector512.LoadAligned(dr3 + lane);
            s30 = Vector512.FusedMultiplyAdd(w, v0, s30);
            s31 = Vector512.FusedMultiplyAdd(w, v1, s31);
            s32 = Vector512.FusedMultiplyAdd(w, v2, s32);
            s33 = Vector512.FusedMultiplyAdd(w, v3, s33);
        }
        // Four levels of the same step: halves of two vectors are added side by side, so that 16 vectors of 16 become one of 16 totals.
        // The quarters of a level-two vector belong to accumulators (0, 1, 2, 3) of one row of the tile, in this order.
        var q0 = FoldQuarters(FoldHalves(s00, s01), FoldHalves(s02, s03));
        var q1 = FoldQuarters(FoldHalves(s10, s11), FoldHalves(s12, s13));
        var q2 = FoldQuarters(FoldHalves(s20, s21), FoldHalves(s22, s23));
        var q3 = FoldQuarters(FoldHalves(s30, s31), FoldHalves(s32, s33));
        // Now within each quarter of four: j + (j + 2), then j + (j + 1).
        var p01 = Avx512F.Shuffle(q0, q1, 0b01_00_01_00) + Avx512F.Shuffle(q0, q1, 0b11_10_11_10);
        var p23 = Avx512F.Shuffle(q2, q3, 0b01_00_01_00) + Avx512F.Shuffle(q2, q3, 0b11_10_11_10);
        var columnsOfRows = Avx512F.Shuffle(p01, p23, 0b10_00_10_00) + Avx512F.Shuffle(p01, p23, 0b11_01_11_01);
        // Element (quarter j, place i) holds row i, column j: transpose to row-major.
        return Avx512F.PermuteVar16x32(columnsOfRows, Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
    }

    /// <summary>(a low + a high, b low + b high), halves of 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FoldHalves(Vector512<float> a, Vector512<float> b) =>
        Avx512F.Shuffle4x128(a, b, 0b01_00_01_00) + Avx512F.Shuffle4x128(a, b, 0b11_10_11_10);

    /// <summary>Of two such vectors (a, b) and (c, d): the quarters (a, b, c, d), each its lower four plus its upper four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FoldQuarters(Vector512<float> ab, Vector512<float> cd) =>
        Avx512F.Shuffle4x128(ab, cd, 0b10_00_10_00) + Avx512F.Shuffle4x128(ab, cd, 0b11_01_11_01);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Dot1(float* d, float* x)
    {
        var low = Vector256.LoadAligned(d) * Vector256.LoadAligned(x);
        var high = Vector256.LoadAligned(d + 8) * Vector256.LoadAligned(x + 8);
        for (var lane = 16; lane < Block.Lanes; lane += 16)
        {
            low = Vector256.FusedMultiplyAdd(Vector256.LoadAligned(d + lane), Vector256.LoadAligned(x + lane), low);
            high = Vector256.FusedMultiplyAdd(Vector256.LoadAligned(d + lane + 8), Vector256.LoadAligned(x + lane + 8), high);
        }
        return low + high;
    }

    /// <summary>The sums of one row of D with four rows of X.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<float> Dot4(float* d, float* x)
    {
        Vector256<float> s0 = Dot1(d, x), s1 = Dot1(d, x + Block.Lanes), s2 = Dot1(d, x + 2 * Block.Lanes), s3 = Dot1(d, x + 3 * Block.Lanes);
        Vector128<float> f0 = s0.GetLower() + s0.GetUpper(), f1 = s1.GetLower() + s1.GetUpper();
        Vector128<float> f2 = s2.GetLower() + s2.GetUpper(), f3 = s3.GetLower() + s3.GetUpper();
        var p01 = Sse.Shuffle(f0, f1, 0b01_00_01_00) + Sse.Shuffle(f0, f1, 0b11_10_11_10);
        var p23 = Sse.Shuffle(f2, f3, 0b01_00_01_00) + Sse.Shuffle(f2, f3, 0b11_10_11_10);
        return Sse.Shuffle(p01, p23, 0b10_00_10_00) + Sse.Shuffle(p01, p23, 0b11_01_11_01);
    }
}
