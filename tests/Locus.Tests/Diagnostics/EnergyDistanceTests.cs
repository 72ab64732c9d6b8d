using Locus.Diagnostics;
using Locus.Problems;

namespace Locus.Tests.Diagnostics;

public sealed class EnergyDistanceTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 5, 17)]
    [InlineData(2, 16, 32)]
    [InlineData(3, 33, 47)]
    [InlineData(10, 100, 129)]
    [InlineData(50, 64, 250)]
    public void It_agrees_with_the_plain_double_loop(int dimension, int n, int m)
    {
        var x = Cloud(n, dimension, 1, 0.0);
        var y = Cloud(m, dimension, 2, 0.3);

        var plain = EnergyTwin.Of(x, y);

        // A float distance is right to about 1e-7 relative; the difference of three means of order sqrt(D) keeps that in the square.
        var measured = EnergyDistance.Of(x, y, threads: 1);
        Assert.InRange(measured * measured - plain * plain, -2e-6 * Math.Sqrt(dimension), 2e-6 * Math.Sqrt(dimension));
    }

    [Fact]
    public void It_is_the_same_number_for_every_thread_count()
    {
        var x = Cloud(1000, 7, 3, 0.0);
        var y = Cloud(1100, 7, 4, 0.1);

        var one = EnergyDistance.Of(x, y, threads: 1);

        Assert.Equal(one, EnergyDistance.Of(x, y, threads: 2));
        Assert.Equal(one, EnergyDistance.Of(x, y, threads: 5));
    }

    [Fact]
    public void A_set_has_no_distance_to_itself()
    {
        var x = Cloud(500, 3, 5, 0.0);

        Assert.InRange(EnergyDistance.Of(x, x, threads: 2), 0, 1e-6);
    }

    [Fact]
    public void Two_single_points_are_apart_by_the_root_of_twice_their_distance()
    {
        var x = new Points([0, 0], 2);
        var y = new Points([3, 4], 2);

        Assert.Equal(Math.Sqrt(10), EnergyDistance.Of(x, y, threads: 1), 12);
    }

    [Fact]
    public void Points_on_both_sides_of_a_seam_are_as_near_as_elsewhere()
    {
        Variable[] turns = [new("q", -Math.PI, Math.PI, Periodic: true), new("x")];
        // The same cloud, 0.2 wide, in the middle of the box and over its ends; and the ends themselves, which are one point.
        Points middle = Cloud(200, 2, 8, 0.0), other = Cloud(200, 2, 9, 0.05);
        Points Small(Points points, double at) => new([.. points.Values.Select((v, i) => i % 2 == 0 ? turns[0].Wrap(at + 0.1 * v) : v)], 2);
        Assert.Equal(
            EnergyDistance.Of(Small(middle, 0), Small(other, 0), threads: 1, turns), EnergyDistance.Of(Small(middle, Math.PI), Small(other, Math.PI), threads: 1, turns), 1e-4);
        Assert.InRange(EnergyDistance.Of(new Points([Math.PI, 1], 2), new Points([-Math.PI, 1], 2), threads: 1, turns), 0, 1e-3);
        // Half round the circle is its diameter, 2; on the line it would be pi.
        Assert.Equal(2, EnergyDistance.Of(new Points([-Math.PI / 2, 1], 2), new Points([Math.PI / 2, 1], 2), threads: 1, turns), 1e-6);
    }

    [Fact]
    public void Sets_far_from_the_origin_keep_their_digits()
    {
        Points farX = Cloud(300, 3, 6, 1 << 30), farY = Cloud(200, 3, 7, (1 << 30) + 0.3);
        // Exact: the far ones have their last bit at 2^-22.
        Points x = new([.. farX.Values.Select(v => v - (1 << 30))], 3), y = new([.. farY.Values.Select(v => v - (1 << 30))], 3);

        Assert.Equal(EnergyDistance.Of(x, y, threads: 1), EnergyDistance.Of(farX, farY, threads: 1));
    }

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        var x = new Points([], 2);
        var y = new Points([1], 1);

        var error = Assert.Throws<ArgumentException>(() => EnergyDistance.Of(x, y, threads: 0));

        Assert.Contains("2 and 1 coordinates", error.Message, StringComparison.Ordinal);
        Assert.Contains("0 and 1 points", error.Message, StringComparison.Ordinal);
        Assert.Contains("threads is 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_no_number_gives_a_distance_that_is_none()
    {
        var x = new Points([double.NaN, 0], 1);
        var y = new Points([0, 1], 1);

        Assert.Equal(double.NaN, EnergyDistance.Of(x, y, threads: 1));
    }

    private static Points Cloud(int count, int dimension, int seed, double shift)
    {
        var random = new Random(seed);
        var values = new double[count * dimension];
        for (var i = 0; i < values.Length; i++) values[i] = random.NextDouble() + shift;
        return new Points(values, dimension);
    }
}
