using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Kernels;

public sealed class FreeStepKernelTests
{
    private const float Range = 3;
    private static readonly DriftStep step = new(0.9f, 0.1f, 0.3f);

    private delegate void BoundRaw(float range, Block raw);

    private delegate void MoveStep(in DriftStep step, float extra, Block x, Block drift, Block noise, Block next, Span<double> ratio);

    private delegate void StepRatio(in DriftStep step, Block x, Block next, Block drift, Span<double> ratio);

    private delegate void StepSlope(in DriftStep step, float range, Block x, Block next, Block drift, Block weight, Block gradient);

    // More than one group of rows, and a part of one.
    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(70)]
    public void A_step_follows_its_formula_with_the_same_bits_on_every_width(int dimension)
    {
        var (next, ratio) = Moved(FreeStepKernel.Move<Lanes1>, dimension);
        foreach (var move in new MoveStep[] { FreeStepKernel.Move<Lanes8>, FreeStepKernel.Move<Lanes16>, FreeStepKernel.Move })
        {
            var (again, ratioAgain) = Moved(move, dimension);
            Assert.Equal(next, again);
            Assert.Equal(ratio, ratioAgain);
        }
        var (x, drift, e, _) = Blocks(dimension);
        for (var d = 0; d < dimension; d++)
            for (var lane = 0; lane < Block.Lanes; lane++)
                Assert.Equal(0.9 * x[d][lane] + 0.1 * drift[d][lane] + Math.Sqrt(0.3 * Math.Exp(drift[dimension + d][lane]) + 0.2) * e[d][lane], next[d * Block.Lanes + lane], 1e-5);
        for (var lane = 0; lane < Block.Lanes; lane++) Assert.Equal(1 + LogRatio(x, drift, Filled(next, dimension), lane), ratio[lane], 2e-4 * dimension);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70)]
    public void The_ratio_of_a_step_is_that_of_two_normal_densities(int dimension)
    {
        var (x, drift, next, _) = Blocks(dimension);
        var ratio = Ratios(FreeStepKernel.Ratio<Lanes1>, x, next, drift);
        foreach (var run in new StepRatio[] { FreeStepKernel.Ratio<Lanes8>, FreeStepKernel.Ratio<Lanes16>, FreeStepKernel.Ratio }) Assert.Equal(ratio, Ratios(run, x, next, drift));
        for (var lane = 0; lane < Block.Lanes; lane++) Assert.Equal(1 + LogRatio(x, drift, next, lane), ratio[lane], 1e-5 * Math.Abs(ratio[lane]) + 1e-4);
    }

    // raw = atanh(v / range) is moved for the derivative by raw; the plain twin is in double.
    [Fact]
    public void Slopes_are_those_of_differences()
    {
        const int dimension = 3;
        var (x, drift, next, weight) = Blocks(dimension);
        var slope = Slopes(FreeStepKernel.Slope<Lanes1>, x, next, drift, weight);
        foreach (var run in new StepSlope[] { FreeStepKernel.Slope<Lanes8>, FreeStepKernel.Slope<Lanes16>, FreeStepKernel.Slope }) Assert.Equal(slope, Slopes(run, x, next, drift, weight));
        for (var d = 0; d < 2 * dimension; d++)
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                var difference = Difference(drift, d, lane, dimension, () => LogRatio(x, drift, next, lane));
                Assert.Equal(weight[0][lane] * difference, slope[d * Block.Lanes + lane], 2e-3 * (1 + Math.Abs(weight[0][lane] * difference)));
            }
    }

    // What comes after is a linear function of x' here; the noise is held, so that x' moves with u and v.
    [Fact]
    public void Pulls_are_those_of_differences()
    {
        const int dimension = 3;
        var (x, drift, e, adjoint) = Blocks(dimension, dimension);
        float[] Pulled(StepSlope pull)
        {
            var next = Rows(dimension);
            FreeStepKernel.Move(step, 0, x, drift, e, next, new double[Block.Lanes]);
            return Slopes(pull, x, next, drift, adjoint);
        }
        var slope = Pulled(FreeStepKernel.Pull<Lanes1>);
        foreach (var pull in new StepSlope[] { FreeStepKernel.Pull<Lanes8>, FreeStepKernel.Pull<Lanes16>, FreeStepKernel.Pull }) Assert.Equal(slope, Pulled(pull));
        for (var d = 0; d < 2 * dimension; d++)
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                double Loss()
                {
                    var loss = 0.0;
                    for (var k = 0; k < dimension; k++)
                    {
                        double v = drift[dimension + k][lane], noise = Math.Sqrt(0.3f * Math.Exp(v)) * e[k][lane], move = (double)step.Gain * drift[k][lane] + noise;
                        loss += adjoint[k][lane] * move + move * move / (2 * 0.3f) - e[k][lane] * e[k][lane] / 2 - v / 2;
                    }
                    return loss;
                }
                var difference = Difference(drift, d, lane, dimension, Loss);
                Assert.Equal(difference, slope[d * Block.Lanes + lane], 2e-3 * (1 + Math.Abs(difference)));
            }
    }

    [Fact]
    public void Without_a_free_variance_the_step_is_that_of_the_drift_alone()
    {
        var (x, drift, next, weight) = Blocks(5, 5);
        drift.Slice(5, 5).Values.Clear();
        var (free, plain) = (Ratios(FreeStepKernel.Ratio, x, next, drift), Ratios(DriftKernel.Ratio, x, next, drift.Slice(0, 5)));
        for (var lane = 0; lane < Block.Lanes; lane++) Assert.Equal(plain[lane], free[lane], 1e-4);
        var pulled = Rows(5);
        DriftKernel.Pull(step, x, next, weight, pulled);
        var gradient = Slopes(FreeStepKernel.Pull, x, next, drift, weight);
        for (var i = 0; i < pulled.Values.Length; i++) Assert.Equal(pulled.Values[i], gradient[i], 1e-5);
    }

    [Fact]
    public void Variances_stay_within_their_range()
    {
        var raw = Rows(2);
        Draws.Normal(Key.Seed(6), 0, 0, raw);
        foreach (ref var value in raw.Values) value *= 4;
        float[] before = [.. raw.Values];
        foreach (var run in new BoundRaw[] { FreeStepKernel.Bound<Lanes1>, FreeStepKernel.Bound<Lanes8>, FreeStepKernel.Bound<Lanes16>, FreeStepKernel.Bound })
        {
            before.CopyTo(raw.Values);
            run(Range, raw);
            for (var i = 0; i < before.Length; i++) Assert.Equal(Range * Math.Tanh(before[i]), raw.Values[i], 1e-6);
        }
    }

    private static double Difference(Block drift, int row, int lane, int dimension, Func<double> loss)
    {
        const double h = 1e-3;
        var before = drift[row][lane];
        double At(double shift)
        {
            drift[row][lane] = row < dimension ? (float)(before + shift) : (float)(Range * Math.Tanh(Math.Atanh(before / Range) + shift));
            return loss();
        }
        var difference = (At(h) - At(-h)) / (2 * h);
        drift[row][lane] = before;
        return difference;
    }

    // log N(next; a x + g u, s^2 exp(v)) - log N(next; a x, s^2), both written out.
    private static double LogRatio(Block x, Block drift, Block next, int lane)
    {
        var sum = 0.0;
        for (var d = 0; d < x.Rows; d++)
        {
            double Log(double mean, double variance) => -(next[d][lane] - mean) * (next[d][lane] - mean) / (2 * variance) - Math.Log(variance) / 2;
            double keep = (double)step.Keep * x[d][lane];
            sum += Log(keep + (double)step.Gain * drift[d][lane], step.Variance * Math.Exp(drift[x.Rows + d][lane])) - Log(keep, step.Variance);
        }
        return sum;
    }

    private static (float[] Next, double[] Ratio) Moved(MoveStep move, int dimension)
    {
        var (x, drift, e, _) = Blocks(dimension);
        var ratio = Enumerable.Repeat(1.0, Block.Lanes).ToArray();
        move(step, 0.2f, x, drift, e, e, ratio);
        return (e.Values.ToArray(), ratio);
    }

    private static double[] Ratios(StepRatio run, Block x, Block next, Block drift)
    {
        var ratio = Enumerable.Repeat(1.0, Block.Lanes).ToArray();
        run(step, x, next, drift, ratio);
        return ratio;
    }

    private static float[] Slopes(StepSlope run, Block x, Block next, Block drift, Block weight)
    {
        var gradient = Rows(2 * x.Rows);
        run(step, Range, x, next, drift, weight, gradient);
        return gradient.Values.ToArray();
    }

    private static Block Filled(float[] values, int rows)
    {
        var block = Rows(rows);
        values.CopyTo(block.Values);
        return block;
    }

    private static Block Rows(int rows) => new Arena(rows * Block.Lanes).Rows(rows);

    private static (Block X, Block Drift, Block Noise, Block Weight) Blocks(int dimension, int weights = 1)
    {
        Block[] blocks = [Rows(dimension), Rows(2 * dimension), Rows(dimension), Rows(weights)];
        for (var i = 0; i < blocks.Length; i++) Draws.Normal(Key.Seed(5), 0, (uint)i, blocks[i]);
        // v, and no raw.
        foreach (ref var value in blocks[1].Slice(dimension, dimension).Values) value = Math.Clamp(value, -2.5f, 2.5f);
        return (blocks[0], blocks[1], blocks[2], blocks[3]);
    }
}
