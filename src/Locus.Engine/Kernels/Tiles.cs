using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>Tiles of a <see cref="Product"/>: sums that stay in registers while k goes through the columns of A. The names say how many rows a tile has and how many registers each.</summary>
/// <typeparam name="T">The lanes of a register.</typeparam>
internal static unsafe class Tiles<T>
    where T : struct, ILanes<T>
{
    /// <summary>Six rows of four registers: 24 sums, 4 columns of X and a weight in 29 of 32 registers.</summary>
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
        for (var r = 6; r < 12; r++) Prefetch(y + r * yStride, 4);
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

    /// <summary>Two rows of four registers.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Two4(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int columns)
    {
        T y00, y10;
        T y01, y11;
        T y02, y12;
        T y03, y13;
        if (add)
        {
            (y00, y01, y02, y03) = (T.Load(y), T.Load(y + T.Count), T.Load(y + 2 * T.Count), T.Load(y + 3 * T.Count));
            (y10, y11, y12, y13) = (T.Load(y + yStride), T.Load(y + yStride + T.Count), T.Load(y + yStride + 2 * T.Count), T.Load(y + yStride + 3 * T.Count));
        }
        else
        {
            y00 = y01 = y02 = y03 = T.Of(bias == null ? 0f : bias[0]);
            y10 = y11 = y12 = y13 = T.Of(bias == null ? 0f : bias[1]);
        }
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
            a += columnStride;
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
    }

    /// <summary>One row of four registers.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void One4(float* a, nint columnStride, float* bias, bool add, float* x, float* y, int columns)
    {
        T y00;
        T y01;
        T y02;
        T y03;
        if (add)
        {
            (y00, y01, y02, y03) = (T.Load(y), T.Load(y + T.Count), T.Load(y + 2 * T.Count), T.Load(y + 3 * T.Count));
        }
        else
        {
            y00 = y01 = y02 = y03 = T.Of(bias == null ? 0f : bias[0]);
        }
        for (var k = 0; k < columns; k++)
        {
            T x0 = T.Load(x), x1 = T.Load(x + T.Count), x2 = T.Load(x + 2 * T.Count), x3 = T.Load(x + 3 * T.Count);
            var w = T.Of(*a);
            y00 = T.Fma(w, x0, y00);
            y01 = T.Fma(w, x1, y01);
            y02 = T.Fma(w, x2, y02);
            y03 = T.Fma(w, x3, y03);
            a += columnStride;
            x += Block.Lanes;
        }
        T.Store(y00, y);
        T.Store(y01, y + T.Count);
        T.Store(y02, y + 2 * T.Count);
        T.Store(y03, y + 3 * T.Count);
    }

    /// <summary>Six rows of two registers: 12 sums, 2 columns of X and a weight in 15 of 16 registers.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Six2(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int columns)
    {
        T y00, y10, y20, y30, y40, y50;
        T y01, y11, y21, y31, y41, y51;
        if (add)
        {
            (y00, y01) = (T.Load(y), T.Load(y + T.Count));
            (y10, y11) = (T.Load(y + yStride), T.Load(y + yStride + T.Count));
            (y20, y21) = (T.Load(y + 2 * yStride), T.Load(y + 2 * yStride + T.Count));
            (y30, y31) = (T.Load(y + 3 * yStride), T.Load(y + 3 * yStride + T.Count));
            (y40, y41) = (T.Load(y + 4 * yStride), T.Load(y + 4 * yStride + T.Count));
            (y50, y51) = (T.Load(y + 5 * yStride), T.Load(y + 5 * yStride + T.Count));
        }
        else
        {
            y00 = y01 = T.Of(bias == null ? 0f : bias[0]);
            y10 = y11 = T.Of(bias == null ? 0f : bias[1]);
            y20 = y21 = T.Of(bias == null ? 0f : bias[2]);
            y30 = y31 = T.Of(bias == null ? 0f : bias[3]);
            y40 = y41 = T.Of(bias == null ? 0f : bias[4]);
            y50 = y51 = T.Of(bias == null ? 0f : bias[5]);
        }
        float* a3 = a + 3 * rowStride;
        // The tile below comes next, and its rows may lie too far apart for the processor to guess.
        for (var r = 6; r < 12; r++) Prefetch(y + r * yStride, 2);
        for (var k = 0; k < columns; k++)
        {
            T x0 = T.Load(x), x1 = T.Load(x + T.Count);
            var w = T.Of(*a);
            y00 = T.Fma(w, x0, y00);
            y01 = T.Fma(w, x1, y01);
            w = T.Of(a[rowStride]);
            y10 = T.Fma(w, x0, y10);
            y11 = T.Fma(w, x1, y11);
            w = T.Of(a[2 * rowStride]);
            y20 = T.Fma(w, x0, y20);
            y21 = T.Fma(w, x1, y21);
            w = T.Of(*a3);
            y30 = T.Fma(w, x0, y30);
            y31 = T.Fma(w, x1, y31);
            w = T.Of(a3[rowStride]);
            y40 = T.Fma(w, x0, y40);
            y41 = T.Fma(w, x1, y41);
            w = T.Of(a3[2 * rowStride]);
            y50 = T.Fma(w, x0, y50);
            y51 = T.Fma(w, x1, y51);
            a += columnStride;
            a3 += columnStride;
            x += Block.Lanes;
        }
        T.Store(y00, y);
        T.Store(y01, y + T.Count);
        T.Store(y10, y + yStride);
        T.Store(y11, y + yStride + T.Count);
        T.Store(y20, y + 2 * yStride);
        T.Store(y21, y + 2 * yStride + T.Count);
        T.Store(y30, y + 3 * yStride);
        T.Store(y31, y + 3 * yStride + T.Count);
        T.Store(y40, y + 4 * yStride);
        T.Store(y41, y + 4 * yStride + T.Count);
        T.Store(y50, y + 5 * yStride);
        T.Store(y51, y + 5 * yStride + T.Count);
    }

    /// <summary>One row of two registers.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void One2(float* a, nint columnStride, float* bias, bool add, float* x, float* y, int columns)
    {
        T y00;
        T y01;
        if (add)
        {
            (y00, y01) = (T.Load(y), T.Load(y + T.Count));
        }
        else
        {
            y00 = y01 = T.Of(bias == null ? 0f : bias[0]);
        }
        for (var k = 0; k < columns; k++)
        {
            T x0 = T.Load(x), x1 = T.Load(x + T.Count);
            var w = T.Of(*a);
            y00 = T.Fma(w, x0, y00);
            y01 = T.Fma(w, x1, y01);
            a += columnStride;
            x += Block.Lanes;
        }
        T.Store(y00, y);
        T.Store(y01, y + T.Count);
    }

    /// <summary>Six rows of one register.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Six1(float* a, nint rowStride, nint columnStride, float* bias, bool add, float* x, float* y, nint yStride, int columns)
    {
        T y00, y10, y20, y30, y40, y50;
        if (add)
        {
            y00 = T.Load(y);
            y10 = T.Load(y + yStride);
            y20 = T.Load(y + 2 * yStride);
            y30 = T.Load(y + 3 * yStride);
            y40 = T.Load(y + 4 * yStride);
            y50 = T.Load(y + 5 * yStride);
        }
        else
        {
            y00 = T.Of(bias == null ? 0f : bias[0]);
            y10 = T.Of(bias == null ? 0f : bias[1]);
            y20 = T.Of(bias == null ? 0f : bias[2]);
            y30 = T.Of(bias == null ? 0f : bias[3]);
            y40 = T.Of(bias == null ? 0f : bias[4]);
            y50 = T.Of(bias == null ? 0f : bias[5]);
        }
        float* a3 = a + 3 * rowStride;
        // The tile below comes next, and its rows may lie too far apart for the processor to guess.
        for (var r = 6; r < 12; r++) Prefetch(y + r * yStride, 1);
        for (var k = 0; k < columns; k++)
        {
            T x0 = T.Load(x);
            var w = T.Of(*a);
            y00 = T.Fma(w, x0, y00);
            w = T.Of(a[rowStride]);
            y10 = T.Fma(w, x0, y10);
            w = T.Of(a[2 * rowStride]);
            y20 = T.Fma(w, x0, y20);
            w = T.Of(*a3);
            y30 = T.Fma(w, x0, y30);
            w = T.Of(a3[rowStride]);
            y40 = T.Fma(w, x0, y40);
            w = T.Of(a3[2 * rowStride]);
            y50 = T.Fma(w, x0, y50);
            a += columnStride;
            a3 += columnStride;
            x += Block.Lanes;
        }
        T.Store(y00, y);
        T.Store(y10, y + yStride);
        T.Store(y20, y + 2 * yStride);
        T.Store(y30, y + 3 * yStride);
        T.Store(y40, y + 4 * yStride);
        T.Store(y50, y + 5 * yStride);
    }

    /// <summary>One row of one register.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void One1(float* a, nint columnStride, float* bias, bool add, float* x, float* y, int columns)
    {
        T y00;
        if (add)
        {
            y00 = T.Load(y);
        }
        else
        {
            y00 = T.Of(bias == null ? 0f : bias[0]);
        }
        for (var k = 0; k < columns; k++)
        {
            T x0 = T.Load(x);
            var w = T.Of(*a);
            y00 = T.Fma(w, x0, y00);
            a += columnStride;
            x += Block.Lanes;
        }
        T.Store(y00, y);
    }

    private static void Prefetch(float* row, int registers)
    {
        for (var c = 0; c < registers * T.Count; c += 16) Sse.Prefetch0(row + c);
    }
}
