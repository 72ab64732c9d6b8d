using Locus.Formats;

namespace Locus.Tests.Formats;

public class PlotPartsTests
{
    [Theory]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-1.6, 1.6, 4, "-1 0 1")]
    [InlineData(0, 4000, 5, "0 1000 2000 3000 4000")]
    [InlineData(0.00012, 0.00021, 4, "1.5e-4 2e-4")]
    [InlineData(-3e6, 3e6, 3, "-2e6 0 2e6")]
    [InlineData(1e6, 1000004, 4, "1000000 1000001 1000002 1000003 1000004")]
    [InlineData(0.50001, 0.50006, 3, "0.50002 0.50004 0.50006")]
    [InlineData(9.99, 10.01, 4, "9.990 9.995 10.000 10.005 10.010")]
    public void Ticks_are_good_numbers(double low, double high, int about, string expected) =>
        Assert.Equal(expected, string.Join(' ', Ticks.Of(low, high, false, about).Select(tick => tick.Text)));

    [Theory]
    [InlineData(-4, 0, 5, "10⁻⁴ 10⁻³ 0.01 0.1 1")]
    [InlineData(-12, 3, 4, "10⁻¹² 10⁻⁸ 10⁻⁴ 1")]
    [InlineData(-1.1, 0.1, 5, "0.1 0.2 0.5 1")]
    [InlineData(4, 5.9, 5, "10⁴ 2·10⁴ 5·10⁴ 10⁵ 2·10⁵ 5·10⁵")]
    [InlineData(-0.05, 0, 2, "0.9 0.95 1")]
    public void Ticks_of_a_logarithmic_axis_are_powers_of_ten_and_more_where_these_are_few(double low, double high, int about, string expected)
    {
        var ticks = Ticks.Of(low, high, true, about);
        if (high - low < 0.1) Assert.All(ticks, tick => Assert.Equal(Math.Log10(double.Parse(tick.Text, System.Globalization.CultureInfo.InvariantCulture)), tick.Place, 1e-9));
        else Assert.Equal(expected, string.Join(' ', ticks.Select(tick => tick.Text)));
        Assert.True(ticks.Count >= 2);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(101)]
    public void The_outline_of_a_disk_encloses_its_area(int nodes)
    {
        var grid = SvgTests.Disk(nodes);
        var loop = Assert.Single(Contour.Loops(grid.Values, nodes, nodes, 1));
        // A chord of one grid step h cuts off less than h^2 / 8 from a circle of radius 1, all around: the area errs by less than 2 pi h^2.
        var step = 3.0 / (nodes - 1);
        Assert.InRange(Area(loop) * step * step, Math.PI - 2 * Math.PI * step * step, Math.PI + 2 * Math.PI * step * step);
    }

    [Fact]
    public void A_ring_has_an_outline_for_its_hole_of_the_opposite_hand()
    {
        var grid = SvgTests.Disk(81);
        var ring = grid.Values.Select(radius => Math.Abs(radius - 0.8f)).ToArray();
        var loops = Contour.Loops(ring, 81, 81, 0.3);
        Assert.Equal(2, loops.Count);
        var areas = loops.Select(loop => SignedArea(loop) * 9 / 6400).Order().ToArray();
        Assert.Equal(Math.PI * 1.21, Math.Max(Math.Abs(areas[0]), Math.Abs(areas[1])), 0.02);
        Assert.Equal(Math.PI * (1.21 - 0.25), Math.Abs(areas.Sum()), 0.02);
    }

    [Theory]
    [InlineData(0.4, 2)]
    [InlineData(0.6, 1)]
    public void Where_opposite_corners_are_inside_the_mean_decides_whether_they_touch(double level, int loops) =>
        Assert.Equal(loops, Contour.Loops([0, 1, 1, 0], 2, 2, level).Count);

    [Theory]
    [InlineData(0.4, 2)]
    [InlineData(0.6, 1)]
    public void The_same_holds_for_the_other_diagonal(double level, int loops) =>
        Assert.Equal(loops, Contour.Loops([1, 0, 0, 1], 2, 2, level).Count);

    [Fact]
    public void A_set_that_fills_the_grid_ends_at_its_rim_and_what_is_not_finite_is_outside()
    {
        Assert.Equal(6, Area(Assert.Single(Contour.Loops(new float[12], 3, 4, 0))));
        Assert.Empty(Contour.Loops([1, 1, 1, 1], 2, 2, 0));
        Assert.Empty(Contour.Loops([float.NaN, float.NaN, float.PositiveInfinity, float.NaN], 2, 2, 0));
        Assert.Equal([2, 4], Contour.Loops([0, 0, 0, 0, float.NaN, 0, 0, 0, 0], 3, 3, 0).Select(Area).Order());
    }

    [Fact]
    public void A_path_is_as_short_as_it_goes()
    {
        var path = new SvgPath().MoveTo(10, 20).LineTo(15.4, 20).LineTo(15.2, 20.1).LineTo(12, 17).Close().Dot(11, 22).Dot(9, 22).LineTo(9, 25);
        Assert.Equal("m10 20 5 0-3-3zm1 2h0m-2 0h0l0 3", path.ToString());
        Assert.Equal("m100000-100000", new SvgPath().MoveTo(double.NaN, -1e30).ToString());
    }

    [Theory]
    [InlineData(0.126, "0.13")]
    [InlineData(-0.001, "0")]
    [InlineData(12345678.9, "12345678.9")]
    public void A_number_has_two_decimals_at_most(double value, string expected) => Assert.Equal(expected, SvgCanvas.Number(value));

    private static double Area(List<(double X, double Y)> loop) => Math.Abs(SignedArea(loop));

    private static double SignedArea(List<(double X, double Y)> loop)
    {
        var twice = 0.0;
        for (var i = 0; i < loop.Count; i++)
        {
            var (a, b) = (loop[i], loop[(i + 1) % loop.Count]);
            twice += a.X * b.Y - b.X * a.Y;
        }
        return twice / 2;
    }
}
