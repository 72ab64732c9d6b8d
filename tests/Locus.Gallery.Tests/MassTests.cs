using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Gallery.Tests;

/// <summary>The sets against numbers found elsewhere: masses of the normal law and areas, by draws of our own.</summary>
public sealed class MassTests
{
    private const int Count = 200_000;

    // Closed forms: erf(1/sqrt 2) erf(.5/sqrt 2); differences of exp(-r^2/2). papers.md quotes 26.1 %, 17.9 %, 30.6 %.
    [Theory]
    [InlineData("rectangle", 0.2614)]
    [InlineData("shield", 0.1791)]
    [InlineData("three-rings", 0.3059)]
    public void A_standard_normal_point_lies_inside_as_often_as_computed(string name, double mass)
    {
        var share = ShareInside(name, (key, i, x) =>
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - Draws.Uniform(key, i, 0)));
            var angle = 2 * Math.PI * Draws.Uniform(key, i, 1);
            (x[0], x[1]) = (radius * Math.Cos(angle), radius * Math.Sin(angle));
        });

        Assert.InRange(share, mass - Within(mass), mass + Within(mass));
    }

    [Theory]
    [InlineData("rectangle")]
    [InlineData("shield")]
    [InlineData("three-rings")]
    public void The_area_is_the_share_of_a_box_around_the_set(string name)
    {
        var share = ShareInside(name, (key, i, x) =>
        {
            x[0] = 4 * Draws.Uniform(key, i, 0) - 2;
            x[1] = 4 * Draws.Uniform(key, i, 1) - 2;
        });

        var expected = Gallery.Find(name)!.Size!.Value / 16;
        Assert.InRange(share, expected - Within(expected), expected + Within(expected));
    }

    [Fact]
    public void No_normal_point_lies_on_the_spiral()
    {
        var share = ShareInside("spiral", (key, i, x) =>
        {
            x[0] = 2 * Draws.Uniform(key, i, 0) - 1;
            x[1] = 2 * Draws.Uniform(key, i, 1) - 1;
        });

        Assert.Equal(0, share);
    }

    [Fact]
    public void The_spiral_is_as_long_as_a_fine_polygon_through_it()
    {
        const int corners = 1_000_000;
        var (length, last) = (0.0, (X: 0.0, Y: 0.0));
        for (var i = 1; i <= corners; i++)
        {
            var u = (1 + 5 * Math.PI) * i / corners;
            var next = (X: 0.1 * u * Math.Cos(u - 1), Y: 0.1 * u * Math.Sin(u - 1));
            length += Math.Sqrt((next.X - last.X) * (next.X - last.X) + (next.Y - last.Y) * (next.Y - last.Y));
            last = next;
        }

        Assert.Equal(length, Gallery.Find("spiral")!.Size!.Value, 6);
        Assert.InRange(length, 14.157, 14.159);
    }

    private delegate void Fill(Key key, ulong index, Span<double> x);

    private static double ShareInside(string name, Fill fill)
    {
        Points points = new(Count, 2);
        var key = Key.Seed(11).Fold(name);
        for (var i = 0; i < Count; i++) fill(key, (ulong)i, points.Row(i));
        var slacks = Slacks.Of(Gallery.Find(name)!.Problem.Slack, points, null, threads: 2);
        return slacks.Count(s => s <= 0) / (double)Count;
    }

    // Four standard errors of a share of Count draws, and half a unit of the fourth digit of the closed form.
    private static double Within(double share) => 4 * Math.Sqrt(share * (1 - share) / Count) + 5e-5;
}
