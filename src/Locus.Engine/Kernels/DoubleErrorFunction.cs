// erf x = x + x p(x^2) for |x| < 1, p of degree 12; beyond, erf |x| = 1 - exp(-|x| q(t)), t = (|x| - 3.5) / 2.5, q of degree 17.
namespace Locus.Engine.Kernels;

public static partial class ElementaryDouble
{
    /// <summary>The error function 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>erf x, error at most 2 ulp; +-1 from magnitude 5.93 on; erf(+-0) = +-0; NaN for NaN.</returns>
    public static double Erf(double x)
    {
        var magnitude = Math.Abs(x);
        return magnitude < 1 ? Fma(ErfTail(x * x), x, x)
            : magnitude < 6 ? Math.CopySign(1 - Exp(-(magnitude * ErfExponent((magnitude - 3.5) * 0.4))), x)
            : double.IsNaN(x) ? x : Math.CopySign(1, x);
    }

    private static double ErfTail(double z)
    {
        var p = 5.942536223964329e-11;
        p = Fma(p, z, -1.136408908593475e-9);
        p = Fma(p, z, 1.4657481247371773e-8);
        p = Fma(p, z, -1.6349967428210222e-7);
        p = Fma(p, z, 1.6460967511244988e-6);
        p = Fma(p, z, -1.4925593185717245e-5);
        p = Fma(p, z, 0.00012055331023954511);
        p = Fma(p, z, -0.0008548326978399428);
        p = Fma(p, z, 0.005223977624775125);
        p = Fma(p, z, -0.026866170645072327);
        p = Fma(p, z, 0.11283791670954854);
        p = Fma(p, z, -0.3761263890318375);
        p = Fma(p, z, 0.1283791670955126);
        return p;
    }

    private static double ErfExponent(double t)
    {
        var p = -8.812167633938136e-6;
        p = Fma(p, t, -5.3140674429271026e-5);
        p = Fma(p, t, -0.00014421995524224507);
        p = Fma(p, t, -0.00023311642851749832);
        p = Fma(p, t, -0.0002243665516370128);
        p = Fma(p, t, -0.00013611867905534897);
        p = Fma(p, t, -1.0143991403110901e-5);
        p = Fma(p, t, 1.9814091743574797e-5);
        p = Fma(p, t, -3.321986192575519e-6);
        p = Fma(p, t, 0.0001671337580365053);
        p = Fma(p, t, -0.0005808206868165586);
        p = Fma(p, t, 0.001762493977482091);
        p = Fma(p, t, -0.004850027821925325);
        p = Fma(p, t, 0.01254356059149855);
        p = Fma(p, t, -0.031212374903780146);
        p = Fma(p, t, 0.07635769202317749);
        p = Fma(p, t, 2.3099818688336056);
        p = Fma(p, t, 4.032124972042287);
        return p;
    }
}
