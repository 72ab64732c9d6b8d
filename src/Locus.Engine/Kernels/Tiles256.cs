using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>Tiles of a <see cref="Product"/> held in 256-bit registers; the names say how many rows and columns of Y a tile has.</summary>
internal static unsafe class Tiles256
{
    [MethodImpl(Compiled.AtOnce)]
    public static void Six16(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int columns)
    {
        Vector256<float> y00, y10, y20, y30, y40, y50;
        Vector256<float> y01, y11, y21, y31, y41, y51;
        if (add)
        {
            LoadRow(y, out y00, out y01);
            LoadRow(y + yStride, out y10, out y11);
            LoadRow(y + 2 * yStride, out y20, out y21);
            LoadRow(y + 3 * yStride, out y30, out y31);
            LoadRow(y + 4 * yStride, out y40, out y41);
            LoadRow(y + 5 * yStride, out y50, out y51);
        }
        else
        {
            y00 = y01 = Vector256.Create(bias == null ? 0f : bias[0]);
            y10 = y11 = Vector256.Create(bias == null ? 0f : bias[1]);
            y20 = y21 = Vector256.Create(bias == null ? 0f : bias[2]);
            y30 = y31 = Vector256.Create(bias == null ? 0f : bias[3]);
            y40 = y41 = Vector256.Create(bias == null ? 0f : bias[4]);
            y50 = y51 = Vector256.Create(bias == null ? 0f : bias[5]);
        }
        float* a3 = a + 3 * rowStride;
        // The tile below comes next, and its rows may lie too far apart for the processor to guess.
        for (var r = 6; r < 12; r++) Sse.Prefetch0(y + r * yStride);
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
        StoreRow(y, y00, y01);
        StoreRow(y + yStride, y10, y11);
        StoreRow(y + 2 * yStride, y20, y21);
        StoreRow(y + 3 * yStride, y30, y31);
        StoreRow(y + 4 * yStride, y40, y41);
        StoreRow(y + 5 * yStride, y50, y51);
    }

    [MethodImpl(Compiled.AtOnce)]
    public static void One16(float* a, nint columnStride, float* bias, bool add, float* x, float* y, int columns)
    {
        Vector256<float> y00;
        Vector256<float> y01;
        if (add)
        {
            LoadRow(y, out y00, out y01);
        }
        else
        {
            y00 = y01 = Vector256.Create(bias == null ? 0f : bias[0]);
        }
        for (var k = 0; k < columns; k++)
        {
            var x0 = Vector256.LoadAligned(x);
            var x1 = Vector256.LoadAligned(x + 8);
            var w = Vector256.Create(*a);
            y00 = Vector256.FusedMultiplyAdd(w, x0, y00);
            y01 = Vector256.FusedMultiplyAdd(w, x1, y01);
            a += columnStride;
            x += Block.Lanes;
        }
        StoreRow(y, y00, y01);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(float* y, Vector256<float> v0, Vector256<float> v1)
    {
        v0.Store(y);
        v1.Store(y + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadRow(float* y, out Vector256<float> v0, out Vector256<float> v1)
    {
        v0 = Vector256.Load(y);
        v1 = Vector256.Load(y + 8);
    }
}
