// x = k pi/2 + r with pi/2 in three parts (Cody and Waite 1980), |r| <= 0.84; sin r = r + r^3 s(r^2), cos r = 1 - r^2 / 2 + r^4 c(r^2),
// s and c of degree 2, fitted by weighted least squares until the largest relative errors were even (2^-27 and 2^-32).
using System.Runtime.CompilerServices;

namespace Locus.Engine.Kernels;

public static partial class Elementary
{
    /// <summary>The largest magnitude that <see cref="Sin{T}"/> and <see cref="Cos{T}"/> reduce: 2^20, radians.</summary>
    public const float LargestAngle = 1 << 20;

    private const int SignBit = int.MinValue;

    /// <summary>The sine.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="x">Radians.</param>
    /// <returns>
    /// sin x, error at most 1.7 ulp for |x| up to <see cref="LargestAngle"/>; sin(+-0) = +-0. Beyond that limit neighbouring floats
    /// are a sixteenth of a radian and more apart: the angle counts as 0 with its sign. NaN for infinities and NaN.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sin<T>(T x)
        where T : struct, ILanes<T>
    {
        SinCos(x, out var sin, out _);
        return sin;
    }

    /// <summary>The cosine.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="x">Radians.</param>
    /// <returns>
    /// cos x, error at most 1.7 ulp for |x| up to <see cref="LargestAngle"/>; beyond, the angle counts as 0 (see
    /// <see cref="Sin{T}"/>). NaN for infinities and NaN.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Cos<T>(T x)
        where T : struct, ILanes<T>
    {
        SinCos(x, out _, out var cos);
        return cos;
    }

    /// <summary>Sine and cosine at little more than the price of one: the bits of <see cref="Sin{T}"/> and <see cref="Cos{T}"/>.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="x">Radians.</param>
    /// <param name="sin">sin x.</param>
    /// <param name="cos">cos x.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos<T>(T x, out T sin, out T cos)
        where T : struct, ILanes<T>
    {
        // x 0 is 0 beyond the limit and NaN at infinity.
        x = T.Select(T.Less(T.Of(LargestAngle), T.Abs(x)), x * T.Of(0f), x);
        var magnitude = T.Abs(x);
        var shifted = T.Fma(magnitude, T.Of(0.63661975f), T.Of(Rounder));
        var k = shifted - T.Of(Rounder);
        // The first sum is exact, the second is rounded to the size of what remains, and the third cannot cancel that: no float up
        // to the limit lies closer than 2^-28 to a multiple of pi/2, and the third product stays below 2^-29.
        var r = T.Fma(k, T.Of(-1.5707964f), magnitude);
        r = T.Fma(k, T.Of(4.371139e-8f), r);
        r = T.Fma(k, T.Of(1.7151245e-15f), r);
        SinCosOfQuadrant(r, shifted, out sin, out cos);
        sin = T.Xor(sin, T.And(x, T.OfBits(SignBit)));
    }

    /// <summary>sin(2 pi u) and cos(2 pi u); the reduction is exact, so whole and quarter turns give 0 and +-1.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="u">Turns, magnitude at most 2^20.</param>
    /// <param name="sin">sin(2 pi u), error at most 2 ulp.</param>
    /// <param name="cos">cos(2 pi u), error at most 2 ulp.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCosOfTurns<T>(T u, out T sin, out T cos)
        where T : struct, ILanes<T>
    {
        var shifted = T.Fma(u, T.Of(4f), T.Of(Rounder));
        var r = T.Fma(shifted - T.Of(Rounder), T.Of(-0.25f), u) * T.Of(6.2831855f);
        SinCosOfQuadrant(r, shifted, out sin, out cos);
    }

    /// <summary>sin and cos of r + k pi/2, |r| at most 0.84, of r and Rounder + k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SinCosOfQuadrant<T>(T r, T shifted, out T sin, out T cos)
        where T : struct, ILanes<T>
    {
        var z = r * r;
        var s = T.Fma(T.Of(-0.00019463513f), z, T.Of(0.008331755f));
        s = T.Fma(s, z, T.Of(-0.16666648f));
        s = T.Fma(s, z * r, r);
        var c = T.Fma(T.Of(2.4377154e-5f), z, T.Of(-0.0013886797f));
        c = T.Fma(c, z, T.Of(0.041666634f));
        c = T.Fma(c, z, T.Of(-0.5f));
        c = T.Fma(c, z, T.Of(1f));
        // The low bits of the shifted value are k: its last bit swaps sine and cosine, the one before turns the signs.
        var even = T.AddBits(T.And(shifted, T.OfBits(1)), T.OfBits(-1));
        sin = T.Xor(T.Select(even, s, c), T.ShiftLeft(T.And(shifted, T.OfBits(2)), 30));
        cos = T.Xor(T.Select(even, c, s), T.ShiftLeft(T.And(T.AddBits(shifted, T.OfBits(1)), T.OfBits(2)), 30));
    }
}
