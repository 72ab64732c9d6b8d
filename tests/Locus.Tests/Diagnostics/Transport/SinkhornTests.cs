using Locus.Diagnostics.Transport;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Tests.Diagnostics.Transport;

public sealed class SinkhornTests
{
    private static readonly Key Key = Key.Seed(92);

    // Rounds end with a thousandth of the value left, or with sums of the plan off by 0.001, for which the value is closer still.
    private const double Left = 1.5e-3;

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(10)]
    public void It_is_the_divergence_of_plain_scaling(double epsilon)
    {
        Points x = NormalSets.Of(Key.Fold(0), 45, 3), y = NormalSets.Of(Key.Fold(1), 45, 3, center: 0.7);

        var divergence = TransportDistances.Between(x, y, epsilon, default).Sinkhorn;

        var expected = Scaled(x, y, epsilon) - (Scaled(x, x, epsilon) + Scaled(y, y, epsilon)) / 2;
        Assert.Equal(expected, divergence, Left * (Scaled(x, y, epsilon) + Scaled(x, x, epsilon)));
    }

    [Fact]
    public void A_small_epsilon_gives_the_square_of_W2_and_a_large_one_that_of_the_means_distance()
    {
        Points x = NormalSets.Of(Key.Fold(2), 300, 4), y = NormalSets.Of(Key.Fold(3), 300, 4, center: 0.5);
        var between = TransportDistances.Between(x, y, 1e-6, default);
        var means = Enumerable.Range(0, 4).Sum(d => Math.Pow(Enumerable.Range(0, 300).Average(i => x[i][d] - y[i][d]), 2));

        Assert.Equal(between.Wasserstein2 * between.Wasserstein2, between.Sinkhorn, Left * between.Sinkhorn);
        // Feydy et al. 2019: for e to infinity the MMD of -|x - y|^2. The next term is of order 1 / e.
        Assert.Equal(means, TransportDistances.Between(x, y, 1e6, default).Sinkhorn, 1e-3 * means);
    }

    [Fact]
    public void From_the_prices_few_rounds_are_needed_for_a_small_epsilon()
    {
        const int n = 400;
        Points x = NormalSets.Of(Key.Fold(4), n, 2), y = NormalSets.Of(Key.Fold(5), n, 2);
        SquaredDistances costs = new(x, y), turned = new(y, x);
        var transport = new Wasserstein(n);
        var cost = transport.Cost(costs.Values);
        var sinkhorn = new Sinkhorn(n, 1e-4);

        var value = sinkhorn.Cost(costs, turned, transport.Prices, cost, default);

        Assert.InRange(sinkhorn.Rounds, 1, 50);
        // Between the cheapest of all plans and what the cheapest assignment costs with its entropy.
        Assert.InRange(value, cost * (1 - 1e-3), cost + 1e-4 * Math.Log(n) + 1e-12);
        sinkhorn.Cost(costs, turned, new double[n], cost, default);
        Assert.InRange(sinkhorn.Rounds, 200, 2000);
    }

    [Fact]
    public void Equal_sets_have_none()
    {
        var x = NormalSets.Of(Key.Fold(6), 100, 2);
        Assert.InRange(TransportDistances.Between(x, x, 0.5, default).Sinkhorn, 0, Left * Scaled(x, x, 0.5));
    }

    /// <summary>The minimum over plans of sum P c + e KL(P | 1 / N^2), by scaling rows and columns of exp(-c / e) until nothing moves.</summary>
    private static double Scaled(Points x, Points y, double epsilon)
    {
        var n = x.Count;
        var kernel = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) kernel[i, j] = Math.Exp(-NormalSets.Square(x, i, y, j) / epsilon);
        double[] a = [.. Enumerable.Repeat(1.0, n)], b = [.. Enumerable.Repeat(1.0, n)];
        for (var round = 0; round < 5000; round++)
        {
            for (var i = 0; i < n; i++) a[i] = n / Enumerable.Range(0, n).Sum(j => kernel[i, j] * b[j]);
            for (var j = 0; j < n; j++) b[j] = n / Enumerable.Range(0, n).Sum(i => kernel[i, j] * a[i]);
        }
        var value = 0.0;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                var share = a[i] * kernel[i, j] * b[j] / n / n;
                if (share > 0) value += share * (NormalSets.Square(x, i, y, j) + epsilon * Math.Log(share * n * n));
            }
        return value;
    }
}
