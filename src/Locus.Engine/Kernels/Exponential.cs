// exp x = 2^k exp r with k = round(x / log 2), r = x - k log 2 in two parts (Cody and Waite 1980), |r| <= log(2) / 2, and
// exp r = 1 + r + r^2 q(r) with q of degree 4, fitted by weighted least squares until the largest relative error was even (2^-28).
using System.Runtime.CompilerServices;

namespace Locus.Engine.Kernels;

/// <summary>
/// Elementary functions as formulas over lanes, written once for 16, 8 and 1 lanes. They use correctly rounded operations
/// only, no tables and no library functions, so the same argument gives the same bits on every width and machine (the payload of
/// a NaN excepted). Errors are stated in ulp, the distance between neighbouring floats at the exact value.
/// </summary>
public static partial class Elementary
{
    // Adding 1.5 2^23 rounds to an integer and leaves that integer in the low bits, ready to be shifted into an exponent.
    private const float Rounder = 12582912f;
    private const int OneBits = 0x3F800000;
    private const float Log2E = 1.442695f;
    private const float Ln2High = 0.6931472f;
    private const float Ln2Low = -1.9046542e-9f;

    /// <summary>The exponential.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="x">Any float.</param>
    /// <returns>
    /// exp x, error at most 1.1 ulp, denormal results included. From 88.72284 on infinity; from -103.97209 down zero; exp(+-0) = 1;
    /// NaN for NaN.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        x = Clamp(x, -104f, 89f);
        var mantissa = ExpMantissa(x, out var shifted);
        // 2^k in two factors: k reaches from -150 to 128, further than one exponent does.
        var k = shifted - T.Of(Rounder);
        var half = T.Floor(k * T.Of(0.5f));
        return mantissa * PowerOfTwo(half + T.Of(Rounder)) * PowerOfTwo(k - half + T.Of(Rounder));
    }

    /// <summary>The logistic function 1 / (1 + exp(-x)).</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="x">Any float.</param>
    /// <returns>
    /// Error at most 2.5 ulp for x >= -87; below, the value at -87 (1.6e-38), so it is never 0. 1 from 16.64 on; NaN for NaN.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x)
        where T : struct, ILanes<T> => SigmoidOfClamped(Clamp(x, -87f, 87f), out _);

    /// <summary><see cref="Sigmoid{T}"/> for |x| at most 87, or NaN, and 1 minus it without cancellation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T SigmoidOfClamped<T>(T x, out T complement)
        where T : struct, ILanes<T>
    {
        var e = ExpOfModerate(-x);
        var sigmoid = T.Of(1f) / (T.Of(1f) + e);
        complement = e * sigmoid;
        return sigmoid;
    }

    /// <summary>The bits of <see cref="Exp{T}"/> for |x| at most 87, or NaN, at half the price.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ExpOfModerate<T>(T x)
        where T : struct, ILanes<T>
    {
        var mantissa = ExpMantissa(x, out var shifted);
        return mantissa * PowerOfTwo(shifted);
    }

    /// <summary>x within [lower, upper]; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Clamp<T>(T x, float lower, float upper)
        where T : struct, ILanes<T>
    {
        x = T.AtLeast(T.Of(lower), x);
        return T.AtMost(T.Of(upper), x);
    }

    /// <summary>exp x / 2^k, in [0.70, 1.42], and Rounder + k; |x| at most 2^20.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ExpMantissa<T>(T x, out T shifted)
        where T : struct, ILanes<T>
    {
        shifted = T.Fma(x, T.Of(Log2E), T.Of(Rounder));
        var k = shifted - T.Of(Rounder);
        var r = T.Fma(k, T.Of(-Ln2High), x);
        r = T.Fma(k, T.Of(-Ln2Low), r);
        var q = T.Fma(T.Of(0.0013820138f), r, T.Of(0.008368686f));
        q = T.Fma(q, r, T.Of(0.041668274f));
        q = T.Fma(q, r, T.Of(0.16666521f));
        q = T.Fma(q, r, T.Of(0.49999994f));
        return T.Fma(q, r * r, r) + T.Of(1f);
    }

    /// <summary>2^k of Rounder + k, k from -126 to 127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T PowerOfTwo<T>(T shifted)
        where T : struct, ILanes<T> => T.AddBits(T.ShiftLeft(shifted, 23), T.OfBits(OneBits));
}
