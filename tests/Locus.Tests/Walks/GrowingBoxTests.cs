using Locus.Engine.Random;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Tests.Walks;

public sealed class GrowingBoxTests
{
    private const double Open = double.PositiveInfinity;

    [Fact]
    public void Only_sides_near_which_a_point_lies_grow()
    {
        var box = Around([0, 0, 10, 10]);
        AssertSides(box, -0.5, 10.5, -0.5, 10.5);
        // Low in the first coordinate, high in the second, and off the other sides by more than a fiftieth of 11.
        Assert.True(box.Grow(Plane(-0.4, 0, 10, 10.4)));
        AssertSides(box, -3.25, 10.5, -0.5, 13.25);
        Assert.Equal([0, 1], box.Endless);
        Assert.True(box.Grow(Plane(0, 0, 10.4, 12)));
        AssertSides(box, -3.25, 10.5 + 0.25 * 13.75, -0.5, 13.25);
        Assert.Equal([0], box.Endless);
    }

    [Fact]
    public void It_stays_as_it_is_once_its_outermost_part_is_empty()
    {
        var box = Around([0, 0, 10, 10]);
        // A fiftieth of 11 is 0.22.
        Assert.False(box.Grow(Plane(-0.27, -0.27, 10.27, 10.27)));
        AssertSides(box, -0.5, 10.5, -0.5, 10.5);
        Assert.Empty(box.Endless);
        Assert.True(box.Grow(Plane(-0.29, -0.27, 10.27, 10.27)));
        Assert.Equal([0], box.Endless);
    }

    [Fact]
    public void No_side_passes_its_limit_and_one_that_is_there_is_no_longer_open()
    {
        var box = new GrowingBox([-1, -Open], [Open, 12]);
        Assert.False(box.IsLimited);
        box.Around(Plane(-0.9, 0, 10, 11.9));
        // Points may lie nearer to a limit than is kept free elsewhere.
        AssertSides(box, -1, 10.545, -0.595, 12);
        for (var i = 0; i < 20; i++)
        {
            box.Grow(Plane(box.Lower[0], box.Lower[1], box.Upper[0], box.Upper[1]));
            Assert.Equal((-1, 12), (box.Lower[0], box.Upper[1]));
        }
        Assert.InRange(box.Upper[0], 100, Open);
        Assert.InRange(box.Lower[1], -Open, -100);
        // Of the sides that have a limit alone, none is open.
        Assert.False(box.Grow(Plane(-1, 0, 10, 12)));
        Assert.Empty(box.Endless);
    }

    [Fact]
    public void A_side_on_its_way_to_a_limit_ends_there()
    {
        var box = new GrowingBox([-3], [12]);
        Assert.True(box.IsLimited);
        box.Around(new Points([0, 10], 1));
        Assert.True(box.Grow(new Points([-0.5, 10.5], 1)));
        Assert.Equal((-3, 12), (box.Lower[0], box.Upper[0]));
        Assert.False(box.Grow(new Points([-3, 12], 1)));
    }

    [Fact]
    public void Sides_with_a_limit_may_begin_there()
    {
        var box = new GrowingBox([-7, -Open], [Open, 20]);
        AssertSides(box, -7, Open, -Open, 20);
        box.Around(Plane(0, 0, 10, 10));
        AssertSides(box, -0.5, 10.5, -0.5, 10.5);
        box.ToLimits();
        AssertSides(box, -7, 10.5, -0.5, 20);
    }

