using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>Sums and products of two blocks of the same size, value by value.</summary>
public static class Elementwise
{
    /// <summary>X = X + Y.</summary>
    /// <param name="x">[R][64], overwritten.</param>
    /// <param name="y">[R][64].</param>
    public static void Add(Block x, Block y)
    {
        Check(x, y);
        if (Avx512F.IsSupported) Add<Lanes16>(x, y);
        else if (Avx2.IsSupported) Add<Lanes8>(x, y);
        else Add<Lanes1>(x, y);
    }

    /// <summary>Z = a Z + b X: a step from z toward x. With a = 0 and b = 1 the result is X to the last bit.</summary>
    /// <param name="a">Factor of Z.</param>
    /// <param name="z">[R][64], overwritten.</param>
    /// <param name="b">Factor of X.</param>
    /// <param name="x">[R][64].</param>
    public static void Combine(float a, Block z, float b, Block x)
    {
        Check(z, x);
        if (Avx512F.IsSupported) Combine<Lanes16>(a, z, b, x);
        else if (Avx2.IsSupported) Combine<Lanes8>(a, z, b, x);
        else Combine<Lanes1>(a, z, b, x);
    }

    /// <summary>X = a X.</summary>
    /// <param name="a">Factor.</param>
    /// <param name="x">[R][64], overwritten.</param>
    public static void Scale(float a, Block x) => Combine(a, x, 0, x);

    /// <summary>The sum of X Y over all values, in double precision, in one order.</summary>
    /// <param name="x">[R][64].</param>
    /// <param name="y">[R][64].</param>
    public static double Inner(Block x, Block y)
    {
        Check(x, y);
        Span<float> a = x.Values, b = y.Values;
        double even = 0, odd = 0;
        for (var i = 0; i < a.Length; i += 2)
        {
            even += (double)a[i] * b[i];
            odd += (double)a[i + 1] * b[i + 1];
        }
        return even + odd;
    }

    /// <summary>The sum of all values, in double precision, in one order.</summary>
    /// <param name="x">[R][64].</param>
    public static double Sum(Block x)
    {
        double even = 0, odd = 0;
        var values = x.Values;
        for (var i = 0; i < values.Length; i += 2)
        {
            even += values[i];
            odd += values[i + 1];
        }
        return even + odd;
    }

    /// <summary>X_r = X_r + b_r: a number for each row.</summary>
    /// <param name="x">X [R][64], overwritten.</param>
    /// <param name="bias">b [R].</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static void AddToRows(Block x, ReadOnlySpan<float> bias)
    {
        if (bias.Length != x.Rows) throw new ArgumentException($"{bias.Length} numbers for {x.Rows} rows", nameof(bias));
        if (Avx512F.IsSupported) AddToRows<Lanes16>(x, bias);
        else if (Avx2.IsSupported) AddToRows<Lanes8>(x, bias);
        else AddToRows<Lanes1>(x, bias);
    }

    /// <summary>Cuts each value of X to +-limit; NaN stays.</summary>
    /// <param name="limit">Above 0.</param>
    /// <param name="x">[R][64], overwritten.</param>
    public static void Clamp(float limit, Block x)
    {
        if (Avx512F.IsSupported) Clamp<Lanes16>(limit, x);
        else if (Avx2.IsSupported) Clamp<Lanes8>(limit, x);
        else Clamp<Lanes1>(limit, x);
    }

    /// <summary>Turns a derivative by cut values into one by what was cut: 0 where X is at the limit.</summary>
    /// <param name="limit">Above 0.</param>
    /// <param name="x">What <see cref="Clamp"/> left [R][64].</param>
    /// <param name="gradient">[R][64], overwritten.</param>
    public static void ClampBack(float limit, Block x, Block gradient)
    {
        Check(x, gradient);
        if (Avx512F.IsSupported) ClampBack<Lanes16>(limit, x, gradient);
        else if (Avx2.IsSupported) ClampBack<Lanes8>(limit, x, gradient);
        else ClampBack<Lanes1>(limit, x, gradient);
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void AddToRows<T>(Block x, ReadOnlySpan<float> bias)
        where T : struct, ILanes<T>
    {
        fixed (float* px = x)
        {
            for (var r = 0; r < bias.Length; r++)
            {
                var b = T.Of(bias[r]);
                for (var i = r * Block.Lanes; i < (r + 1) * Block.Lanes; i += T.Count) T.Store(T.Load(px + i) + b, px + i);
            }
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Clamp<T>(float limit, Block x)
        where T : struct, ILanes<T>
    {
        T upper = T.Of(limit), lower = T.Of(-limit);
        fixed (float* px = x)
        {
            for (var i = 0; i < x.Rows * Block.Lanes; i += T.Count) T.Store(T.AtLeast(lower, T.AtMost(upper, T.Load(px + i))), px + i);
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void ClampBack<T>(float limit, Block x, Block gradient)
        where T : struct, ILanes<T>
    {
        T upper = T.Of(limit), nothing = T.Of(0);
        fixed (float* px = x, pg = gradient)
        {
            for (var i = 0; i < x.Rows * Block.Lanes; i += T.Count) T.Store(T.Select(T.Less(T.Abs(T.Load(px + i)), upper), T.Load(pg + i), nothing), pg + i);
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Add<T>(Block x, Block y)
        where T : struct, ILanes<T>
    {
        fixed (float* px = x, py = y)
        {
            for (var i = 0; i < x.Rows * Block.Lanes; i += T.Count) T.Store(T.Load(px + i) + T.Load(py + i), px + i);
        }
    }

    /// <summary>X = X Y, value by value.</summary>
    /// <param name="x">[count], overwritten.</param>
    /// <param name="y">[count].</param>
    /// <param name="count">A multiple of 64.</param>
    internal static unsafe void Multiply(float* x, float* y, int count)
    {
        if (Avx512F.IsSupported) Multiply<Lanes16>(x, y, count);
        else if (Avx2.IsSupported) Multiply<Lanes8>(x, y, count);
        else Multiply<Lanes1>(x, y, count);
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Multiply<T>(float* x, float* y, int count)
        where T : struct, ILanes<T>
    {
        for (var i = 0; i < count; i += T.Count) T.Store(T.Load(x + i) * T.Load(y + i), x + i);
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Combine<T>(float a, Block z, float b, Block x)
        where T : struct, ILanes<T>
    {
        T fa = T.Of(a), fb = T.Of(b);
        fixed (float* pz = z, px = x)
        {
            for (var i = 0; i < z.Rows * Block.Lanes; i += T.Count) T.Store(T.Fma(fb, T.Load(px + i), fa * T.Load(pz + i)), pz + i);
        }
    }

    private static void Check(Block x, Block y)
    {
        if (x.Rows != y.Rows) throw new ArgumentException($"blocks of {x.Rows} and {y.Rows} rows do not fit");
    }
}
