// tanh x = x + x^3 p(x^2) for |x| < 0.55, p of degree 4, fitted by weighted least squares until the largest relative error was even
// (2^-29); beyond, tanh |x| = 1 - 2 / (exp(2 |x|) + 1).
using System.Runtime.CompilerServices;

namespace Locus.Engine.Kernels;

public static partial class Elementary
{
    /// <summary>The hyperbolic tangent.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="x">Any float.</param>
    /// <returns>tanh x, error at most 1.5 ulp; +-1 from magnitude 9.02 on, infinities included; tanh(+-0) = +-0; NaN for NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, ILanes<T>
    {
        var z = x * x;
        var p = T.Fma(T.Of(-0.006169778f), z, T.Of(0.021000449f));
        p = T.Fma(p, z, T.Of(-0.053835765f));
        p = T.Fma(p, z, T.Of(0.13332437f));
        p = T.Fma(p, z, T.Of(-0.33333313f));
        var near = T.Fma(p, z * x, x);

        var magnitude = T.Abs(x);
        magnitude = T.AtMost(T.Of(9.1f), magnitude);
        var mantissa = ExpMantissa(magnitude + magnitude, out var shifted);
        var far = T.Of(1f) - T.Of(2f) / T.Fma(mantissa, PowerOfTwo(shifted), T.Of(1f));
        return T.CopySign(T.Select(T.Less(magnitude, T.Of(0.55f)), near, far), x);
    }
}
