// exp x = 2^k exp r with r = x - k log 2 in two parts, |r| <= log(2) / 2, exp r = 1 + r + r^2 q(r), q of degree 10.
// log x = e log 2 + log(1 + f), 1 + f in [sqrt(1/2), sqrt 2), and with s = f / (2 + f): log(1 + f) = 2 atanh s
// = f - f^2 / 2 + s (f^2 / 2 + s^2 p(s^2)), p of degree 6. tanh x = x + x^3 p(x^2) below 0.55, p of degree 10, 1 - 2 / (exp 2x + 1) above.
namespace Locus.Engine.Kernels;

/// <summary>
/// Elementary functions in double precision, plain and one at a time, from correctly rounded operations only: the same argument
/// gives the same bits on every machine, which System.Math does not promise. Errors are stated in ulp.
/// </summary>
public static partial class ElementaryDouble
{
    private const double Ln2High = 0.6931471805599453;
    private const double Ln2Low = 2.3190468138462996e-17;

    /// <summary>The exponential.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>exp x, error at most 1.1 ulp, denormal results included; infinity above 709.79, 0 below -745.14; NaN for NaN.</returns>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        x = Math.Clamp(x, -750, 710);
        var k = Math.Round(x * 1.4426950408889634);
        var r = Fma(k, -Ln2Low, Fma(k, -Ln2High, x));
        var p = 2.082652708271764e-9;
        p = Fma(p, r, 2.511214473045133e-8);
        p = Fma(p, r, 2.755758282674274e-7);
        p = Fma(p, r, 2.7557234557955873e-6);
        p = Fma(p, r, 2.4801586924565625e-5);
        p = Fma(p, r, 0.00019841269896681975);
        p = Fma(p, r, 0.0013888888889117287);
        p = Fma(p, r, 0.008333333333316916);
        p = Fma(p, r, 0.04166666666666609);
        p = Fma(p, r, 0.16666666666666682);
        p = Fma(p, r, 0.5);
        // 2^k in two factors: k reaches from -1082 to 1024, further than one exponent does.
        var half = (int)k >> 1;
        return (1 + Fma(p, r * r, r)) * PowerOfTwo(half) * PowerOfTwo((int)k - half);
    }

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>log x, error at most 1.1 ulp, denormal arguments included; -infinity at +-0; NaN below 0 and for NaN.</returns>
    public static double Log(double x)
    {
        if (x == 0) return double.NegativeInfinity;
        if (!(x > 0)) return double.NaN;
        if (double.IsPositiveInfinity(x)) return x;
        var e = 0L;
        if (!double.IsNormal(x)) (x, e) = (x * (1L << 54), -54L);
        // Moving sqrt(1/2) to a power of two lets the exponent field count from there.
        const long one = 0x3FF0_0000_0000_0000, sqrtHalf = 0x3FE6_A09E_667F_3BCD;
        var bits = BitConverter.DoubleToInt64Bits(x) + (one - sqrtHalf);
        e += (bits >> 52) - 1023;
        var f = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) + sqrtHalf) - 1;
        var s = f / (2 + f);
        var z = s * s;
        var p = 0.14795478370656154;
        p = Fma(p, z, 0.15314098481469404);
        p = Fma(p, z, 0.1818356242063968);
        p = Fma(p, z, 0.22222198610442132);
        p = Fma(p, z, 0.28571428742019433);
        p = Fma(p, z, 0.3999999999941635);
        p = Fma(p, z, 0.6666666666666734);
        var square = 0.5 * f * f;
        var tail = Fma(s, Fma(p, z, square), e * Ln2Low) - square;
        return Fma(e, Ln2High, f + tail);
    }

    /// <summary>The hyperbolic tangent.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>tanh x, error at most 1.5 ulp; +-1 from magnitude 19.1 on; tanh(+-0) = +-0; NaN for NaN.</returns>
    public static double Tanh(double x)
    {
        var magnitude = Math.Abs(x);
        if (!(magnitude < 0.55)) return Math.CopySign(1 - 2 / (Exp(2 * magnitude) + 1), x);
        var z = x * x;
        var p = -1.902149352995462e-5;
        p = Fma(p, z, 8.255447321916846e-5);
        p = Fma(p, z, -0.0002328533997747787);
        p = Fma(p, z, 0.0005882383819714745);
        p = Fma(p, z, -0.0014554931373386545);
        p = Fma(p, z, 0.003592084374675968);
        p = Fma(p, z, -0.008863231850256515);
        p = Fma(p, z, 0.021869488340440637);
        p = Fma(p, z, -0.05396825396218968);
        p = Fma(p, z, 0.13333333333323943);
        p = Fma(p, z, -0.3333333333333328);
        return Math.CopySign(Fma(p, z * x, x), x);
    }

    private static double Fma(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    private static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((k + 1023L) << 52);
}
