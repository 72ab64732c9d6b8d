using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Kernels;

public sealed class DriftKernelTests
{
    private static readonly DriftStep step = new(0.9f, 0.1f, 0.3f);

    private delegate void MoveStep(in DriftStep step, float deviation, Block x, Block drift, Block noise, Block next, Span<double> ratio);

    private delegate void StepRatio(in DriftStep step, Block x, Block next, Block drift, Span<double> ratio);

    private delegate void StepSlope(in DriftStep step, Block x, Block next, Block drift, Block weight, Block gradient);

    // More than one group of rows, and a part of one.
    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(70)]
    public void A_step_follows_its_formula_with_the_same_bits_on_every_width(int dimension)
    {
        var (next, ratio) = Moved(DriftKernel.Move<Lanes1>, dimension);
        foreach (var move in new MoveStep[] { DriftKernel.Move<Lanes8>, DriftKernel.Move<Lanes16>, DriftKernel.Move })
        {
            var (again, ratioAgain) = Moved(move, dimension);
            Assert.Equal(next, again);
            Assert.Equal(ratio, ratioAgain);
        }
        var (x, u, e, _) = Blocks(dimension);
        for (var i = 0; i < next.Length; i++) Assert.Equal(0.9 * x.Values[i] + 0.1 * u.Values[i] + 0.7 * e.Values[i], next[i], 1e-6);
        for (var lane = 0; lane < Block.Lanes; lane++) Assert.Equal(1 + LogRatio(x, u, Noisy(next, dimension), lane), ratio[lane], 1e-4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70)]
    public void The_ratio_of_a_step_is_that_of_two_normal_densities_and_has_its_slope(int dimension)
    {
        var (x, u, next, weight) = Blocks(dimension);
        var ratio = Ratios(DriftKernel.Ratio<Lanes1>, x, next, u);
        foreach (var run in new StepRatio[] { DriftKernel.Ratio<Lanes8>, DriftKernel.Ratio<Lanes16>, DriftKernel.Ratio }) Assert.Equal(ratio, Ratios(run, x, next, u));
        var slope = Slopes(DriftKernel.Slope<Lanes1>, x, next, u, weight);
        foreach (var run in new StepSlope[] { DriftKernel.Slope<Lanes8>, DriftKernel.Slope<Lanes16>, DriftKernel.Slope }) Assert.Equal(slope, Slopes(run, x, next, u, weight));
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            Assert.Equal(1 + LogRatio(x, u, next, lane), ratio[lane], 1e-4);
            for (var d = 0; d < dimension; d++)
            {
                const float h = 1e-3f;
                var before = u[d][lane];
                u[d][lane] = before + h;
                var above = LogRatio(x, u, next, lane);
                u[d][lane] = before - h;
                var below = LogRatio(x, u, next, lane);
                u[d][lane] = before;
                Assert.Equal(weight[0][lane] * (above - below) / (2 * h), slope[d * Block.Lanes + lane], 1e-3);
            }
        }
    }

    private static Block Noisy(float[] next, int dimension)
    {
        var block = new Arena(next.Length).Rows(dimension);
        next.CopyTo(block.Values);
        return block;
    }

    // log N(next; a x + g u, s^2) - log N(next; a x, s^2), both written out.
    private static double LogRatio(Block x, Block u, Block next, int lane)
    {
        var sum = 0.0;
        for (var d = 0; d < x.Rows; d++)
        {
            double Log(double mean) => -(next[d][lane] - mean) * (next[d][lane] - mean) / (2 * (double)step.Variance);
            sum += Log((double)step.Keep * x[d][lane] + (double)step.Gain * u[d][lane]) - Log((double)step.Keep * x[d][lane]);
        }
        return sum;
    }

    private static (float[] Next, double[] Ratio) Moved(MoveStep move, int dimension)
    {
        var (x, u, e, _) = Blocks(dimension);
        var ratio = Enumerable.Repeat(1.0, Block.Lanes).ToArray();
        move(step, 0.7f, x, u, e, e, ratio);
        return (e.Values.ToArray(), ratio);
    }

    private static double[] Ratios(StepRatio run, Block x, Block next, Block u)
    {
        var ratio = Enumerable.Repeat(1.0, Block.Lanes).ToArray();
        run(step, x, next, u, ratio);
        return ratio;
    }

    private static float[] Slopes(StepSlope run, Block x, Block next, Block u, Block weight)
    {
        var gradient = new Arena(x.Rows * Block.Lanes).Rows(x.Rows);
        run(step, x, next, u, weight, gradient);
        return gradient.Values.ToArray();
    }

    private static (Block X, Block Drift, Block Noise, Block Weight) Blocks(int dimension)
    {
        var arena = new Arena((3 * dimension + 1) * Block.Lanes);
        Block[] blocks = [arena.Rows(dimension), arena.Rows(dimension), arena.Rows(dimension), arena.Rows(1)];
        for (var i = 0; i < blocks.Length; i++) Draws.Normal(Key.Seed(5), 0, (uint)i, blocks[i]);
        return (blocks[0], blocks[1], blocks[2], blocks[3]);
    }
}
