using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;

namespace Locus.Training;

/// <summary>
/// Training without data, Algorithm 1 of Burghoff, Braun and Toussaint 2025: passes over a pool of points alternate with rebuilding the pool from the network's
/// own samples and noise.
/// </summary>
internal sealed class SelfTrainer : Trainer
{
    private readonly PaperOptions options;
    private readonly SelfTrainingState state;
    private readonly Key orderKey;
    private readonly Key poolKey;
    private readonly PoolBuilder builder;
    private readonly SelfTrainingStep step;
    private readonly int[] order;

    // The pass that the order is of; it is drawn again where a training goes on in the middle of one.
    private (int Round, int Pass) shuffled = (-1, -1);

    /// <inheritdoc cref="Trainer(Problem, TrainingOptions, long, Team, TrainingState)"/>
    public SelfTrainer(Problem problem, PaperOptions options, long seed, Team team, SelfTrainingState? state = null)
        : base(problem, options, seed, team, state)
    {
        this.options = options;
        this.state = (SelfTrainingState)State;
        orderKey = Key.Fold("order");
        poolKey = Key.Fold("pool");
        var standard = Standardization.Of(problem);
        builder = new PoolBuilder(options, this.state.Shape, standard, team.Threads);
        if (state is null) builder.FillWithNoise(Pool, poolKey.Fold(0));
        step = new SelfTrainingStep(options, this.state.Shape, standard, State.Weights, Pool, Key.Fold("train"), team.Threads);
        order = new int[options.PoolSize + options.Batch];
    }

    /// <inheritdoc/>
    protected override double RoundFraction => (state.Pass + (double)state.Update / UpdatesPerPass) / options.Passes;

    private TrainingPool Pool => state.Pool;

    private int UpdatesPerPass => (Pool.Count + options.Batch - 1) / options.Batch;

    /// <inheritdoc/>
    protected override (double Loss, double GradientNorm) Update(double rate)
    {
        if (shuffled != (state.Round, state.Pass)) Shuffle();
        var norm = step.Run(Team, order.AsMemory(state.Update * options.Batch, options.Batch), rate);
        return (Weighted(step.VelocityLoss, step.ConstraintLoss), norm);
    }

    /// <inheritdoc/>
    protected override void Count()
    {
        state.VelocityLossSum += step.VelocityLoss;
        state.ConstraintLossSum += step.ConstraintLoss;
        if (++state.Update == UpdatesPerPass) (state.Pass, state.Update) = (state.Pass + 1, 0);
    }

    /// <inheritdoc/>
    protected override (double Loss, IReadOnlyList<(string Name, double Value)> Measures) EndRound()
    {
        var next = state.Round + 1;
        var pool = builder.Rebuild(Pool, next, Team, options.PoolFromAverage ? state.Weights.Average : state.Weights.Parameters, poolKey.Fold((ulong)next));
        var (velocity, constraint) = (state.VelocityLossSum / state.RoundUpdates, state.ConstraintLossSum / state.RoundUpdates);
        state.Pass = 0;
        state.VelocityLossSum = state.ConstraintLossSum = 0;
        return (Weighted(velocity, constraint),
        [
            ("velocityLoss", velocity), ("constraintLoss", constraint), ("gamma", pool.Gamma), ("noiseShare", pool.NoiseShare),
            ("drawn", pool.Drawn), ("kept", pool.Kept), (RoundInfo.MeanSlack, pool.MeanSlack), (RoundInfo.Success, pool.Success),
        ]);
    }

    /// <inheritdoc/>
    protected override string Losses(double loss) => $"velocity loss {step.VelocityLoss}, constraint loss {step.ConstraintLoss}";

    private double Weighted(double velocity, double constraint) => options.AlphaVelocity * velocity + options.AlphaConstraint * constraint;

    /// <summary>The order of this pass: a permutation of the pool, continued from its start so that the last batch is full.</summary>
    private void Shuffle()
    {
        var count = Pool.Count;
        Draws.Permutation(orderKey.Fold((ulong)state.Round).Fold((ulong)state.Pass), order.AsSpan(0, count));
        for (var i = count; i < UpdatesPerPass * options.Batch; i++) order[i] = order[i - count];
        shuffled = (state.Round, state.Pass);
    }
}
