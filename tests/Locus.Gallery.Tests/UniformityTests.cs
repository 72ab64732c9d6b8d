using Locus.Engine.Random;

namespace Locus.Gallery.Tests;

/// <summary>Exact samplers against the uniform law, by Kolmogorov and Smirnov on a quantity that must be uniform on [0, 1].</summary>
public sealed class UniformityTests
{
    private const int Count = 20_000;

    // P(sqrt(n) D > 2) = 2 exp(-8) = 7e-4 (Kolmogorov); a law that is off by 1.5 % somewhere is found.
    private const double Threshold = 2;

    [Fact]
    public void The_spiral_is_uniform_by_arc_length()
    {
        Assert.InRange(Deviation("spiral", x =>
        {
            var u = 10 * Math.Sqrt(x[0] * x[0] + x[1] * x[1]);
            return 0.05 * (u * Math.Sqrt(u * u + 1) + Math.Asinh(u)) / Gallery.Find("spiral")!.Size;
        }), 0, Threshold);
    }

    [Fact]
    public void The_rectangle_is_uniform_in_both_directions()
    {
        Assert.InRange(Deviation("rectangle", x => (x[0] + 1) / 2), 0, Threshold);
        Assert.InRange(Deviation("rectangle", x => x[1] + 0.5), 0, Threshold);
    }

    [Theory]
    [InlineData("shield", 0, 0.25, 0.75, 1, 0, 0)]
    [InlineData("three-rings", 0.4, 0.6, 0.9, 1.1, 1.4, 1.6)]
    public void Rings_are_uniform_by_area_and_angle(string name, double a, double b, double c, double d, double e, double f)
    {
        double Area(double r, double inner, double outer) => Math.Pow(Math.Clamp(r, inner, outer), 2) - inner * inner;
        double Below(double r) => Area(r, a, b) + Area(r, c, d) + Area(r, e, f);

        Assert.InRange(Deviation(name, x => Below(Math.Sqrt(x[0] * x[0] + x[1] * x[1])) / Below(2)), 0, Threshold);
        Assert.InRange(Deviation(name, x => Math.Atan2(x[1], x[0]) / (2 * Math.PI) + 0.5), 0, Threshold);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    public void Disks_are_uniform_by_area(int dimension)
    {
        // Centred at the origin, so |x|^2 is the share of the area closer to it.
        Assert.InRange(Deviation($"disks-{dimension}", x => x.Sum(value => value * value)), 0, Threshold);
    }

    private static double Deviation(string name, Func<double[], double> uniform)
    {
        var truth = Gallery.Find(name)!.Truth;
        var x = new double[truth.Dimension];
        var values = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            truth.Draw(Key.Seed(21).Fold(name), (ulong)i, x);
            values[i] = uniform(x);
        }
        Array.Sort(values);
        var largest = 0.0;
        for (var i = 0; i < Count; i++)
            largest = Math.Max(largest, Math.Max(values[i] - (double)i / Count, (i + 1.0) / Count - values[i]));
        return Math.Sqrt(Count) * largest;
    }
}
