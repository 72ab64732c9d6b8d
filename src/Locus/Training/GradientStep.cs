using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Workers;

namespace Locus.Training;

/// <summary>
/// One gradient step on a batch: a run of the team in three stages, the shards, the sum of their gradients, and the update. A task of the first is a shard of the batch:
/// its blocks go one after the other through input, network, losses and backward pass in the worker's own memory. The number of shards depends on the
/// batch alone, and so does the order of every sum. A method says what a block's input and losses are.
/// </summary>
internal abstract class GradientStep : IWork
{
    /// <summary>Most shards of a batch: as many workers can share one step.</summary>
    private const int MostShards = 16;

    private readonly int batch;
    private readonly int lossCount;
    private readonly Optimizer optimizer;
    private readonly Stage[] stages;
    private readonly MlpWorkspace[] networks;
    private readonly double[] losses;

    /// <summary>A step of a method.</summary>
    /// <param name="options">Batch and optimizer.</param>
    /// <param name="shape">The network.</param>
    /// <param name="weights">Parameters and moments, updated in place.</param>
    /// <param name="losses">Number of losses that are told apart.</param>
    /// <param name="threads">Workers.</param>
    protected GradientStep(TrainingOptions options, MlpShape shape, ParameterState weights, int losses, int threads)
    {
        (batch, Shape, Weights, lossCount) = (options.Batch, shape, weights, losses);
        Blocks = batch / Block.Lanes;
        Shards = Math.Min(Blocks, MostShards);
        optimizer = new Optimizer(weights, options.Adam(), Shards);
        stages = [new(this, Shards), .. optimizer.Stages];
        networks = [.. Enumerable.Range(0, threads).Select(_ => new MlpWorkspace(shape, training: true))];
        this.losses = new double[Shards * losses];
    }

    /// <summary>Tasks in a step.</summary>
    public int Shards { get; }

    /// <summary>Blocks in a batch.</summary>
    protected int Blocks { get; }

    /// <summary>The network.</summary>
    protected MlpShape Shape { get; }

    /// <summary>Its parameters.</summary>
    protected ParameterState Weights { get; }

    /// <summary>Makes one step.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="clip">Largest norm of the gradient that takes effect, besides that of the options.</param>
    /// <returns>The norm of the gradient; not finite when training has diverged.</returns>
    protected double Run(Team team, double rate, double clip = double.PositiveInfinity)
    {
        optimizer.Begin(rate, 1.0 / batch, clip);
        team.Run(stages);
        return optimizer.Norm;
    }

    /// <summary>A loss of the last step, its sum over the batch.</summary>
    /// <param name="loss">Which.</param>
    protected double Sum(int loss)
    {
        var sum = 0.0;
        for (var s = 0; s < Shards; s++) sum += losses[s * lossCount + loss];
        return sum;
    }

    /// <summary>Fills the network's input. A sample's draws are named by its place in the batch and the number of the step.</summary>
    /// <param name="block">Block of the batch.</param>
    /// <param name="worker">Whose scratch may be used.</param>
    /// <param name="net">Its input is written.</param>
    protected abstract void Prepare(int block, int worker, MlpWorkspace net);

    /// <summary>Sets the derivative of the loss by the output, and adds up the losses.</summary>
    /// <param name="block">Block of the batch.</param>
    /// <param name="worker">Whose scratch may be used.</param>
    /// <param name="net">Its output is read, its output gradient written.</param>
    /// <param name="sums">Added to, one place per loss.</param>
    protected abstract void Losses(int block, int worker, MlpWorkspace net, Span<double> sums);

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        var (net, sums) = (networks[worker], losses.AsMemory(task * lossCount, lossCount));
        var gradient = optimizer.Gradient(task);
        sums.Span.Clear();
        int first = task * Blocks / Shards, end = (task + 1) * Blocks / Shards;
        for (var block = first; block < end; block++)
        {
            Prepare(block, worker, net);
            Mlp.Forward(Shape, Weights.Parameters.Span, net);
            Losses(block, worker, net, sums.Span);
            Mlp.Backward(Shape, Weights.Parameters.Span, net, gradient, add: block > first);
        }
    }
}
