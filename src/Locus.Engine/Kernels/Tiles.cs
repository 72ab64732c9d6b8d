using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>
/// Tiles of a <see cref="Product"/>: sums that stay in registers while k goes through the columns of A. A tile is as wide as its lanes: one register, or several
/// side by side in a <see cref="Pair{T}"/>, each of which serves all rows once it is loaded.
/// </summary>
/// <typeparam name="T">The lanes of a row.</typeparam>
internal static unsafe class Tiles<T>
    where T : struct, ILanes<T>
{
    /// <summary>Six rows of four registers: 24 sums, 4 columns of X and a weight in 29 of 32 registers. Spelled out, for as pairs of pairs the compiler moves the sums about.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Six4(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int columns)
    {
        T y00, y10, y20, y30, y40, y50;
        T y01, y11, y21, y31, y41, y51;
        T y02, y12, y22, y32, y42, y52;
        T y03, y13, y23, y33, y43, y53;
        if (add)
        {
            (y00, y01, y02, y03) = (T.Load(y), T.Load(y + T.Count), T.Load(y + 2 * T.Count), T.Load(y + 3 * T.Count));
            (y10, y11, y12, y13) = (T.Load(y + yStride), T.Load(y + yStride + T.Count), T.Load(y + yStride + 2 * T.Count), T.Load(y + yStride + 3 * T.Count));
            (y20, y21, y22, y23) = (T.Load(y + 2 * yStride), T.Load(y + 2 * yStride + T.Count), T.Load(y + 2 * yStride + 2 * T.Count), T.Load(y + 2 * yStride + 3 * T.Count));
            (y30, y31, y32, y33) = (T.Load(y + 3 * yStride), T.Load(y + 3 * yStride + T.Count), T.Load(y + 3 * yStride + 2 * T.Count), T.Load(y + 3 * yStride + 3 * T.Count));
            (y40, y41, y42, y43) = (T.Load(y + 4 * yStride), T.Load(y + 4 * yStride + T.Count), T.Load(y + 4 * yStride + 2 * T.Count), T.Load(y + 4 * yStride + 3 * T.Count));
            (y50, y51, y52, y53) = (T.Load(y + 5 * yStride), T.Load(y + 5 * yStride + T.Count), T.Load(y + 5 * yStride + 2 * T.Count), T.Load(y + 5 * yStride + 3 * T.Count));
        }
        else
        {
            y00 = y01 = y02 = y03 = T.Of(bias == null ? 0f : bias[0]);
            y10 = y11 = y12 = y13 = T.Of(bias == null ? 0f : bias[1]);
            y20 = y21 = y22 = y23 = T.Of(bias == null ? 0f : bias[2]);
            y30 = y31 = y32 = y33 = T.Of(bias == null ? 0f : bias[3]);
            y40 = y41 = y42 = y43 = T.Of(bias == null ? 0f : bias[4]);
            y50 = y51 = y52 = y53 = T.Of(bias == null ? 0f : bias[5]);
        }
        float* a3 = a + 3 * rowStride;
        // The tile below comes next, and its rows may lie too far apart for the processor to guess.
        for (var r = 6; r < 12; r++) Prefetch(y + r * yStride, 4 * T.Count);
        for (var k = 0; k < columns; k++)
        {
            T x0 = T.Load(x), x1 = T.Load(x + T.Count), x2 = T.Load(x + 2 * T.Count), x3 = T.Load(x + 3 * T.Count);
            var w = T.Of(*a);
            y00 = T.Fma(w, x0, y00);
            y01 = T.Fma(w, x1, y01);
            y02 = T.Fma(w, x2, y02);
            y03 = T.Fma(w, x3, y03);
            w = T.Of(a[rowStride]);
            y10 = T.Fma(w, x0, y10);
            y11 = T.Fma(w, x1, y11);
            y12 = T.Fma(w, x2, y12);
            y13 = T.Fma(w, x3, y13);
            w = T.Of(a[2 * rowStride]);
            y20 = T.Fma(w, x0, y20);
            y21 = T.Fma(w, x1, y21);
            y22 = T.Fma(w, x2, y22);
            y23 = T.Fma(w, x3, y23);
            w = T.Of(*a3);
            y30 = T.Fma(w, x0, y30);
            y31 = T.Fma(w, x1, y31);
            y32 = T.Fma(w, x2, y32);
            y33 = T.Fma(w, x3, y33);
            w = T.Of(a3[rowStride]);
            y40 = T.Fma(w, x0, y40);
            y41 = T.Fma(w, x1, y41);
            y42 = T.Fma(w, x2, y42);
            y43 = T.Fma(w, x3, y43);
            w = T.Of(a3[2 * rowStride]);
            y50 = T.Fma(w, x0, y50);
            y51 = T.Fma(w, x1, y51);
            y52 = T.Fma(w, x2, y52);
            y53 = T.Fma(w, x3, y53);
            a += columnStride;
            a3 += columnStride;
            x += Block.Lanes;
        }
        T.Store(y00, y);
        T.Store(y01, y + T.Count);
        T.Store(y02, y + 2 * T.Count);
        T.Store(y03, y + 3 * T.Count);
        T.Store(y10, y + yStride);
        T.Store(y11, y + yStride + T.Count);
        T.Store(y12, y + yStride + 2 * T.Count);
        T.Store(y13, y + yStride + 3 * T.Count);
        T.Store(y20, y + 2 * yStride);
        T.Store(y21, y + 2 * yStride + T.Count);
        T.Store(y22, y + 2 * yStride + 2 * T.Count);
        T.Store(y23, y + 2 * yStride + 3 * T.Count);
        T.Store(y30, y + 3 * yStride);
        T.Store(y31, y + 3 * yStride + T.Count);
        T.Store(y32, y + 3 * yStride + 2 * T.Count);
        T.Store(y33, y + 3 * yStride + 3 * T.Count);
        T.Store(y40, y + 4 * yStride);
        T.Store(y41, y + 4 * yStride + T.Count);
        T.Store(y42, y + 4 * yStride + 2 * T.Count);
        T.Store(y43, y + 4 * yStride + 3 * T.Count);
        T.Store(y50, y + 5 * yStride);
        T.Store(y51, y + 5 * yStride + T.Count);
        T.Store(y52, y + 5 * yStride + 2 * T.Count);
        T.Store(y53, y + 5 * yStride + 3 * T.Count);
    }

    /// <summary>Six rows.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Six(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int columns)
    {
        T y0, y1, y2, y3, y4, y5;
        if (add)
        {
            y0 = T.Load(y);
            y1 = T.Load(y + yStride);
            y2 = T.Load(y + 2 * yStride);
            y3 = T.Load(y + 3 * yStride);
            y4 = T.Load(y + 4 * yStride);
            y5 = T.Load(y + 5 * yStride);
        }
        else
        {
            y0 = T.Of(bias == null ? 0f : bias[0]);
            y1 = T.Of(bias == null ? 0f : bias[1]);
            y2 = T.Of(bias == null ? 0f : bias[2]);
            y3 = T.Of(bias == null ? 0f : bias[3]);
            y4 = T.Of(bias == null ? 0f : bias[4]);
            y5 = T.Of(bias == null ? 0f : bias[5]);
        }
        float* a3 = a + 3 * rowStride;
        // The tile below comes next, and its rows may lie too far apart for the processor to guess.
        for (var r = 6; r < 12; r++) Prefetch(y + r * yStride, T.Count);
        for (var k = 0; k < columns; k++)
        {
            var v = T.Load(x);
            y0 = T.Fma(T.Of(*a), v, y0);
            y1 = T.Fma(T.Of(a[rowStride]), v, y1);
            y2 = T.Fma(T.Of(a[2 * rowStride]), v, y2);
            y3 = T.Fma(T.Of(*a3), v, y3);
            y4 = T.Fma(T.Of(a3[rowStride]), v, y4);
            y5 = T.Fma(T.Of(a3[2 * rowStride]), v, y5);
            a += columnStride;
            a3 += columnStride;
            x += Block.Lanes;
        }
        T.Store(y0, y);
        T.Store(y1, y + yStride);
        T.Store(y2, y + 2 * yStride);
        T.Store(y3, y + 3 * yStride);
        T.Store(y4, y + 4 * yStride);
        T.Store(y5, y + 5 * yStride);
    }

    /// <summary>Two rows.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Two(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int columns)
    {
        T y0, y1;
        if (add)
        {
            y0 = T.Load(y);
            y1 = T.Load(y + yStride);
        }
        else
        {
            y0 = T.Of(bias == null ? 0f : bias[0]);
            y1 = T.Of(bias == null ? 0f : bias[1]);
        }
        for (var k = 0; k < columns; k++)
        {
            var v = T.Load(x);
            y0 = T.Fma(T.Of(*a), v, y0);
            y1 = T.Fma(T.Of(a[rowStride]), v, y1);
            a += columnStride;
            x += Block.Lanes;
        }
        T.Store(y0, y);
        T.Store(y1, y + yStride);
    }

    /// <summary>One row.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void One(float* a, nint columnStride, float* bias, bool add, float* x, float* y, int columns)
    {
        var y0 = add ? T.Load(y) : T.Of(bias == null ? 0f : *bias);
        for (var k = 0; k < columns; k++)
        {
            var v = T.Load(x);
            y0 = T.Fma(T.Of(*a), v, y0);
            a += columnStride;
            x += Block.Lanes;
        }
        T.Store(y0, y);
    }

    private static void Prefetch(float* row, int count)
    {
        for (var n = 0; n < count; n += 16) Sse.Prefetch0(row + n);
    }
}
