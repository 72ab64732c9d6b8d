using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>Tiles of a <see cref="Product"/> held in 512-bit registers; the names say how many rows and columns of Y a tile has.</summary>
internal static unsafe class Tiles512
{
    [MethodImpl(Compiled.AtOnce)]
    public static void Six64(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int columns)
    {
        Vector512<float> y00, y10, y20, y30, y40, y50;
        Vector512<float> y01, y11, y21, y31, y41, y51;
        Vector512<float> y02, y12, y22, y32, y42, y52;
        Vector512<float> y03, y13, y23, y33, y43, y53;
        if (add)
        {
            LoadRow(y, out y00, out y01, out y02, out y03);
            LoadRow(y + yStride, out y10, out y11, out y12, out y13);
            LoadRow(y + 2 * yStride, out y20, out y21, out y22, out y23);
            LoadRow(y + 3 * yStride, out y30, out y31, out y32, out y33);
            LoadRow(y + 4 * yStride, out y40, out y41, out y42, out y43);
            LoadRow(y + 5 * yStride, out y50, out y51, out y52, out y53);
        }
        else
        {
            y00 = y01 = y02 = y03 = Vector512.Create(bias == null ? 0f : bias[0]);
            y10 = y11 = y12 = y13 = Vector512.Create(bias == null ? 0f : bias[1]);
            y20 = y21 = y22 = y23 = Vector512.Create(bias == null ? 0f : bias[2]);
            y30 = y31 = y32 = y33 = Vector512.Create(bias == null ? 0f : bias[3]);
            y40 = y41 = y42 = y43 = Vector512.Create(bias == null ? 0f : bias[4]);
            y50 = y51 = y52 = y53 = Vector512.Create(bias == null ? 0f : bias[5]);
        }
        float* a3 = a + 3 * rowStride;
        // The tile below comes next, and its rows may lie too far apart for the processor to guess.
        for (var r = 6; r < 12; r++) PrefetchRow(y + r * yStride);
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
        StoreRow(y + yStride, y10, y11, y12, y13);
        StoreRow(y + 2 * yStride, y20, y21, y22, y23);
        StoreRow(y + 3 * yStride, y30, y31, y32, y33);
        StoreRow(y + 4 * yStride, y40, y41, y42, y43);
        StoreRow(y + 5 * yStride, y50, y51, y52, y53);
    }

    [MethodImpl(Compiled.AtOnce)]
    public static void Two64(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int columns)
    {
        Vector512<float> y00, y10;
        Vector512<float> y01, y11;
        Vector512<float> y02, y12;
        Vector512<float> y03, y13;
        if (add)
        {
            LoadRow(y, out y00, out y01, out y02, out y03);
            LoadRow(y + yStride, out y10, out y11, out y12, out y13);
        }
        else
        {
            y00 = y01 = y02 = y03 = Vector512.Create(bias == null ? 0f : bias[0]);
            y10 = y11 = y12 = y13 = Vector512.Create(bias == null ? 0f : bias[1]);
        }
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
        StoreRow(y + yStride, y10, y11, y12, y13);
    }

    [MethodImpl(Compiled.AtOnce)]
    public static void One64(float* a, nint columnStride, float* bias, bool add, float* x, float* y, int columns)
    {
        Vector512<float> y00;
        Vector512<float> y01;
        Vector512<float> y02;
        Vector512<float> y03;
        if (add)
        {
            LoadRow(y, out y00, out y01, out y02, out y03);
        }
        else
        {
            y00 = y01 = y02 = y03 = Vector512.Create(bias == null ? 0f : bias[0]);
        }
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
            a += columnStride;
            x += Block.Lanes;
        }
        StoreRow(y, y00, y01, y02, y03);
    }

    [MethodImpl(Compiled.AtOnce)]
    public static void Six16(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int columns)
    {
        Vector512<float> y00, y10, y20, y30, y40, y50;
        if (add)
        {
            y00 = Vector512.Load(y);
            y10 = Vector512.Load(y + yStride);
            y20 = Vector512.Load(y + 2 * yStride);
            y30 = Vector512.Load(y + 3 * yStride);
            y40 = Vector512.Load(y + 4 * yStride);
            y50 = Vector512.Load(y + 5 * yStride);
        }
        else
        {
            y00 = Vector512.Create(bias == null ? 0f : bias[0]);
            y10 = Vector512.Create(bias == null ? 0f : bias[1]);
            y20 = Vector512.Create(bias == null ? 0f : bias[2]);
            y30 = Vector512.Create(bias == null ? 0f : bias[3]);
            y40 = Vector512.Create(bias == null ? 0f : bias[4]);
            y50 = Vector512.Create(bias == null ? 0f : bias[5]);
        }
        float* a3 = a + 3 * rowStride;
        for (var k = 0; k < columns; k++)
        {
            var x0 = Vector512.LoadAligned(x);
            var w = Vector512.Create(*a);
            y00 = Vector512.FusedMultiplyAdd(w, x0, y00);
            w = Vector512.Create(a[rowStride]);
            y10 = Vector512.FusedMultiplyAdd(w, x0, y10);
            w = Vector512.Create(a[2 * rowStride]);
            y20 = Vector512.FusedMultiplyAdd(w, x0, y20);
            w = Vector512.Create(*a3);
            y30 = Vector512.FusedMultiplyAdd(w, x0, y30);
            w = Vector512.Create(a3[rowStride]);
            y40 = Vector512.FusedMultiplyAdd(w, x0, y40);
            w = Vector512.Create(a3[2 * rowStride]);
            y50 = Vector512.FusedMultiplyAdd(w, x0, y50);
            a += columnStride;
            a3 += columnStride;
            x += Block.Lanes;
        }
        y00.Store(y);
        y10.Store(y + yStride);
        y20.Store(y + 2 * yStride);
        y30.Store(y + 3 * yStride);
        y40.Store(y + 4 * yStride);
        y50.Store(y + 5 * yStride);
    }

    [MethodImpl(Compiled.AtOnce)]
    public static void One16(float* a, nint columnStride, float* bias, bool add, float* x, float* y, int columns)
    {
        Vector512<float> y00;
        if (add)
        {
            y00 = Vector512.Load(y);
        }
        else
        {
            y00 = Vector512.Create(bias == null ? 0f : bias[0]);
        }
        for (var k = 0; k < columns; k++)
        {
            var x0 = Vector512.LoadAligned(x);
            var w = Vector512.Create(*a);
            y00 = Vector512.FusedMultiplyAdd(w, x0, y00);
            a += columnStride;
            x += Block.Lanes;
        }
        y00.Store(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchRow(float* y)
    {
        Sse.Prefetch0(y);
        Sse.Prefetch0(y + 16);
        Sse.Prefetch0(y + 32);
        Sse.Prefetch0(y + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(float* y, Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        v0.Store(y);
        v1.Store(y + 16);
        v2.Store(y + 32);
        v3.Store(y + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadRow(float* y, out Vector512<float> v0, out Vector512<float> v1, out Vector512<float> v2, out Vector512<float> v3)
    {
        v0 = Vector512.Load(y);
        v1 = Vector512.Load(y + 16);
        v2 = Vector512.Load(y + 32);
        v3 = Vector512.Load(y + 48);
    }
}
