using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Training;
using Locus.Walks;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Training;

public sealed class RejectionTests
{
    // A diagonal band, 0.028 wide and 40 long, which grows thinner in its box as that grows.
    private static readonly Problem Band = Problem.Define("band", 2, x => [Abs(x[0] - x[1]) <= 0.02, Norm(x) <= 20]);

    [Fact]
    public void From_a_point_in_the_middle_it_comes_to_both_ends()
    {
        var (points, rejection) = Run(Band, new Points([0, 0, 0.5, 0.5], 2), 10_000_000);
        Assert.Equal(2000, points!.Count);
        // Even along the band, from -20 to 20: the mean of |x0 + x1| / sqrt(2) is 10 with a deviation of 5.8 for each point.
        Assert.Equal(10, Enumerable.Range(0, 2000).Average(i => Math.Abs(points[i][0] + points[i][1]) / Math.Sqrt(2)), 4 * 5.8 / Math.Sqrt(2000));
        Assert.InRange((double)rejection.Kept / rejection.Drawn, 0.0005, 0.003);
        Assert.Empty(rejection.Endless);
    }

    [Fact]
    public void A_set_that_fills_too_little_of_a_box_that_grew_is_not_one_without_end()
    {
        var (points, rejection) = Run(Band, new Points([0, 0, 0.5, 0.5], 2), 30_000);
        Assert.Null(points);
        Assert.Empty(rejection.Endless);
    }

    [Fact]
    public void A_set_without_end_is_one_in_the_coordinates_in_which_the_box_grows_for_ever()
    {
        var (points, rejection) = Run(Problem.Define("quarter", 3, x => [x[0] >= 0, Abs(x[1]) <= 1, x[2] <= 0]), new Points([1, 0, -1, 2, 0.5, -2], 3), 10_000_000);
        Assert.Null(points);
        Assert.Equal([0, 2], rejection.Endless);
    }

    private static (Points? Points, Rejection Rejection) Run(Problem problem, Points found, long mostDrawn)
    {
        using var team = new Team(2);
        var rejection = new Rejection(StandardSet.Pairs(problem), Key.Seed(58), 2, CancellationToken.None);
        return (rejection.Run(team, found, 2000, mostDrawn), rejection);
    }
}
