using Locus.Diagnostics.Transport;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Tests.Diagnostics.Transport;

public sealed class WassersteinTests
{
    private static readonly Key Key = Key.Seed(91);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(33, 3)]
    [InlineData(64, 17)]
    public void Squared_distances_are_those_of_the_plain_formula(int count, int dimension)
    {
        Points x = NormalSets.Of(Key.Fold(0), count, dimension), y = NormalSets.Of(Key.Fold(1), count + 2, dimension, center: 100);

        var distances = new SquaredDistances(x, y);

        Assert.Equal((count, count + 2), (distances.Rows, distances.Columns));
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count + 2; j++)
            {
                Assert.Equal(NormalSets.Square(x, i, y, j), distances[i][j], 1e-13 * NormalSets.Square(x, i, y, j));
                Assert.Equal(Math.Sqrt(distances[i][j]), distances.Roots()[i * (count + 2) + j]);
            }
    }

    [Fact]
    public void Small_sets_are_carried_as_cheaply_as_by_the_best_of_all_permutations()
    {
        for (var n = 1; n <= 7; n++)
            for (var trial = 0ul; trial < 10; trial++)
            {
                Points x = NormalSets.Of(Key.Fold(2).Fold(trial), n, 3), y = NormalSets.Of(Key.Fold(3).Fold(trial), n, 3);
                var distances = new SquaredDistances(x, y);
                var best = (First: double.PositiveInfinity, Second: double.PositiveInfinity);
                foreach (var order in Permutations(n))
                {
                    best.First = Math.Min(best.First, order.Select((j, i) => Math.Sqrt(NormalSets.Square(x, i, y, j))).Average());
                    best.Second = Math.Min(best.Second, order.Select((j, i) => NormalSets.Square(x, i, y, j)).Average());
                }

                Assert.Equal(best.Second, new Wasserstein(n).Cost(distances.Values), 1e-13 * best.Second);
                Assert.Equal(best.First, new Wasserstein(n).Cost(distances.Roots()), 1e-13 * best.First);
            }
    }

    [Fact]
    public void On_a_line_points_are_carried_in_their_order()
    {
        Points x = NormalSets.Of(Key.Fold(4), 500, 1), y = NormalSets.Of(Key.Fold(5), 500, 1, center: 0.3);
        var pairs = x.Values.Order().Zip(y.Values.Order(), (a, b) => Math.Abs(a - b)).ToList();
        var distances = new SquaredDistances(x, y);

        Assert.Equal(pairs.Average(), new Wasserstein(500).Cost(distances.Roots()), 1e-12);
        Assert.Equal(pairs.Average(d => d * d), new Wasserstein(500).Cost(distances.Values), 1e-12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(32)]
    public void Prices_prove_that_no_way_is_cheaper(int dimension)
    {
        const int n = 700;
        Points x = NormalSets.Of(Key.Fold(6), n, dimension), y = NormalSets.Of(Key.Fold(7), n, dimension, center: 0.5);
        var distances = new SquaredDistances(x, y);
        foreach (var costs in new[] { distances.Values.ToArray(), distances.Roots() })
        {
            var transport = new Wasserstein(n);

            var cost = transport.Cost(costs);

            // With u_i the least of c_ij - v_j, all u_i + v_j are at most c_ij, so no permutation costs less than their sum; the slack of those that were chosen is 0 but for rounding.
            double sum = 0;
            for (var i = 0; i < n; i++)
            {
                var least = double.PositiveInfinity;
                for (var j = 0; j < n; j++) least = Math.Min(least, costs[i * n + j] - transport.Prices[j]);
                sum += least + transport.Prices[i];
            }
            Assert.Equal(sum / n, cost, 1e-12 * cost);
        }
    }

    [Fact]
    public void A_shift_costs_its_length_and_nothing_is_between_a_set_and_itself()
    {
        var x = NormalSets.Of(Key.Fold(8), 200, 4);
        var y = new Points([.. x.Values.Select(value => value + 3)], 4);
        var shifted = TransportDistances.Between(x, y, 1e-3, default);
        var same = TransportDistances.Between(x, x.Pick([.. Enumerable.Range(0, 200).Reverse()]), 1e-3, default);

        Assert.Equal(6, shifted.Wasserstein1, 1e-12);
        Assert.Equal(6, shifted.Wasserstein2, 1e-12);
        // The mean squared distance cannot be below the square of the shift, nor what is entropic above it by more than e log N.
        Assert.Equal(36, shifted.Sinkhorn, 0.036);
        Assert.Equal((0, 0), (same.Wasserstein1, same.Wasserstein2));
        Assert.InRange(same.Sinkhorn, 0, 1e-3);
        Assert.Equal(0, same.MeanDiscrepancy, 1e-7);
    }

    private static IEnumerable<int[]> Permutations(int n)
    {
        if (n == 0) return [[]];
        return Permutations(n - 1).SelectMany(shorter => Enumerable.Range(0, n).Select(place => (int[])[.. shorter[..place], n - 1, .. shorter[place..]]));
    }
}
