using Locus.Diagnostics.Transport;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Tests.Diagnostics.Transport;

public sealed class MeanDiscrepancyTests
{
    private static readonly Key Key = Key.Seed(93);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(40, 40)]
    [InlineData(61, 30)]
    public void It_is_the_plain_V_statistic_at_the_median_of_all_pairs(int n, int m)
    {
        Points x = NormalSets.Of(Key.Fold(0), n, 3), y = NormalSets.Of(Key.Fold(1), m, 3, center: 0.5);
        SquaredDistances xx = new(x, x), yy = new(y, y), xy = new(x, y);
        var all = new Points([.. x.Values, .. y.Values], 3);
        var squares = Enumerable.Range(0, n + m).SelectMany(i => Enumerable.Range(0, i).Select(j => NormalSets.Square(all, i, all, j))).Order().ToList();
        var median = squares[(squares.Count - 1) / 2];

        Assert.Equal(median, MeanDiscrepancy.Median(xx, yy, xy), 1e-13 * median);

        double Mean(Points a, Points b) => Enumerable.Range(0, a.Count).Average(i => Enumerable.Range(0, b.Count).Average(j => Math.Exp(-NormalSets.Square(a, i, b, j) / (2 * median))));
        var expected = Mean(x, x) + Mean(y, y) - 2 * Mean(x, y);
        var value = MeanDiscrepancy.Of(xx, yy, xy);
        Assert.Equal(expected, value * value, 1e-13);
    }

    [Fact]
    public void Equal_laws_have_what_pairs_of_a_point_with_itself_leave_and_others_more()
    {
        // E MMD^2 = 2 (1 - E k) / n for equal laws.
        const int n = 400, pairs = 20;
        var (squares, kernels) = (0.0, 0.0);
        for (var pair = 0ul; pair < pairs; pair++)
        {
            Points x = NormalSets.Of(Key.Fold(2).Fold(pair), n, 4), y = NormalSets.Of(Key.Fold(3).Fold(pair), n, 4);
            SquaredDistances xx = new(x, x), yy = new(y, y), xy = new(x, y);
            var median = MeanDiscrepancy.Median(xx, yy, xy);
            squares += Math.Pow(MeanDiscrepancy.Of(xx, yy, xy), 2) / pairs;
            foreach (var square in xy.Values) kernels += Math.Exp(-square / (2 * median)) / (pairs * (double)n * n);
        }
        // The square of a pair scatters by a third of itself, the mean of 20 by 8 %.
        Assert.InRange(squares / (2 * (1 - kernels) / n), 0.7, 1.3);

        Points near = NormalSets.Of(Key.Fold(4), n, 4), far = NormalSets.Of(Key.Fold(5), n, 4, center: 0.5);
        Assert.InRange(TransportDistances.Between(near, far, 1, default).MeanDiscrepancy, 4 * Math.Sqrt(squares), 1);
    }

    [Fact]
    public void Sets_of_one_point_each_are_told_apart()
    {
        Points x = new(new double[20], 2), y = new([.. Enumerable.Repeat(1.0, 2)], 2);
        // All but one of the points are one: the median is 0.
        Assert.InRange(MeanDiscrepancy.Of(new(x, x), new(y, y), new(x, y)), 0.1, 1.5);
    }
}
