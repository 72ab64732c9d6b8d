using Locus.Diagnostics.Rivals;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Tests.Diagnostics.Rivals;

public sealed class ChainMeansTests
{
    private const int Chains = 1024, Times = 200;

    // The error of a variance of 1,024 means is sqrt(2 / 1024) = 4.4 %; the worst of a few quantities is taken.
    private const double Error = 0.044;

    [Fact]
    public void Independent_points_are_worth_their_number() =>
        Assert.InRange(Worth(0), (1 - 5 * Error) * Chains * Times, Chains * Times);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void An_autoregression_is_worth_what_its_correlation_leaves(double correlation)
    {
        // Of the mean: (1 - a) / (1 + a) of its length, and a little more of a short one. The squares, correlated by a^2, are worth more.
        var expected = Chains * Times * (1 - correlation) / (1 + correlation);

        Assert.InRange(Worth(correlation), (1 - 5 * Error) * expected, (1 + 5 * Error) * expected / (1 - 2 * correlation / (1 - correlation * correlation) / Times));
    }

    [Fact]
    public void Chains_that_stand_still_are_worth_one_point_each() => Assert.InRange(Worth(1), (1 - 5 * Error) * Chains, (1 + 5 * Error) * Chains);

    [Fact]
    public void A_coordinate_that_never_changes_tells_nothing()
    {
        var means = new ChainMeans(2, 1);
        Assert.Equal(0, means.Effective);
        means.Add(new Points([3, 3], 1));
        Assert.Equal(2, means.Effective);
    }

    // Independent means: of few chains the worst of many quantities would have seemed to be worth half of what it is.
    [Theory]
    [InlineData(16, 2)]
    [InlineData(16, 32)]
    [InlineData(1024, 32)]
    public void What_is_chance_in_the_worst_of_many_is_left_out(int chains, int dimension)
    {
        const int repeats = 100, times = 8;
        var (mean, u) = (0.0, new double[dimension]);
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var means = new ChainMeans(chains, dimension);
            for (var i = 0; i < chains * times; i++)
            {
                for (var d = 0; d < dimension; d++) u[d] = Draws.Normal(Key.Seed(5).Fold((ulong)repeat), (ulong)i, (uint)d);
                means.Add(i % chains, u);
            }
            mean += means.Effective / (chains * times) / repeats;
        }
        // At most 1, so that what chance is left lies below it.
        Assert.InRange(mean, 0.8, 1);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1024)]
    public void One_coordinate_that_stands_still_decides(int chains)
    {
        const int dimension = 16, times = 50;
        var (means, u) = (new ChainMeans(chains, dimension), new double[dimension]);
        for (var i = 0; i < chains * times; i++)
        {
            for (var d = 0; d < dimension; d++) u[d] = Draws.Normal(Key.Seed(6), (ulong)(d == 0 ? i % chains : i), (uint)d);
            means.Add(i % chains, u);
        }
        // One point a chain; the allowance for chance is at most 1.4 for 64 chains.
        Assert.InRange(means.Effective, 0.7 * chains, 1.5 * chains);
    }

    private static double Worth(double correlation)
    {
        var means = new ChainMeans(Chains, 1);
        var u = new Points(Chains, 1);
        for (var i = 0; i < Chains; i++) u.Row(i)[0] = Draws.Normal(Key.Seed(1), (ulong)i, 0);
        for (var time = 1; time <= Times; time++)
        {
            means.Add(u);
            for (var i = 0; i < Chains; i++)
                u.Row(i)[0] = correlation * u[i][0] + Math.Sqrt(1 - correlation * correlation) * Draws.Normal(Key.Seed(1), (ulong)i, (uint)time);
        }
        return means.Effective;
    }
}
