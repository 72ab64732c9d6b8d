using static Locus.Gallery.Tests.Kolmogorov;

namespace Locus.Gallery.Tests;

/// <summary>The sets of the paper are drawn uniformly.</summary>
public sealed class UniformityTests
{
    [Fact]
    public void The_spiral_is_uniform_by_arc_length()
    {
        Holds("spiral", x =>
        {
            var u = 10 * Math.Sqrt(x[0] * x[0] + x[1] * x[1]);
            return 0.05 * (u * Math.Sqrt(u * u + 1) + Math.Asinh(u)) / Gallery.Find("spiral")!.Size!.Value;
        });
    }

    [Fact]
    public void The_rectangle_is_uniform_in_both_directions()
    {
        Holds("rectangle", x => (x[0] + 1) / 2);
        Holds("rectangle", x => x[1] + 0.5);
    }

    [Theory]
    [InlineData("shield", 0, 0.25, 0.75, 1, 0, 0)]
    [InlineData("three-rings", 0.4, 0.6, 0.9, 1.1, 1.4, 1.6)]
    public void Rings_are_uniform_by_area_and_angle(string name, double a, double b, double c, double d, double e, double f)
    {
        double Area(double r, double inner, double outer) => Math.Pow(Math.Clamp(r, inner, outer), 2) - inner * inner;
        double Below(double r) => Area(r, a, b) + Area(r, c, d) + Area(r, e, f);

        Holds(name, x => Below(Math.Sqrt(x[0] * x[0] + x[1] * x[1])) / Below(2));
        Holds(name, x => Turn(x[1], x[0]));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    public void Disks_are_uniform_by_area(int dimension)
    {
        // Centred at the origin, so |x|^2 is the share of the area closer to it.
        Holds($"disks-{dimension}", x => x.Sum(value => value * value));
    }
}
