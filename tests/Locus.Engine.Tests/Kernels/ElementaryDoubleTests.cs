using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Kernels;

public sealed class ElementaryDoubleTests
{
    private const int Count = 200_000;
    private const double Inf = double.PositiveInfinity;

    // System.Math is itself up to 1 ulp off, which the thresholds below allow on top of the stated bounds.
    [Fact]
    public void Exp_agrees_with_the_system() => Agree("exp", 2.1, ElementaryDouble.Exp, Math.Exp, Range(-745, 709), Range(-1, 1));

    [Fact]
    public void Log_agrees_with_the_system() =>
        Agree("log", 2.1, ElementaryDouble.Log, Math.Log, Range(0.5, 2), i => Math.Exp(Range(-744, 709)(i)));

    [Fact]
    public void Sin_and_cos_agree_with_the_system()
    {
        Func<int, double> zeros = i => (i * 1777) * (Math.PI / 2);
        Agree("sin", 2.7, ElementaryDouble.Sin, Math.Sin, Range(-10, 10), Range(-1e9, 1e9), zeros);
        Agree("cos", 2.7, ElementaryDouble.Cos, Math.Cos, Range(-10, 10), Range(-1e9, 1e9), zeros);
    }

    [Fact]
    public void Tanh_agrees_with_the_system() =>
        Agree("tanh", 2.5, ElementaryDouble.Tanh, Math.Tanh, Range(-2, 2), Range(-30, 30), i => Math.Exp(Range(-700, 0)(i)));

    [Fact]
    public void Atan2_agrees_with_the_system_in_all_quadrants()
    {
        var (y, x) = (Range(-1, 1), Range(-1, 1, draw: 1));
        for (var i = 0; i < 5 * Count; i++)
        {
            var scale = Math.ScaleB(1, i % 601 - 300);
            var distance = Ulp.Distance(ElementaryDouble.Atan2(y(i) * scale, x(i)), Math.Atan2(y(i) * scale, x(i)));
            if (distance > 3) Assert.Fail($"atan2({y(i) * scale:R}, {x(i):R}) is {distance} ulp off");
        }
    }

    [Fact]
    public void Erf_agrees_with_its_series()
    {
        var x = Range(-7, 7);
        for (var i = 0; i < Count; i++)
        {
            // The series itself adds up to a hundred rounded terms.
            var difference = Math.Abs(ElementaryDouble.Erf(x(i)) - ErrorFunctionSeries.Erf(x(i)));
            if (difference > 3e-15) Assert.Fail($"erf({x(i):R}) is {difference} off");
        }
    }

    // 30 digits by arbitrary-precision arithmetic, rounded to double.
    [Theory]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(0.9999, 0.8426592780487595)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(1.5, 0.9661051464753108)]
    [InlineData(2.5, 0.999593047982555)]
    [InlineData(4.4, 0.999999999510829)]
    [InlineData(5.5, 0.9999999999999927)]
    public void Erf_has_its_known_values(double x, double value)
    {
        Assert.InRange(ElementaryDouble.Erf(x), value - 1.2e-16, value + 1.2e-16);
        Assert.Equal(-ElementaryDouble.Erf(x), ElementaryDouble.Erf(-x));
    }

    [Fact]
    public void Special_values_are_the_standard_s()
    {
        double[] arguments =
            [0, -0.0, 1, -1, double.Epsilon, -double.Epsilon, 2.2e-308, double.MaxValue, double.MinValue, Inf, -Inf, double.NaN, 709.8, -745.2];
        foreach (var x in arguments)
        {
            Near($"exp({x:R})", Math.Exp(x), ElementaryDouble.Exp(x));
            Near($"log({x:R})", Math.Log(x), ElementaryDouble.Log(x));
            Near($"tanh({x:R})", Math.Tanh(x), ElementaryDouble.Tanh(x));
            Near($"erf({x:R})", ErrorFunctionSeries.Erf(x), ElementaryDouble.Erf(x));
            foreach (var y in arguments) Near($"atan2({y:R}, {x:R})", Math.Atan2(y, x), ElementaryDouble.Atan2(y, x));
            if (Math.Abs(x) > ElementaryDouble.LargestAngle && double.IsFinite(x)) continue;
            Near($"sin({x:R})", Math.Sin(x), ElementaryDouble.Sin(x));
            Near($"cos({x:R})", Math.Cos(x), ElementaryDouble.Cos(x));
        }
        Near("sin of the largest number", 0, ElementaryDouble.Sin(double.MaxValue));
        Near("sin of the smallest number", -0.0, ElementaryDouble.Sin(double.MinValue));
        Near("cos of the largest number", 1, ElementaryDouble.Cos(double.MaxValue));
    }

    private static void Near(string what, double expected, double actual)
    {
        var same = Ulp.Distance(actual, expected) <= 3 && double.IsNegative(expected) == double.IsNegative(actual);
        Assert.True(same || (double.IsNaN(expected) && double.IsNaN(actual)), $"{what} is {actual:R}, not {expected:R}");
    }

    private static Func<int, double> Range(double lower, double upper, uint draw = 0) =>
        i => lower + (upper - lower) * Draws.Uniform(Key.Seed(6), (ulong)i, draw);

    private static void Agree(
        string name, double bound, Func<double, double> function, Func<double, double> reference, params Func<int, double>[] arguments)
    {
        foreach (var argument in arguments)
        {
            for (var i = 0; i < Count; i++)
            {
                var x = argument(i);
                var distance = Ulp.Distance(function(x), reference(x));
                if (distance > bound) Assert.Fail($"{name}({x:R}) = {function(x):R} is {distance} ulp off");
            }
        }
    }
}
