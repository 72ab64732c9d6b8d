using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Methods.OffPolicy;

namespace Locus.Tests.Methods;

public sealed class BalanceTests
{
    private static readonly Key key = Key.Seed(21);

    [Theory]
    [InlineData(0.9, 7)]
    [InlineData(1, 100)]
    [InlineData(2, 100)]
    public void Weights_of_the_parts_of_a_path_sum_to_1(double lambda, int steps)
    {
        var balance = new Balance(new OffPolicyOptions { SubTrajectoryLambda = lambda });
        Assert.Equal(1, Enumerable.Range(1, steps).Sum(n => (steps + 1 - n) * balance.Coefficient(n, steps)), 1e-12);
    }

    // The sums over all pairs, written out.
    [Theory]
    [InlineData(0.9, 7)]
    [InlineData(2, 60)]
    public void Sub_trajectory_balance_is_the_sum_over_all_parts(double lambda, int steps)
    {
        var (path, heights) = Path(steps);
        var balance = new Balance(new OffPolicyOptions { SubTrajectoryLambda = lambda });
        var loss = balance.Weigh(PathLossKind.SubTrajectoryBalance, [path], 0);
        var expected = 0.0;
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var slope = new double[steps + 1];
            for (var j = 1; j <= steps; j++)
                for (var i = 0; i < j; i++)
                {
                    var (c, residual) = (balance.Coefficient(j - i, steps), heights[j][lane] - heights[i][lane]);
                    expected += c * residual * residual;
                    slope[j] += 2 * c * residual;
                    slope[i] -= 2 * c * residual;
                }
            for (var i = 0; i < steps; i++)
            {
                Assert.Equal(-slope[i], path.LevelSlope(i)[0][lane], 1e-5);
                Assert.Equal(slope.Skip(i + 1).Sum(), path.Weight(i)[0][lane], 1e-5);
            }
        }
        Assert.Equal(expected, loss, 1e-9 * expected);
    }

    [Fact]
    public void Detailed_balance_is_the_sum_over_all_steps()
    {
        const int steps = 9;
        var (path, heights) = Path(steps);
        var loss = new Balance(new OffPolicyOptions()).Weigh(PathLossKind.DetailedBalance, [path], 0);
        var expected = 0.0;
        for (var lane = 0; lane < Block.Lanes; lane++)
            for (var i = 0; i < steps; i++)
            {
                var residual = heights[i + 1][lane] - heights[i][lane];
                expected += residual * residual / 2;
                Assert.Equal(residual, path.Weight(i)[0][lane], 1e-5);
                Assert.Equal(residual - (i == 0 ? 0 : heights[i][lane] - heights[i - 1][lane]), path.LevelSlope(i)[0][lane], 1e-5);
            }
        Assert.Equal(expected, loss, 1e-9 * expected);
    }

    [Fact]
    public void A_variance_over_paths_of_one_condition_is_taken_in_groups()
    {
        var (path, heights) = Path(1);
        var loss = new Balance(new OffPolicyOptions()).Weigh(PathLossKind.VarGrad, [path], 16);
        var expected = 0.0;
        // The end alone: a variance knows nothing of the level of the start.
        for (var first = 0; first < Block.Lanes; first += 16)
        {
            double[] ends = [.. Enumerable.Range(first, 16).Select(lane => heights[1][lane])];
            expected += ends.Sum(end => (end - ends.Average()) * (end - ends.Average())) / 2;
        }
        Assert.Equal(expected, loss, 1e-9 * expected);
    }

    // Ratios and levels at random, and the heights H_k that follow from them.
    private static (PathBlock Path, double[][] Heights) Path(int steps)
    {
        var path = new PathBlock(new MlpShape(2, 0, [4], ActivationKind.Silu, new TimeEmbedding(TimeEmbeddingKind.None, 0), residual: false), steps, scored: false, byParts: true);
        var heights = new double[steps + 1][];
        var sums = new double[Block.Lanes];
        for (var k = 0; k <= steps; k++)
        {
            heights[k] = new double[Block.Lanes];
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                var level = Draws.Normal(key, (ulong)lane, (uint)(2 * k));
                path.Level(k)[lane] = level;
                heights[k][lane] = sums[lane] - level;
                if (k == steps) continue;
                path.Ratio(k)[lane] = Draws.Normal(key, (ulong)lane, (uint)(2 * k + 1));
                sums[lane] += path.Ratio(k)[lane];
            }
        }
        return (path, heights);
    }
}