    [Fact]
    public void It_tightens_around_what_was_drawn_and_never_widens()
    {
        var box = Around([0, 0, 10, 10]);
        // Twice the outermost part of the points' own width: 4 % of 5, so that the next draws leave it empty.
        box.Tighten(Plane(2, -0.45, 7, 10.45));
        AssertSides(box, 1.8, 7.2, -0.5, 10.5);
        Assert.False(box.Grow(Plane(2, 0, 7, 10)));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-3.5)]
    [InlineData(1e12)]
    [InlineData(-1e12)]
    public void A_single_point_has_a_box_that_grows(double at)
    {
        // Three times the same point.
        var box = new GrowingBox([-Open], [Open]);
        box.Around(new Points([at, at, at], 1));
        Assert.True(box.Lower[0] < at && at < box.Upper[0], $"from {box.Lower[0]} to {box.Upper[0]}");
        Assert.Equal(1e-10 * Math.Max(1, Math.Abs(at)), box.Upper[0] - box.Lower[0], 1e-12 * Math.Max(1, Math.Abs(at)));
        // Draws fill ever larger boxes until these hold the set about it: half as much again a step, from 1e-10 to 2 in 59 of them.
        var width = Math.Max(2, 1e-6 * Math.Abs(at));
        var steps = 0;
        for (; box.Grow(new Points([Math.Max(box.Lower[0], at - width), Math.Min(box.Upper[0], at + width)], 1)); steps++) Assert.InRange(steps, 0, 80);
        // The last step began where less than a fiftieth was free.
        Assert.InRange(box.Lower[0], at - 1.6 * width, at - 1.04 * width);
        Assert.InRange(box.Upper[0], at + 1.04 * width, at + 1.6 * width);
    }

    [Fact]
    public void Draws_from_a_set_without_end_never_stop_it_in_the_open_coordinates()
    {
        // The strip |x1| <= 1 in the plane, whose first coordinate has no end.
        var box = Around([0, -0.5, 1, 0.5]);
        for (var i = 0; i < 80; i++) Assert.True(box.Grow(Drawn(box, i, x => Math.Abs(x[1]) <= 1)));
        Assert.Equal([0], box.Endless);
        Assert.InRange(box.Upper[0] - box.Lower[0], 1e12, Open);
        Assert.InRange(box.Upper[1] - box.Lower[1], 2, 4);
    }

    [Fact]
    public void It_ends_around_the_whole_of_a_set_that_began_at_one_of_its_corners()
    {
        // The disk of radius 3 about (10, -20), from two points at its rim.
        var box = Around([12.9, -20, 12.8, -20.1]);
        var grown = 0;
        while (box.Grow(Drawn(box, grown, x => Math.Pow(x[0] - 10, 2) + Math.Pow(x[1] + 20, 2) <= 9))) Assert.InRange(++grown, 1, 80);
        // Free is a fiftieth of 6 at least, less the hundredth at the rim in which 20000 draws find no point, and a quarter of 9 at most, when the box was too small before.
        Assert.InRange(box.Lower[0], 7 - 2.5, 7 - 0.05);
        Assert.InRange(box.Upper[0], 13 + 0.05, 13 + 2.5);
        Assert.InRange(box.Lower[1], -23 - 2.5, -23 - 0.05);
        Assert.InRange(box.Upper[1], -17 + 0.05, -17 + 2.5);
    }

    [Fact]
    public void Places_in_it_are_shares_of_its_width()
    {
        var box = Around([0, 5, 10, 25]);
        Assert.Equal((-0.5, 5, 10.5), (box.At(0, 0), box.At(0, 0.5), box.At(0, 1)));
        Assert.Equal((4, 9.5, 26), (box.At(1, 0), box.At(1, 0.25), box.At(1, 1)));
    }

    /// <summary>A box in the open plane around points (x0, x1), (x0, x1).</summary>
    private static GrowingBox Around(double[] found)
    {
        var box = new GrowingBox([-Open, -Open], [Open, Open]);
        box.Around(new Points(found, 2));
        return box;
    }

    private static Points Plane(double lower0, double lower1, double upper0, double upper1) => new([lower0, lower1, upper0, upper1], 2);

    private static void AssertSides(GrowingBox box, double lower0, double upper0, double lower1, double upper1)
    {
        double[] sides = [lower0, upper0, lower1, upper1], found = [box.Lower[0], box.Upper[0], box.Lower[1], box.Upper[1]];
        for (var i = 0; i < 4; i++) Assert.Equal(sides[i], found[i], 1e-12);
    }

    private static Points Drawn(GrowingBox box, int turn, Func<double[], bool> isInSet)
    {
        var key = Key.Seed(81).Fold((ulong)turn);
        var draws = Enumerable.Range(0, 20_000).Select(i => new[] { box.At(0, Draws.Uniform(key, (ulong)i, 0)), box.At(1, Draws.Uniform(key, (ulong)i, 1)) });
        return new Points([.. draws.Where(isInSet).SelectMany(x => x)], 2);
    }
}
