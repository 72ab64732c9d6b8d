namespace Locus.Engine.Tests.Intervals;

/// <summary>Elementary functions to more than 200 bits, by series and by their addition theorems; nothing clever.</summary>
internal static class BigFunctions
{
    private static readonly Big Ln2 = 2 * Series((Big)1 / 3, (Big)1 / 9, n => (Big)(2 * n - 1) / (2 * n + 1));

    /// <summary>Machin: pi = 16 atan(1/5) - 4 atan(1/239).</summary>
    public static readonly Big Pi = 16 * SmallAtan((Big)1 / 5) - 4 * SmallAtan((Big)1 / 239);

    private static readonly Big TwoOverRootPi = 2 / Big.Sqrt(Pi);

    public static Big Exp(Big x)
    {
        var k = Big.Floor(x / Ln2);
        // exp r = (exp r/256)^256.
        var power = Series(1, Big.Scale(x - k * Ln2, -8), n => (Big)1 / n);
        for (var i = 0; i < 8; i++) power = Big.Truncate(power * power);
        return Big.Scale(power, (int)(double)k);
    }

    /// <summary>Halley's step for exp y = x triples the digits that System.Math gives.</summary>
    public static Big Log(Big x)
    {
        var exponent = Math.ILogB((double)x);
        x = Big.Scale(x, -exponent);
        Big y = Math.Log((double)x);
        for (var i = 0; i < 3; i++)
        {
            var e = Exp(y);
            y += 2 * (x - e) / (x + e);
        }
        return y + exponent * Ln2;
    }

    public static Big Sin(Big x) => Turned(x, 0);

    public static Big Cos(Big x) => Turned(x, 1);

    public static Big Tan(Big x) => Sin(x) / Cos(x);

    public static Big Atan(Big x)
    {
        if (Big.Abs(x) < 1e-20) return SmallAtan(x);
        if (Big.Abs(x) > 1) return (x.IsNegative ? -Pi : Pi) / 2 - Atan(1 / x);
        // atan x = y + atan((x - tan y) / (1 + x tan y)), where y is good to 16 digits.
        Big y = Math.Atan((double)x);
        var tan = Tan(y);
        return y + SmallAtan((x - tan) / (1 + x * tan));
    }

    public static Big Atan2(Big y, Big x)
    {
        if (x.IsZero) return y.IsZero ? 0 : (y.IsNegative ? -Pi : Pi) / 2;
        return Atan(y / x) + (!x.IsNegative ? 0 : y.IsNegative ? -Pi : Pi);
    }

    public static Big Asin(Big x) => Atan2(x, Big.Sqrt((1 - x) * (1 + x)));

    public static Big Acos(Big x) => Atan2(Big.Sqrt((1 - x) * (1 + x)), x);

    public static Big Sinh(Big x)
    {
        if (Big.Abs(x) < 0.5) return x * Series(1, x * x, n => (Big)1 / ((2 * n) * (2 * n + 1)));
        return (Exp(x) - Exp(-x)) / 2;
    }

    public static Big Cosh(Big x) => (Exp(x) + Exp(-x)) / 2;

    public static Big Tanh(Big x) => Sinh(x) / Cosh(x);

    /// <summary>2 / sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (2n+1)!!, all of one sign.</summary>
    public static Big Erf(Big x) => TwoOverRootPi * Exp(-(x * x)) * x * Series(1, x * x, n => (Big)2 / (2 * n + 1));

    public static Big Power(Big a, Big b) => Exp(b * Log(a));

    /// <summary>first (1 + z f(1) (1 + z f(2) (1 + ...))).</summary>
    private static Big Series(Big first, Big z, Func<int, Big> factor)
    {
        z = Big.Truncate(z);
        var (sum, term) = (first, first);
        for (var n = 1; Big.Abs(term) > Big.Scale(Big.Abs(sum), -260) && n < 2000; n++)
        {
            term = Big.Truncate(term * z * factor(n));
            sum = Big.Truncate(sum + term);
        }
        return sum;
    }

    private static Big SmallAtan(Big x) => x * Series(1, -(x * x), n => (Big)(2 * n - 1) / (2 * n + 1));

    private static Big Turned(Big x, int quarter)
    {
        var k = Big.Floor(2 * x / Pi + 0.5);
        var r = x - k * Pi / 2;
        var square = -(r * r);
        return ((Big.Quarter(k) + quarter) & 3) switch
        {
            0 => r * Series(1, square, n => (Big)1 / ((2 * n) * (2 * n + 1))),
            1 => Series(1, square, n => (Big)1 / ((2 * n - 1) * (2 * n))),
            2 => -(r * Series(1, square, n => (Big)1 / ((2 * n) * (2 * n + 1)))),
            _ => -Series(1, square, n => (Big)1 / ((2 * n - 1) * (2 * n))),
        };
    }
}
