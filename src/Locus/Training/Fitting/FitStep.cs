using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Networks;
using Locus.Engine.Programs;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;

namespace Locus.Training;

/// <summary>
/// One gradient step of the fit. The first blocks of a batch learn to come back to the set: a point x of it moved by s n, n ~ N(0, I), at a late time t, with the loss
///     (a |z - f|^2 + d(f + m)^2) / max(c, s)^2,
/// where d is the distance to the set, to first order, and m a margin of random direction. The others follow the flow: x and the noise e paired with it, z = t x + (1 - t) e, t ~ U[0, 1], with the loss
///     |x - f|^2 / c^2,  c = max(1 - t, clip).
/// Keeping the constraints in a half of their own leaves the flow's law alone; inside the flow's loss they would draw mass to the nearest part of the set.
/// </summary>
internal sealed class FitStep : GradientStep
{
    // Noise is never smaller a share of the reach than this, so that there is a range to draw from.
    private const double SmallestRange = 0.5;
    private const double FirstReach = 0.5, LastReach = 0.02;
    private const int LanesPerFar = 16;

    // A gradient counts up to so many times the usual norm, which is a mean over a hundred steps or so.
    private const double MostNorms = 3, Memory = 0.01;

    private readonly LocusOptions options;
    private readonly LocusState state;
    private readonly Program distance;
    private readonly Guide? guide;
    private readonly Scratch[] scratch;
    private readonly int projectorBlocks;
    private readonly Key timeKey;
    private readonly Key noiseKey;
    private readonly Key marginKey;
    private readonly double logNearest;
    private ReadOnlyMemory<int> points;

