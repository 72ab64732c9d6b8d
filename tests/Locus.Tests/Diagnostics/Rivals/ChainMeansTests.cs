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
