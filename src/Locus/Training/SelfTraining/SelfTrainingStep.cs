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
/// </summary>
internal sealed class SelfTrainingStep : GradientStep
{
    private readonly PaperOptions options;
    private readonly Program penalty;
    private readonly TrainingPool pool;
    private readonly Scratch[] scratch;
    private readonly TimeDraw times;
    private readonly Key noiseKey;
    private readonly PathLoss loss;

    // Over how many coordinates the velocity loss is averaged.
    private readonly int coordinates;
    private ReadOnlyMemory<int> points;

    /// <summary>A step on this pool.</summary>
    public SelfTrainingStep(PaperOptions options, MlpShape shape, Standardization standard, ParameterState weights, TrainingPool pool, Key key, int threads)
        : base(options, shape, weights, losses: 2, threads)
    {
        this.options = options;
        this.pool = pool;
        penalty = standard.Penalty;
        coordinates = options.VelocityLoss == Training.VelocityLoss.Mean ? shape.Dimension : 1;
        loss = new PathLoss((float)(options.AlphaVelocity / coordinates), (float)options.AlphaConstraint, (float)options.Clip);
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(shape, penalty))];
        times = new TimeDraw(options.TimeLaw, key.Fold("time"));
        noiseKey = key.Fold("noise");
    }

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
        var norm = Run(team, rate);
        VelocityLoss = Sum(0) / options.Batch;
        ConstraintLoss = Sum(1) / options.Batch;
        return norm;
    }

    /// <inheritdoc/>
    protected override void Prepare(int block, int worker, MlpWorkspace net)
    {
        var s = scratch[worker];
        var (sample, step) = ((ulong)(block * Block.Lanes), (uint)Weights.Steps);
        pool.Gather(points.Span.Slice(block * Block.Lanes, Block.Lanes), 0, s.Target);
        pool.Gather(points.Span.Slice(block * Block.Lanes, Block.Lanes), Shape.Dimension, net.Condition);
        times.Fill(sample, step, s.TimeDraws, net.Time[0]);
        Draws.Normal(noiseKey, sample, step, net.Position);
        PathKernel.Mix(net.Time.Slice(0, 1), s.Target, net.Position);
        net.Embed(Shape);
    }

    /// <inheritdoc/>
    protected override void Losses(int block, int worker, MlpWorkspace net, Span<double> sums)
    {
        var s = scratch[worker];
        penalty.Run(net.Output, net.Condition, s.Penalty, s.Program);
        PathKernel.Loss(loss, net.Time.Slice(0, 1), s.Target, net.Output, s.Penalty.Slice(1, Shape.Dimension), net.OutputGradient, s.Parts);
        Span<float> inverse = s.Parts[0], squares = s.Parts[1];
        var penalties = s.Penalty[0];
        double velocitySum = 0, constraintSum = 0;
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            velocitySum += squares[lane] * (double)inverse[lane];
            constraintSum += penalties[lane] * (double)inverse[lane];
        }
        sums[0] += velocitySum / coordinates;
        sums[1] += constraintSum;
    }

    /// <summary>One worker's memory.</summary>
    private sealed class Scratch
    {
        public Scratch(MlpShape shape, Program penalty)
        {
            var arena = new Arena(Block.Lanes * (shape.Dimension + penalty.Outputs + penalty.ScratchRows + 2 + Training.TimeDraw.Rows));
            Target = arena.Rows(shape.Dimension);
            Penalty = arena.Rows(penalty.Outputs);
            Program = arena.Rows(penalty.ScratchRows);
            Parts = arena.Rows(2);
            TimeDraws = arena.Rows(Training.TimeDraw.Rows);
        }

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