    /// <summary>A step on the pool of a state that is explored.</summary>
    public FitStep(LocusOptions options, LocusState state, Key key, int threads)
        : base(options, state.Shape, state.Weights, losses: 2, threads)
    {
        (this.options, this.state, distance) = (options, state, state.Standard.Distance);
        guide = options.IsGuided(state.Problem) ? new Guide(state.Standard) : null;
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(Shape.Dimension, distance, guide?.ScratchRows ?? 0))];
        projectorBlocks = (int)Math.Round(options.ProjectorShare * Blocks);
        (timeKey, noiseKey, marginKey) = (key.Fold("time"), key.Fold("noise"), key.Fold("margin"));
        logNearest = ElementaryDouble.Log(options.ProjectorNearest);
    }

    /// <summary>Mean flow loss per sample of the flow's part of the last step.</summary>
    public double FlowLoss => projectorBlocks == Blocks ? 0 : Sum(0) / ((Blocks - projectorBlocks) * Block.Lanes);

    /// <summary>Mean constraint loss per sample of the projector's part of the last step.</summary>
    public double ProjectorLoss => projectorBlocks == 0 ? 0 : Sum(1) / (projectorBlocks * Block.Lanes);

    /// <summary>Makes one step.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="points">Numbers of the pool's points in this batch, [batch].</param>
    /// <param name="rate">Learning rate.</param>
    /// <returns>The norm of the gradient; not finite when training has diverged.</returns>
    public double Run(Team team, ReadOnlyMemory<int> points, double rate)
    {
        this.points = points;
        // Adam takes one gradient of many times the usual size for a dozen steps of three times the rate, all in one direction; from that a network need not come back.
        var clip = state.GradientNorm > 0 ? MostNorms * state.GradientNorm : double.PositiveInfinity;
        var norm = Run(team, rate, clip);
        var counted = Math.Min(norm, clip);
        state.GradientNorm = state.GradientNorm > 0 ? state.GradientNorm + Memory * (counted - state.GradientNorm) : counted;
        return norm;
    }

    /// <inheritdoc/>
    protected override void Prepare(int block, int worker, MlpWorkspace net)
    {
        var s = scratch[worker];
        var (sample, step) = ((ulong)(block * Block.Lanes), (uint)Weights.Steps);
        var batch = points.Span.Slice(block * Block.Lanes, Block.Lanes);
        Gather(state.Points, batch, s.Target);
        for (var j = 0; j < net.Condition.Rows; j++)
        {
            var row = net.Condition[j];
            for (var lane = 0; lane < Block.Lanes; lane++) row[lane] = state.Conditions[j][batch[lane]];
        }
        Draws.Uniform(timeKey, sample, step, s.Draws);
        StratifiedTimes.Spread(s.Draws[0], block < projectorBlocks ? block : block - projectorBlocks, block < projectorBlocks ? projectorBlocks : Blocks - projectorBlocks);
        if (block < projectorBlocks) Move(s, sample, step, net);
        else
        {
            Gather(state.Noise, batch, net.Position);
            s.Draws[0].CopyTo(net.Time[0]);
            PathKernel.Mix(net.Time.Slice(0, 1), s.Target, net.Position);
        }
        net.Embed(Shape);
    }

    /// <inheritdoc/>
    protected override void Losses(int block, int worker, MlpWorkspace net, Span<double> sums)
    {
        var s = scratch[worker];
        guide?.Apply(net, s.Guide);
        var projects = block < projectorBlocks;
        if (projects) Judge(s, (ulong)(block * Block.Lanes), (uint)Weights.Steps, net);
        var loss = projects ? new PathLoss((float)options.Anchor, 1, (float)options.Clip) : new PathLoss(1, 0, (float)options.Clip);
        PathKernel.Loss(loss, net.Time.Slice(0, 1), s.Target, net.Output, s.Distance.Slice(1, Shape.Dimension), net.OutputGradient, s.Parts);
        Span<float> inverse = s.Parts[0], terms = projects ? s.Distance[0] : s.Parts[1];
        if (projects) Weigh(s.Weight[0], inverse, net.OutputGradient);
        var sum = 0.0;
        for (var lane = 0; lane < Block.Lanes; lane++) sum += terms[lane] * (double)inverse[lane];
        sums[projects ? 1 : 0] += sum;
        if (guide is not null) Guide.Turn(net);
    }

    /// <summary>Makes 1 / c^2 what it is with c no smaller than the distance by which a point was moved.</summary>
    private static void Weigh(ReadOnlySpan<float> weight, Span<float> inverse, Block gradient)
    {
        for (var lane = 0; lane < Block.Lanes; lane++) inverse[lane] *= weight[lane];
        for (var d = 0; d < gradient.Rows; d++)
        {
            var row = gradient[d];
            for (var lane = 0; lane < Block.Lanes; lane++) row[lane] *= weight[lane];
        }
    }

    /// <summary>Draws a late time and moves the points off the set: z, which is the target too, for the network should move it as little as it can.</summary>
    private void Move(Scratch s, ulong sample, uint step, MlpWorkspace net)
    {
        Span<float> t = net.Time[0], scale = s.Parts[0];
        var decades = options.ProjectorDecades * 2.302585092994046;
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var share = ElementaryDouble.Exp(-decades * s.Draws[0][lane]);
            var left = (1 - options.ProjectorStart) * share;
            t[lane] = (float)(1 - left);
            // At first as far as gaps between parts of a set are wide, soon no farther than the flow can be off; but for some that show the way out of a gap at any time.
            var gap = lane % LanesPerFar == 0 ? 1 : share * share;
            var largest = ElementaryDouble.Log(FirstReach * gap + options.ProjectorReach * left + LastReach);
            var smallest = Math.Min(logNearest, largest - SmallestRange);
            var noise = ElementaryDouble.Exp(smallest + (largest - smallest) * s.Draws[1][lane]);
            var c = Math.Max(left, options.Clip);
            scale[lane] = (float)noise;
            s.Weight[0][lane] = noise > c ? (float)(c / noise * (c / noise)) : 1;
        }
        Draws.Normal(noiseKey, sample, step, net.Position);
        for (var d = 0; d < net.Position.Rows; d++)
        {
            Span<float> z = net.Position[d], x = s.Target[d];
            for (var lane = 0; lane < Block.Lanes; lane++) x[lane] = z[lane] = x[lane] + scale[lane] * z[lane];
        }
    }

    /// <summary>The squared distance to the set and its gradient, at a point a margin away from the prediction where there is one.</summary>
    private void Judge(Scratch s, ulong sample, uint step, MlpWorkspace net)
    {
        var judged = net.Output;
        if (state.Margin > 0)
        {
            judged = s.Judged;
            Draws.Normal(marginKey, sample, step, judged);
            var length = s.Parts[0];
            length.Clear();
            for (var d = 0; d < judged.Rows; d++)
                for (var lane = 0; lane < Block.Lanes; lane++) length[lane] += judged[d][lane] * judged[d][lane];
            for (var lane = 0; lane < Block.Lanes; lane++) length[lane] = length[lane] > 0 ? (float)state.Margin / MathF.Sqrt(length[lane]) : 0;
            for (var d = 0; d < judged.Rows; d++)
            {
                Span<float> row = judged[d], output = net.Output[d];
                for (var lane = 0; lane < Block.Lanes; lane++) row[lane] = output[lane] + length[lane] * row[lane];
            }
        }
        distance.Run(judged, net.Condition, s.Distance, s.Program);
        ConstraintDistance.Measure(s.Distance);
    }

    private static void Gather(float[] values, ReadOnlySpan<int> batch, Block target)
    {
        for (var d = 0; d < target.Rows; d++)
        {
            var row = target[d];
            for (var lane = 0; lane < Block.Lanes; lane++) row[lane] = values[batch[lane] * target.Rows + d];
        }
    }

    /// <summary>One worker's memory.</summary>
    private sealed class Scratch
    {
        public Scratch(int dimension, Program distance, int guide)
        {
            var arena = new Arena(Block.Lanes * (2 * dimension + distance.Outputs + distance.ScratchRows + 5 + guide));
            (Target, Judged, Distance) = (arena.Rows(dimension), arena.Rows(dimension), arena.Rows(distance.Outputs));
            (Program, Parts, Draws, Weight, Guide) = (arena.Rows(distance.ScratchRows), arena.Rows(2), arena.Rows(2), arena.Rows(1), arena.Rows(guide));
        }

        /// <summary>x, or z where the network is to stay [D][64].</summary>
        public Block Target { get; }

        /// <summary>Where the constraints are judged [D][64].</summary>
        public Block Judged { get; }

        /// <summary>The squared distance and its gradient [1 + D][64].</summary>
        public Block Distance { get; }

        /// <summary>That program's scratch.</summary>
        public Block Program { get; }

        /// <summary>1 / c^2, and the squared error [2][64].</summary>
        public Block Parts { get; }

        /// <summary>Uniform draws behind time and noise [2][64].</summary>
        public Block Draws { get; }

        /// <summary>What is left of 1 / c^2 where a point was moved farther than c [1][64].</summary>
        public Block Weight { get; }

        /// <summary>The guide's scratch.</summary>
        public Block Guide { get; }
    }
}
