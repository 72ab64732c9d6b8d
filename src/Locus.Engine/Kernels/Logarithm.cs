// log x = e log 2 + log(1 + f) with x = 2^e (1 + f), 1 + f in [sqrt(1/2), sqrt 2), and log(1 + f) = f - f^2 / 2 + f^3 p(f) with
// p of degree 7, fitted by weighted least squares until the largest relative error was even (2^-27).
using System.Runtime.CompilerServices;

namespace Locus.Engine.Kernels;

public static partial class Elementary
{
    private const int MantissaMask = 0x007FFFFF;
    private const int SqrtHalfBits = 0x3F3504F3;
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>The natural logarithm.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="x">Any float.</param>
    /// <returns>
    /// log x, error at most 1 ulp, denormal arguments included. log(+-0) = -infinity; NaN below 0 and for NaN;
    /// log(infinity) = infinity.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : struct, ILanes<T>
    {
        var denormal = T.Less(x, T.Of(SmallestNormal));
        var value = LogOfNormal(T.Select(denormal, x * T.Of(1 << 23), x), T.Select(denormal, T.Of(-23f), T.Of(0f)));
        var atZero = T.Select(T.Equal(x, T.Of(0f)), T.Of(float.NegativeInfinity), T.Of(float.NaN));
        var finite = T.And(T.Less(T.Of(0f), x), T.Less(x, T.Of(float.PositiveInfinity)));
        return T.Select(finite, value, T.Select(T.Equal(x, T.Of(float.PositiveInfinity)), x, atZero));
    }

    /// <summary>log x + exponent log 2 for positive, finite x that is not denormal, and an integer exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T LogOfNormal<T>(T x, T exponent)
        where T : struct, ILanes<T>
    {
        // Moving sqrt(1/2) to a power of two lets the exponent field count from there.
        var bits = T.AddBits(x, T.OfBits(OneBits - SqrtHalfBits));
        exponent += T.FromInteger(T.AddBits(T.ShiftRight(bits, 23), T.OfBits(-127)));
        var f = T.AddBits(T.And(bits, T.OfBits(MantissaMask)), T.OfBits(SqrtHalfBits)) - T.Of(1f);
        var p = T.Fma(T.Of(-0.07636362f), f, T.Of(0.12762183f));
        p = T.Fma(p, f, T.Of(-0.13159616f));
        p = T.Fma(p, f, T.Of(0.14201583f));
        p = T.Fma(p, f, T.Of(-0.16623409f));
        p = T.Fma(p, f, T.Of(0.20001242f));
        p = T.Fma(p, f, T.Of(-0.2500082f));
        p = T.Fma(p, f, T.Of(0.3333333f));
        p = T.Fma(p, f, T.Of(-0.5f));
        var tail = T.Fma(p, f * f, exponent * T.Of(Ln2Low));
        return T.Fma(exponent, T.Of(Ln2High), f + tail);
    }
}
