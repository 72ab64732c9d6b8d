// x = k pi/2 + r with pi/2 in three parts (Cody and Waite 1980), |r| <= pi/4; sin r = r + r^3 s(r^2), cos r = 1 - r^2 / 2 + r^4 c(r^2), s and c
// of degree 5. atan a = a + a^3 p(a^2) for a up to tan(pi/8), p of degree 11; larger ratios are turned by pi/4 first.
using System.Runtime.CompilerServices;

namespace Locus.Engine.Kernels;

public static partial class ElementaryDouble
{
    /// <summary>The largest magnitude that sine and cosine reduce: 2^30, radians.</summary>
    public const double LargestAngle = 1 << 30;

    private const double PiOver4 = 0.7853981633974483;

    /// <summary>The sine.</summary>
    /// <param name="x">Radians.</param>
    /// <returns>sin x, as <see cref="SinCos"/> gives it.</returns>
    public static double Sin(double x) => SinCos(x).Sin;

    /// <summary>The cosine.</summary>
    /// <param name="x">Radians.</param>
    /// <returns>cos x, as <see cref="SinCos"/> gives it.</returns>
    public static double Cos(double x) => SinCos(x).Cos;

    /// <summary>Sine and cosine.</summary>
    /// <param name="x">Radians.</param>
    /// <returns>
    /// Error at most 1.7 ulp for |x| up to <see cref="LargestAngle"/>; sin(+-0) = +-0. Beyond that limit the angle counts as 0 with
    /// its sign, as in <see cref="Elementary.Sin{T}"/>. NaN for infinities and NaN.
    /// </returns>
    public static unsafe (double Sin, double Cos) SinCos(double x)
    {
        double s, c;
        var (sin, cos) = SinCos(DoubleLanes1.Of(x));
        DoubleLanes1.Store(sin, &s);
        DoubleLanes1.Store(cos, &c);
        return (s, c);
    }

    /// <summary>Sine and cosine of several angles, in the bits of one alone.</summary>
    /// <param name="x">Radians.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (T Sin, T Cos) SinCos<T>(T x)
        where T : struct, IArithmeticLanes<T, double>
    {
        x = T.Select(T.LessOrEqual(T.Abs(x), T.Of(LargestAngle)), x, x * T.Of(0));
        var magnitude = T.Abs(x);
        // A sum in which a unit is the last bit rounds to whole numbers, halves to even.
        var whole = T.Of(3L << 51);
        var k = magnitude * T.Of(0.6366197723675814) + whole - whole;
        var r = T.Fma(k, T.Of(-1.5707963267948966), magnitude);
        r = T.Fma(k, T.Of(-6.123233995736766e-17), r);
        r = T.Fma(k, T.Of(1.4973849048591698e-33), r);
        var z = r * r;
        var s = T.Fma(SinTail(z), z * r, r);
        var c = T.Fma(T.Fma(CosTail(z), z, T.Of(-0.5)), z, T.Of(1));
        // The quarter turn, 0 to 3: odd ones exchange sine and cosine, the last two change the sign of the sine, the middle two that of the cosine.
        var quarter = k - T.Of(4) * T.Floor(k * T.Of(0.25));
        var odd = T.Or(T.Equal(quarter, T.Of(1)), T.Equal(quarter, T.Of(3)));
        var (sin, cos) = (T.Select(odd, c, s), T.Select(odd, s, c));
        sin = T.Select(T.Less(T.Of(1), quarter), -sin, sin);
        cos = T.Select(T.Equal(T.Abs(quarter - T.Of(1.5)), T.Of(0.5)), -cos, cos);
        return (T.Select(T.Less(T.CopySign(T.Of(1), x), T.Of(0)), -sin, sin), cos);
    }

    /// <summary>The angle of the point (x, y), from -pi to pi.</summary>
    /// <param name="y">Ordinate.</param>
    /// <param name="x">Abscissa; 1 gives the arc tangent of y.</param>
    /// <returns>Radians, error at most 2.8 ulp; signed zeros and infinities as in IEEE 754; NaN if either is NaN.</returns>
    public static double Atan2(double y, double x)
    {
        if (double.IsNaN(x) || double.IsNaN(y)) return double.NaN;
        var (ordinate, abscissa) = (Math.Abs(y), Math.Abs(x));
        var (smaller, larger) = (Math.Min(ordinate, abscissa), Math.Max(ordinate, abscissa));
        // Equal magnitudes apart: they may be infinite, or the origin.
        var angle = smaller != larger ? AtanOfRatio(smaller, larger) : larger == 0 ? 0 : PiOver4;
        var left = double.IsNegative(x);
        if (ordinate > abscissa) angle = 1.5707963267948966 + ((left ? angle : -angle) + 6.123233995736766e-17);
        else if (left) angle = 3.141592653589793 - (angle - 1.2246467991473532e-16);
        return Math.CopySign(angle, y);
    }

    /// <summary>atan(smaller / larger) for 0 &lt;= smaller &lt; larger.</summary>
    private static double AtanOfRatio(double smaller, double larger)
    {
        // atan a = pi/4 + atan((a - 1) / (a + 1)), with the ratio itself left out; halves keep the sum finite.
        var turned = smaller > 0.41421356237309503 * larger;
        if (turned && larger > 1) (smaller, larger) = (smaller * 0.5, larger * 0.5);
        var ratio = turned ? (smaller - larger) / (smaller + larger) : smaller / larger;
        var z = ratio * ratio;
        var angle = Fma(AtanTail(z), z * ratio, ratio);
        return turned ? PiOver4 + (angle + 3.061616997868383e-17) : angle;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SinTail<T>(T z)
        where T : struct, IArithmeticLanes<T, double>
    {
        var p = T.Of(1.5889652088104222e-10);
        p = T.Fma(p, z, T.Of(-2.505063534427341e-8));
        p = T.Fma(p, z, T.Of(2.755731291177273e-6));
        p = T.Fma(p, z, T.Of(-0.0001984126982757356));
        p = T.Fma(p, z, T.Of(0.008333333333319645));
        p = T.Fma(p, z, T.Of(-0.1666666666666662));
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T CosTail<T>(T z)
        where T : struct, IArithmeticLanes<T, double>
    {
        var p = T.Of(-1.135396771422843e-11);
        p = T.Fma(p, z, T.Of(2.087561285521114e-9));
        p = T.Fma(p, z, T.Of(-2.7557313534656736e-7));
        p = T.Fma(p, z, T.Of(2.4801587286632603e-5));
        p = T.Fma(p, z, T.Of(-0.0013888888888869528));
        p = T.Fma(p, z, T.Of(0.041666666666666574));
        return p;
    }

    private static double AtanTail(double z)
    {
        var p = 0.015166803495693106;
        p = Fma(p, z, -0.03344597521820778);
        p = Fma(p, z, 0.04502299107917385);
        p = Fma(p, z, -0.05218089565770765);
        p = Fma(p, z, 0.05876971626505512);
        p = Fma(p, z, -0.0666622149010053);
        p = Fma(p, z, 0.07692282391115182);
        p = Fma(p, z, -0.09090908127737056);
        p = Fma(p, z, 0.11111111087695749);
        p = Fma(p, z, -0.14285714285379975);
        p = Fma(p, z, 0.19999999999997603);
        p = Fma(p, z, -0.33333333333333326);
        return p;
    }
}
