using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Training;

namespace Locus.Tests.Training;

/// <summary>What all methods' steps share, shown on the loss |f - target|^2.</summary>
public sealed class GradientStepTests
{
    private const int Blocks = 21;
    private static readonly MlpShape Net = new(2, 0, [9, 5], ActivationKind.Silu, default, residual: false);

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(16)]
    public void Threads_change_no_bit_of_losses_gradient_and_weights(int threads)
    {
        // 21 blocks in 16 shards: some of one, some of two.
        var (alone, shared) = (Ran(0, Blocks, 1), Ran(0, Blocks, threads));
        Assert.Equal(16, alone.Step.Shards);
        Assert.Equal(alone.Step.Loss, shared.Step.Loss);
        Assert.Equal(alone.Norm, shared.Norm);
        Assert.Equal(alone.Weights.FirstMoment.ToArray(), shared.Weights.FirstMoment.ToArray());
        Assert.Equal(alone.Weights.Parameters.ToArray(), shared.Weights.Parameters.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(Blocks)]
    public void The_gradient_is_the_mean_over_the_blocks_whatever_the_shards(int blocks)
    {
        var whole = Ran(0, blocks, 2);
        var parts = Enumerable.Range(0, blocks).Select(block => Ran(block, 1, 1)).ToList();
        Assert.Equal(parts.Sum(part => part.Step.Loss), whole.Step.Loss, 1e-12 * whole.Step.Loss);
        var gradient = Enumerable.Range(0, Net.ParameterCount).Select(i => parts.Average(part => (double)part.Weights.FirstMoment.Span[i])).ToArray();
        // Floats summed in another order.
        var bound = 1e-6 * gradient.Max(Math.Abs);
        for (var i = 0; i < gradient.Length; i++) Assert.Equal(gradient[i], whole.Weights.FirstMoment.Span[i], bound);
        Assert.Equal(1, whole.Norm / Math.Sqrt(gradient.Sum(g => g * g)), 1e-5);
    }

    [Fact]
    public void A_second_step_begins_from_nothing()
    {
        using var team = new Team(2);
        var (step, weights, _) = Ran(0, Blocks, 2);
        var loss = step.Loss;
        step.Make(team, 0);
        // The first step was so small that the loss has hardly moved; a sum that went on would be twice as large.
        Assert.Equal(loss, step.Loss, 0.01 * loss);
        Assert.Equal(2, weights.Steps);
    }

    private static (Squares Step, ParameterState Weights, double Norm) Ran(int first, int blocks, int threads)
    {
        using var team = new Team(threads);
        var weights = new ParameterState(Net.ParameterCount);
        Mlp.Initialize(Net, Key.Seed(5), 1, weights.Parameters.Span);
        // With Beta1 = 0 the first moment after a step is the gradient of the step.
        var step = new Squares(Trainings.Short with { Batch = blocks * Block.Lanes, Beta1 = 0 }, weights, first, threads);
        return (step, weights, step.Make(team, 1e-5));
    }

    private sealed class Squares(TrainingOptions options, ParameterState weights, int first, int threads) : GradientStep(options, Net, weights, losses: 1, threads)
    {
        public double Loss => Sum(0);

        public double Make(Team team, double rate) => Run(team, rate);

        protected override void Prepare(int block, int worker, MlpWorkspace net)
        {
            Draws.Normal(Key.Seed(6), Sample(block), 0, net.Position);
            Draws.Uniform(Key.Seed(6), Sample(block), 1, net.Time.Slice(0, 1));
            net.Embed(Shape);
        }

        protected override void Losses(int block, int worker, MlpWorkspace net, Span<double> sums)
        {
            Draws.Normal(Key.Seed(7), Sample(block), 0, net.OutputGradient);
            for (var i = 0; i < net.Output.Values.Length; i++)
            {
                var error = net.Output.Values[i] - net.OutputGradient.Values[i];
                sums[0] += error * (double)error;
                net.OutputGradient.Values[i] = 2 * error;
            }
        }

        private ulong Sample(int block) => (ulong)((first + block) * Block.Lanes);
    }
}
