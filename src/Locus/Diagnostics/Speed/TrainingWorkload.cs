using Locus.Engine.Networks;
using Locus.Engine.Probes;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Training;

namespace Locus.Diagnostics.Speed;

/// <summary>
/// Training steps of the recipe paper for measuring their speed: each takes the next batch of a pool of noise, draws t and e, runs the network, both losses and the backward pass,
/// and ends with AdamW and the moving average. The order of the points is drawn once, the pool is never rebuilt, and the learning rate stays.
/// </summary>
public sealed class TrainingWorkload
{
    private readonly Team team;
    private readonly SelfTrainingStep step;
    private readonly int[] order;
    private readonly double rate;
    private int next;

    /// <summary>Steps before the first one.</summary>
    /// <param name="problem">What is learnt; its penalty is part of the step.</param>
    /// <param name="options">Network, batch and weights of the losses.</param>
    /// <param name="team">Workers.</param>
    /// <exception cref="LocusException">Options are wrong: all findings in one message.</exception>
    public TrainingWorkload(Problem problem, PaperOptions options, Team team)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(team);
        // The trainer checks the options, draws the first weights and fills the pool with noise.
        var trainer = new SelfTrainer(problem, options, seed: 1, team);
        var state = (SelfTrainingState)trainer.State;
        this.team = team;
        Shape = state.Shape;
        Batch = options.Batch;
        rate = options.LearningRate;
        step = new SelfTrainingStep(options, Shape, Standardization.Of(problem), state.Weights, state.Pool, Key.Seed(1).Fold("speed"), team.Threads);
        order = new int[Math.Max(1, options.PoolSize / Batch) * Batch];
        var points = Math.Min(options.PoolSize, order.Length);
        Draws.Permutation(Key.Seed(1).Fold("order"), order.AsSpan(0, points));
        for (var i = points; i < order.Length; i++) order[i] = order[i - points];
    }

    /// <summary>The network.</summary>
    public MlpShape Shape { get; }

    /// <summary>Points in a step.</summary>
    public int Batch { get; }

    /// <summary>Operations of one step, as <see cref="FlopCount"/> has them.</summary>
    public double Flops => Batch * FlopCount.Training(Shape);

    /// <summary>Mean velocity loss per point of the last step: that something was learnt.</summary>
    public double VelocityLoss => step.VelocityLoss;

    /// <summary>Makes one step.</summary>
    public void Run()
    {
        step.Run(team, order.AsMemory(next, Batch), rate);
        next = (next + Batch) % order.Length;
    }
}
