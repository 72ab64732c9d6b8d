using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Networks;
using Locus.Engine.Programs;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;

namespace Locus.Training;

/// <summary>
/// One gradient step of Algorithm 1, lines 4 to 12 (Burghoff, Braun and Toussaint 2025): for x in the pool, t ~ U[0, 1], e ~ N(0, I),
/// z = t x + (1 - t) e, x_pred = f(z, t) and, with c = max(1 - t, 0.05),
///     L = alpha_vel |x - x_pred|^2 / c^2 + alpha_con (sum [g]_+^2 + sum h^2)(x_pred) / c^2.
/// A step is one run of the team in three stages: the shards, the sum of their gradients, and the update.
/// A task of the first is a shard of the batch: its blocks go one after the other through noise, network, losses and backward pass in the worker's own memory.
/// The number of shards depends on the batch alone, and so does the order of every sum.
/// </summary>
internal sealed class SelfTrainingStep : IWork
{
    /// <summary>Most shards of a batch: as many workers can share one step.</summary>
    private const int MostShards = 16;

    private readonly PaperOptions options;
    private readonly MlpShape shape;
    private readonly Program penalty;
    private readonly ParameterState weights;
    private readonly TrainingPool pool;
    private readonly Optimizer optimizer;
    private readonly Stage[] stages;
    private readonly Scratch[] scratch;
    private readonly double[] velocityLoss;
    private readonly double[] constraintLoss;
    private readonly TimeDraw times;
    private readonly Key noiseKey;
    private readonly int blocks;
    private readonly PathLoss loss;

    // Over how many coordinates the velocity loss is averaged.
    private readonly int coordinates;
    private ReadOnlyMemory<int> points;

    /// <summary>A step on this pool.</summary>
    public SelfTrainingStep(PaperOptions options, MlpShape shape, Standardization standard, ParameterState weights, TrainingPool pool, Key key, int threads)
    {
        this.options = options;
        this.shape = shape;
        this.weights = weights;
        this.pool = pool;
        penalty = standard.Penalty;
        blocks = options.Batch / Block.Lanes;
        coordinates = options.VelocityLoss == Training.VelocityLoss.Mean ? shape.Dimension : 1;
        loss = new PathLoss((float)(options.AlphaVelocity / coordinates), (float)options.AlphaConstraint, (float)options.Clip);
        Shards = Math.Min(blocks, MostShards);
        optimizer = new Optimizer(weights, options.Adam(), Shards);
        stages = [new(this, Shards), .. optimizer.Stages];
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(shape, penalty))];
        velocityLoss = new double[Shards];
        constraintLoss = new double[Shards];
        times = new TimeDraw(options.TimeLaw, key.Fold("time"));
        noiseKey = key.Fold("noise");
    }

    /// <summary>Tasks in a step.</summary>
    public int Shards { get; }

    /// <summary>Mean velocity loss per sample of the last step, before its weight.</summary>
    public double VelocityLoss { get; private set; }

    /// <summary>Mean constraint loss per sample of the last step, before its weight.</summary>
    public double ConstraintLoss { get; private set; }

    /// <summary>Makes one step.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="points">Numbers of the pool's points in this batch, [batch].</param>
    /// <param name="rate">Learning rate.</param>
    /// <returns>The norm of the gradient; not finite when training has diverged.</returns>
    public double Run(Team team, ReadOnlyMemory<int> points, double rate)
    {
        this.points = points;
        optimizer.Begin(rate, 1.0 / options.Batch);
        team.Run(stages);
        double velocity = 0, constraint = 0;
        for (var s = 0; s < Shards; s++)
        {
            velocity += velocityLoss[s];
            constraint += constraintLoss[s];
        }
        VelocityLoss = velocity / options.Batch;
        ConstraintLoss = constraint / options.Batch;
        return optimizer.Norm;
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        var gradient = optimizer.Gradient(task);
        velocityLoss[task] = constraintLoss[task] = 0;
        int first = task * blocks / Shards, end = (task + 1) * blocks / Shards;
        for (var block = first; block < end; block++)
        {
            Prepare(scratch[worker], block);
            Mlp.Forward(shape, weights.Parameters.Span, scratch[worker].Network);
            Losses(scratch[worker], task);
            Mlp.Backward(shape, weights.Parameters.Span, scratch[worker].Network, gradient, add: block > first);
        }
    }

    /// <summary>Draws t and e and mixes z.</summary>
    private void Prepare(Scratch s, int block)
    {
        var net = s.Network;
        // A sample's draws are named by its place in the batch and the number of the step.
        var (sample, step) = ((ulong)(block * Block.Lanes), (uint)weights.Steps);
        pool.Gather(points.Span.Slice(block * Block.Lanes, Block.Lanes), 0, s.Target);
        pool.Gather(points.Span.Slice(block * Block.Lanes, Block.Lanes), shape.Dimension, net.Condition);
        times.Fill(sample, step, s.TimeDraws, net.Time[0]);
        Draws.Normal(noiseKey, sample, step, net.Position);
        PathKernel.Mix(net.Time.Slice(0, 1), s.Target, net.Position);
        net.Embed(shape);
    }

    /// <summary>Both losses and their derivative by x_pred.</summary>
    private void Losses(Scratch s, int task)
    {
        var net = s.Network;
        penalty.Run(net.Output, net.Condition, s.Penalty, s.Program);
        PathKernel.Loss(loss, net.Time.Slice(0, 1), s.Target, net.Output, s.Penalty.Slice(1, shape.Dimension), net.OutputGradient, s.Parts);
        Span<float> inverse = s.Parts[0], squares = s.Parts[1];
        var penalties = s.Penalty[0];
        double velocitySum = 0, constraintSum = 0;
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            velocitySum += squares[lane] * (double)inverse[lane];
            constraintSum += penalties[lane] * (double)inverse[lane];
        }
        velocityLoss[task] += velocitySum / coordinates;
        constraintLoss[task] += constraintSum;
    }

    /// <summary>One worker's memory.</summary>
    private sealed class Scratch
    {
        public Scratch(MlpShape shape, Program penalty)
        {
            Network = new MlpWorkspace(shape, training: true);
            var arena = new Arena(Block.Lanes * (shape.Dimension + penalty.Outputs + penalty.ScratchRows + 2 + Training.TimeDraw.Rows));
            Target = arena.Rows(shape.Dimension);
            Penalty = arena.Rows(penalty.Outputs);
            Program = arena.Rows(penalty.ScratchRows);
            Parts = arena.Rows(2);
            TimeDraws = arena.Rows(Training.TimeDraw.Rows);
        }

        public MlpWorkspace Network { get; }

        /// <summary>x [D][64].</summary>
        public Block Target { get; }

        /// <summary>Penalty and its gradient [1 + D][64].</summary>
        public Block Penalty { get; }

        /// <summary>The penalty program's scratch.</summary>
        public Block Program { get; }

        /// <summary>1 / c^2, and the squared error [2][64].</summary>
        public Block Parts { get; }

        /// <summary>Draws behind t.</summary>
        public Block TimeDraws { get; }
    }
}
