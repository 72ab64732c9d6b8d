// atan a = a + a^3 p(a^2) for a = min(|y|, |x|) / max(|y|, |x|) in [0, 1], p of degree 8, fitted by weighted least squares until the
// largest relative error was even (2^-28) and one coefficient moved by an ulp, so that 45 degrees are correctly rounded; the rest is
// reflection.
using System.Runtime.CompilerServices;

namespace Locus.Engine.Kernels;

public static partial class Elementary
{
    /// <summary>The angle of the point (x, y), from -pi to pi.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="y">Ordinate.</param>
    /// <param name="x">Abscissa; 1 gives the arc tangent of y.</param>
    /// <returns>
    /// Radians, error at most 2 ulp. Signed zeros and infinities as in IEEE 754: atan2(+-0, +0 or positive) = +-0,
    /// atan2(+-0, -0 or negative) = +-pi, atan2(+-infinity, infinity) = +-pi/4 and so on. NaN if either is NaN.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Atan2<T>(T y, T x)
        where T : struct, ILanes<T>
    {
        var (ordinate, abscissa) = (T.Abs(y), T.Abs(x));
        var steep = T.Less(abscissa, ordinate);
        var smaller = T.Select(steep, abscissa, ordinate);
        var larger = T.Select(steep, ordinate, abscissa);
        // Equal magnitudes: 1, also where both are infinite; 0 at the origin.
        var ratio = T.Select(T.Equal(smaller, larger), T.Select(T.Equal(larger, T.Of(0f)), larger, T.Of(1f)), smaller / larger);

        var z = ratio * ratio;
        var p = T.Fma(T.Of(-0.0017870689f), z, T.Of(0.010885485f));
        p = T.Fma(p, z, T.Of(-0.03112406f));
        p = T.Fma(p, z, T.Of(0.057904202f));
        p = T.Fma(p, z, T.Of(-0.08400377f));
        p = T.Fma(p, z, T.Of(0.109511554f));
        p = T.Fma(p, z, T.Of(-0.1426405f));
        p = T.Fma(p, z, T.Of(0.19998531f));
        p = T.Fma(p, z, T.Of(-0.333333f));
        var angle = T.Fma(p, z * ratio, ratio);

        // steep: pi/2 -+ angle; left: pi - angle. The factor gives what pi/2 and pi lose when they are rounded.
        var left = T.Less(T.CopySign(T.Of(1f), x), T.Of(0f));
        var start = T.Select(steep, T.Of(1.5707964f), T.Select(left, T.Of(3.1415927f), T.Of(0f)));
        var signed = T.Xor(angle, T.And(T.Xor(steep, x), T.OfBits(SignBit)));
        angle = start + T.Fma(start, T.Of(-2.7827534e-8f), signed);
        return T.CopySign(angle, y);
    }
}
