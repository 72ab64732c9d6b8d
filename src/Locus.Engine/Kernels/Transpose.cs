using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>P[lane, c] = X[c, lane]: turns up to 64 rows of a block so that one lane's features lie side by side. Moves values only, so every path gives the same.</summary>
internal static unsafe class Transpose
{
    /// <summary>Runs the widest path of this machine.</summary>
    /// <param name="x">X [rows][64], 64-byte aligned.</param>
    /// <param name="rows">1 to 64.</param>
    /// <param name="p">P [64][64], 64-byte aligned; the columns up to the next multiple of 16 after <paramref name="rows"/> are written, those beyond the rows with 0.</param>
    public static void Run(float* x, int rows, float* p)
    {
        if (Avx512F.IsSupported) Run512(x, rows, p);
        else if (Avx.IsSupported) Run256(x, rows, p);
        else RunPlain(x, rows, p);
    }

    /// <summary>The plain twin: the definition.</summary>
    public static void RunPlain(float* x, int rows, float* p)
    {
        for (var lane = 0; lane < Block.Lanes; lane++)
            for (var c = 0; c < (rows + 15) / 16 * 16; c++) p[lane * Block.Lanes + c] = c < rows ? x[c * Block.Lanes + lane] : 0;
    }

    /// <summary>The 512-bit path: squares of 16 x 16.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Run512(float* x, int rows, float* p)
    {
        for (var c = 0; c < rows; c += 16)
            for (var lane = 0; lane < Block.Lanes; lane += 16) Square16(x + c * Block.Lanes + lane, rows - c, p + lane * Block.Lanes + c);
    }

    /// <summary>The 256-bit path: squares of 8 x 8.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Run256(float* x, int rows, float* p)
    {
        for (var c = 0; c < (rows + 15) / 16 * 16; c += 8)
            for (var lane = 0; lane < Block.Lanes; lane += 8) Square8(x + c * Block.Lanes + lane, rows - c, p + lane * Block.Lanes + c);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Square16(float* x, int rows, float* p)
    {
        Quad(x, rows, out var a0, out var a1, out var a2, out Vector512<float> a3);
        Quad(x + 4 * Block.Lanes, rows - 4, out var b0, out var b1, out var b2, out Vector512<float> b3);
        Quad(x + 8 * Block.Lanes, rows - 8, out var c0, out var c1, out var c2, out Vector512<float> c3);
        Quad(x + 12 * Block.Lanes, rows - 12, out var d0, out var d1, out var d2, out Vector512<float> d3);
        Quarters(a0, b0, c0, d0, p);
        Quarters(a1, b1, c1, d1, p + Block.Lanes);
        Quarters(a2, b2, c2, d2, p + 2 * Block.Lanes);
        Quarters(a3, b3, c3, d3, p + 3 * Block.Lanes);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Square8(float* x, int rows, float* p)
    {
        Quad(x, rows, out var a0, out var a1, out var a2, out Vector256<float> a3);
        Quad(x + 4 * Block.Lanes, rows - 4, out var b0, out var b1, out var b2, out Vector256<float> b3);
        Halves(a0, b0, p);
        Halves(a1, b1, p + Block.Lanes);
        Halves(a2, b2, p + 2 * Block.Lanes);
        Halves(a3, b3, p + 3 * Block.Lanes);
    }

    /// <summary>Four rows turned within each quarter: quarter q of v_i holds lane 4 q + i of the rows 0 to 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quad(float* x, int rows, out Vector512<float> v0, out Vector512<float> v1, out Vector512<float> v2, out Vector512<float> v3)
    {
        Vector512<float> r0 = rows > 0 ? Vector512.LoadAligned(x) : default, r1 = rows > 1 ? Vector512.LoadAligned(x + Block.Lanes) : default;
        Vector512<float> r2 = rows > 2 ? Vector512.LoadAligned(x + 2 * Block.Lanes) : default, r3 = rows > 3 ? Vector512.LoadAligned(x + 3 * Block.Lanes) : default;
        Vector512<double> low01 = Avx512F.UnpackLow(r0, r1).AsDouble(), high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(r2, r3).AsDouble(), high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        v0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        v1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        v2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        v3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    /// <summary>As above on 8 lanes, two quarters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quad(float* x, int rows, out Vector256<float> v0, out Vector256<float> v1, out Vector256<float> v2, out Vector256<float> v3)
    {
        Vector256<float> r0 = rows > 0 ? Vector256.LoadAligned(x) : default, r1 = rows > 1 ? Vector256.LoadAligned(x + Block.Lanes) : default;
        Vector256<float> r2 = rows > 2 ? Vector256.LoadAligned(x + 2 * Block.Lanes) : default, r3 = rows > 3 ? Vector256.LoadAligned(x + 3 * Block.Lanes) : default;
        Vector256<double> low01 = Avx.UnpackLow(r0, r1).AsDouble(), high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(r2, r3).AsDouble(), high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        v0 = Avx.UnpackLow(low01, low23).AsSingle();
        v1 = Avx.UnpackHigh(low01, low23).AsSingle();
        v2 = Avx.UnpackLow(high01, high23).AsSingle();
        v3 = Avx.UnpackHigh(high01, high23).AsSingle();
    }

    /// <summary>Row 4 q of P takes the quarters q of a, b, c and d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* p)
    {
        Vector512<float> firstAb = Avx512F.Shuffle4x128(a, b, 0b01_00_01_00), firstCd = Avx512F.Shuffle4x128(c, d, 0b01_00_01_00);
        Vector512<float> lastAb = Avx512F.Shuffle4x128(a, b, 0b11_10_11_10), lastCd = Avx512F.Shuffle4x128(c, d, 0b11_10_11_10);
        Avx512F.Shuffle4x128(firstAb, firstCd, 0b10_00_10_00).StoreAligned(p);
        Avx512F.Shuffle4x128(firstAb, firstCd, 0b11_01_11_01).StoreAligned(p + 4 * Block.Lanes);
        Avx512F.Shuffle4x128(lastAb, lastCd, 0b10_00_10_00).StoreAligned(p + 8 * Block.Lanes);
        Avx512F.Shuffle4x128(lastAb, lastCd, 0b11_01_11_01).StoreAligned(p + 12 * Block.Lanes);
    }

    /// <summary>Row 4 q of P takes the halves q of a and b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves(Vector256<float> a, Vector256<float> b, float* p)
    {
        Avx.Permute2x128(a, b, 0b10_0000).StoreAligned(p);
        Avx.Permute2x128(a, b, 0b11_0001).StoreAligned(p + 4 * Block.Lanes);
    }
}
