using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Intervals;

/// <summary>
/// The errors that <see cref="ElementaryDouble"/> states, measured against 256 bits: bounds of intervals lie nearly three times as far away as the largest.
/// </summary>
public sealed class ElementaryAccuracyTests
{
    private const int Count = 3000;
    private readonly System.Random random = new(9);

    [Fact]
    public void Exp_keeps_its_error() => Measure("exp", 1.1, ElementaryDouble.Exp, BigFunctions.Exp, () => Between(-707, 709), () => Between(-1, 1));

    [Fact]
    public void Log_keeps_its_error() => Measure(
        "log", 1.1, ElementaryDouble.Log, BigFunctions.Log, () => Spread(-1022, 1022), () => Between(0.7, 1.42), () => 1 + Between(-1, 1) * Spread(-52, 0));

    [Fact]
    public void Sin_and_cos_keep_their_error()
    {
        Func<double>[] arguments = [() => Between(-4, 4), () => Spread(-30, 29), () => Beside(random.Next(683_000_000)), () => Beside(random.Next(1 << 10))];
        Measure("sin", 1.7, ElementaryDouble.Sin, BigFunctions.Sin, arguments);
        Measure("cos", 1.7, ElementaryDouble.Cos, BigFunctions.Cos, arguments);
    }

    [Fact]
    public void Tanh_keeps_its_error() =>
        Measure("tanh", 1.5, ElementaryDouble.Tanh, BigFunctions.Tanh, () => Between(-1, 1), () => Between(-20, 20), () => Spread(-300, 0));

    [Fact]
    public void Erf_keeps_its_error() =>
        Measure("erf", 2, ElementaryDouble.Erf, BigFunctions.Erf, () => Between(-1.2, 1.2), () => Between(-6, 6), () => Spread(-300, 0));

    [Fact]
    public void Atan2_keeps_its_error()
    {
        Measure(
            "atan", 2.8, a => ElementaryDouble.Atan2(a, 1), BigFunctions.Atan,
            () => Between(-1, 1), () => Spread(-300, 300), () => Between(0.41, 0.42), () => Between(0.99, 1.01));
        for (var i = 0; i < Count; i++)
        {
            var (y, x) = (Between(-1, 1) * Spread(-9, 9), Between(-1, 1));
            Compare($"atan2({y:R}, {x:R})", 2.8, ElementaryDouble.Atan2(y, x), BigFunctions.Atan2(y, x));
        }
    }

    private static void Measure(string name, double bound, Func<double, double> function, Func<Big, Big> exact, params Func<double>[] arguments)
    {
        foreach (var argument in arguments)
        {
            for (var i = 0; i < Count / arguments.Length; i++)
            {
                var x = argument();
                Compare($"{name}({x:R})", bound, function(x), exact(x));
            }
        }
    }

    private static void Compare(string what, double bound, double value, Big exact)
    {
        var unit = Math.ScaleB(1, Math.Max(Math.ILogB((double)exact), -1022) - 52);
        var error = (double)(((Big)value - exact) / unit);
        if (!(Math.Abs(error) <= bound)) Assert.Fail($"{what} = {value:R} is {error:F3} units off, {bound} are stated");
    }

    private double Between(double lower, double upper) => lower + (upper - lower) * random.NextDouble();

    private double Spread(int lowest, int highest) => Math.ScaleB(1 + random.NextDouble(), random.Next(lowest, highest));

    // One of the doubles next to a multiple of pi/2, where nearly all digits cancel.
    private static double Beside(int k)
    {
        var nearest = (double)((Big)k * BigFunctions.Pi / 2);
        return k % 3 == 0 ? nearest : k % 3 == 1 ? Math.BitIncrement(nearest) : Math.BitDecrement(nearest);
    }
}
