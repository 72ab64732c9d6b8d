using Locus.Problems;

namespace Locus.Tests.Problems;

public class PointsTests
{
    private static readonly Points five = new([0, 10, 1, 11, 2, 12, 3, 13, 4, 14], 2);

    [Fact]
    public void Points_are_picked_as_often_and_in_the_order_as_they_are_named()
    {
        var picked = five.Pick([4, 0, 4]);
        Assert.Equal((3, 2), (picked.Count, picked.Dimension));
        Assert.Equal([4, 14, 0, 10, 4, 14], picked.Values);
        picked.Row(0)[0] = 7;
        Assert.Equal(4, five[4][0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void There_is_no_point_of_another_number(int number) => Assert.Throws<ArgumentOutOfRangeException>(() => five.Pick([0, number]));

    [Fact]
    public void Thinned_points_are_spread_evenly_over_their_numbers()
    {
        Assert.Same(five, five.Thinned(5));
        Assert.Equal([0, 10, 1, 11, 3, 13], five.Thinned(3).Values);
        Assert.Empty(five.Thinned(0).Values);
        // 100,000 times 40,000 is more than 32 bits hold.
        Assert.Equal([99_997.0], new Points([.. Enumerable.Range(0, 100_000).Select(i => (double)i)], 1).Thinned(40_000)[39_999].ToArray());
    }
}
