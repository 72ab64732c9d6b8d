using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

public sealed class LaneSumsTests
{
    private const int Rows = 37;

    [Fact]
    public void Sums_are_those_of_the_plain_loop_in_the_order_of_the_rows()
    {
        var arena = new Arena(2 * Rows * Block.Lanes);
        var (x, y) = (arena.Rows(Rows), arena.Rows(Rows));
        ProductTests.Vector(Rows * Block.Lanes, "x").CopyTo(x.Values);
        ProductTests.Vector(Rows * Block.Lanes, "y").CopyTo(y.Values);
        double[] weights = [.. ProductTests.Vector(Rows, "w").Select(w => 1 / (1.0 + w * w))];
        Check(sums => LaneSums.Add(x, -0.5, sums), (r, lane) => x[r][lane], -0.5);
        Check(sums => LaneSums.AddWeighted(x, weights, 2, sums), (r, lane) => x[r][lane] * weights[r], 2);
        Check(sums => LaneSums.AddProducts(x, y, 1, sums), (r, lane) => (double)x[r][lane] * y[r][lane], 1);
        Check(sums => LaneSums.AddProducts(x, x, 1, sums), (r, lane) => (double)x[r][lane] * x[r][lane], 1);
    }

    [Fact]
    public void Nothing_is_added_by_no_rows_and_what_does_not_fit_is_refused()
    {
        var arena = new Arena(3 * Block.Lanes);
        var (none, two, one, sums) = (arena.Rows(0), arena.Rows(2), arena.Rows(1), new double[Block.Lanes]);
        LaneSums.Add(none, 1, sums);
        LaneSums.AddWeighted(none, [], 1, sums);
        LaneSums.AddProducts(none, none, 1, sums);
        Assert.All(sums, sum => Assert.Equal(0, sum));
        Assert.Throws<ArgumentException>(() => LaneSums.AddWeighted(two, [1], 1, sums));
        Assert.Throws<ArgumentException>(() => LaneSums.AddProducts(two, one, 1, sums));
        Assert.Throws<ArgumentException>(() => LaneSums.Add(two, 1, new double[3]));
    }

    private static void Check(Action<double[]> add, Func<int, int, double> term, double factor)
    {
        double[] sums = [.. Enumerable.Range(0, Block.Lanes).Select(lane => lane / 3.0)];
        add(sums);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var sum = 0.0;
            for (var r = 0; r < Rows; r++) sum += term(r, lane);
            Assert.Equal(lane / 3.0 + factor * sum, sums[lane]);
        }
    }
}
