using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;

namespace Locus.Methods.OffPolicy;

/// <summary>
/// One update, in two phases. First paths are drawn, without anything for a gradient being kept: blocks of 64 are the tasks. What a path's density has to do with the loss is then one number for it, its
/// weight w, and the second phase goes through all steps of all paths as one large batch, in any order, with the gradient of sum w P. So nothing of the network's inside is kept over a path, and the second phase
/// is shared out evenly.
/// </summary>
internal sealed class PathStep
{
    private const int MostShards = 16;

    private readonly OffPolicyOptions options;
    private readonly OffPolicyState state;
    private readonly DriftShape shape;
    private readonly Drift drift;
    private readonly DriftSteps steps;
    private readonly Reward reward;
    private readonly Paths[] paths;
    private readonly Optimizer optimizer;
    private readonly Optimizer logZ;
    private readonly Worker[] workers;
    private readonly Stage[] forward;
    private readonly Stage[] backward;
    private readonly float[] shiftGradients;
    private readonly float[] scaleGradients;
    private readonly int shards;
    private readonly Key pathKey;
    private readonly Key conditionKey;
    private readonly Key sourceKey;
    private double exploration;
    private ReplayBuffer? source;
    private bool learnsLogZ;

    /// <summary>An update on the state of a training.</summary>
    public PathStep(OffPolicyOptions options, OffPolicyState state, Key key, int threads)
    {
        (this.options, this.state, shape) = (options, state, state.Shape);
        reward = new Reward(state.Problem, state.Standard, state.Calls);
        drift = new Drift(shape, options.Sampler.Reference(), options.Sampler.Limit, reward);
        var (blocks, count) = (options.Batch / Block.Lanes, drift.Process.Steps);
        steps = new DriftSteps(shape, count, training: true);
        paths = [.. Enumerable.Range(0, blocks).Select(_ => new Paths(shape.Trunk, count, options.Langevin))];
        shards = Math.Min(MostShards, blocks * count);
        optimizer = new Optimizer(state.Weights, options.Adam(), shards);
        logZ = new Optimizer(state.LogZ, new AdamOptions { AverageDecay = 0 }, 1);
        workers = [.. Enumerable.Range(0, threads).Select(_ => new Worker(shape, drift.ScratchRows, reward.ScratchRows))];
        (shiftGradients, scaleGradients) = (new float[shards * count * shape.ShiftLength], new float[shards * count]);
        (pathKey, conditionKey, sourceKey) = (key.Fold("paths"), key.Fold("conditions"), key.Fold("source"));
        Stage[] ends = [new(new Gradient(this), shards, Collect), .. optimizer.Stages];
        forward = [new(new Rollout(this), blocks, () => Weigh(options.Loss)), .. ends];
        backward = [new(new Return(this), blocks, () => Weigh(options.BackwardLoss)), .. ends];
    }

    /// <summary>Mean loss of the last update.</summary>
    public double Loss { get; private set; }

    /// <summary>Makes one update on paths that the drift draws itself.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="rate">Learning rate of the drift.</param>
    /// <param name="exploration">Deviation of the noise added to each step.</param>
    /// <returns>The norm of the gradient; not finite when training has diverged.</returns>
    public double Forward(Team team, double rate, double exploration)
    {
        this.exploration = exploration;
        return Run(team, forward, rate);
    }

    /// <summary>Makes one update on paths that the way back draws from points of a buffer.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="rate">Learning rate of the drift.</param>
    /// <param name="source">Where the paths end.</param>
    /// <returns>The norm of the gradient; not finite when training has diverged.</returns>
    public double Backward(Team team, double rate, ReplayBuffer source)
    {
        this.source = source;
        return Run(team, backward, rate);
    }

    /// <summary>Leaves the ends of the last update's paths in a buffer.</summary>
    public void Push(ReplayBuffer buffer)
    {
        foreach (var path in paths)
            for (var lane = 0; lane < Block.Lanes; lane++) buffer.Add(path.Position(drift.Process.Steps), path.Condition, lane, path.Reward[lane]);
    }

    private double Run(Team team, Stage[] stages, double rate)
    {
        drift.Prepare(Parameters, steps);
        optimizer.Begin(rate, 1.0 / options.Batch);
        team.Run(stages);
        if (learnsLogZ && double.IsFinite(optimizer.Norm)) logZ.Step(team, options.LogZRate, 1.0 / options.Batch);
        return optimizer.Norm;
    }

    private ReadOnlySpan<float> Parameters => state.Weights.Parameters.Span[..shape.ParameterCount];

    /// <summary>The derivative of the loss by each path's log-density P, and by log Z.</summary>
    private void Weigh(PathLossKind kind)
    {
        var offset = 0.0;
        foreach (var path in paths)
        {
            var end = path.Position(drift.Process.Steps);
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                path.Ratio[lane] += drift.Process.LogEnd(end, lane) - path.Reward[lane];
                offset -= path.Ratio[lane];
            }
        }
        offset = kind == PathLossKind.VarGrad ? offset / options.Batch : state.LogZ.Parameters.Span[0];
        var (sum, loss) = (0.0, 0.0);
        foreach (var path in paths)
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                // The residual log Z + P - Q - r is the derivative of its half square by P.
                var residual = offset + path.Ratio[lane];
                var slope = Math.Clamp(residual, -options.ResidualLimit, options.ResidualLimit);
                path.Weight[0][lane] = kind == PathLossKind.MaximumLikelihood ? -1 : (float)slope;
                sum += slope;
                loss += kind == PathLossKind.MaximumLikelihood ? -path.Ratio[lane] - path.Reward[lane] : slope * (residual - 0.5 * slope);
            }
        Loss = loss / options.Batch;
        logZ.Gradient(0)[0] = (float)sum;
        learnsLogZ = kind == PathLossKind.TrajectoryBalance;
    }

    /// <summary>The gradients by what depends on time alone, after all shards.</summary>
    private void Collect()
    {
        var (length, count) = (drift.Process.Steps * shape.ShiftLength, drift.Process.Steps);
        for (var shard = 1; shard < shards; shard++)
        {
            for (var i = 0; i < length; i++) shiftGradients[i] += shiftGradients[shard * length + i];
            for (var i = 0; i < count; i++) scaleGradients[i] += scaleGradients[shard * count + i];
        }
        steps.Backward(Parameters, shiftGradients.AsSpan(0, length), scaleGradients.AsSpan(0, count), optimizer.Gradient(0));
    }

    /// <summary>One worker's memory.</summary>
    private sealed class Worker
    {
        public Worker(DriftShape shape, int drift, int reward)
        {
            Net = new MlpWorkspace(shape.Trunk, training: true);
            var arena = new Arena((drift + reward) * Block.Lanes);
            (Drift, Reward) = (arena.Rows(drift), arena.Rows(reward));
        }

        public MlpWorkspace Net { get; }

        /// <summary>The drift's scratch.</summary>
        public Block Drift { get; }

        /// <summary>The reward's scratch.</summary>
        public Block Reward { get; }
    }

    /// <summary>Draws a block of paths.</summary>
    private sealed class Rollout(PathStep owner) : IWork
    {
        public void Execute(int task, int worker)
        {
            var (path, memory, first, update) = (owner.paths[task], owner.workers[worker], (ulong)(task * Block.Lanes), (ulong)owner.state.Weights.Steps);
            Draws.Uniform(owner.conditionKey.Fold(update), first, 0, path.Condition);
            foreach (ref var value in path.Condition.Values) value = 2 * value - 1;
            path.Condition.Values.CopyTo(memory.Net.Condition.Values);
            owner.drift.Run(owner.Parameters, owner.steps, memory.Net, memory.Drift, path, owner.pathKey.Fold(update), first, owner.exploration, path.Ratio);
            var end = path.Position(owner.drift.Process.Steps);
            owner.reward.Take(owner.reward.Run(end, path.Condition, memory.Reward), end, path.Reward);
        }
    }

    /// <summary>Draws a block of paths back from points of the source.</summary>
    private sealed class Return(PathStep owner) : IWork
    {
        public void Execute(int task, int worker)
        {
            var (path, memory, first, update) = (owner.paths[task], owner.workers[worker], (ulong)(task * Block.Lanes), (ulong)owner.state.Weights.Steps);
            owner.source!.Draw(owner.sourceKey.Fold(update), first, path.Position(owner.drift.Process.Steps), path.Condition, path.Reward);
            path.Condition.Values.CopyTo(memory.Net.Condition.Values);
            owner.drift.Return(owner.Parameters, owner.steps, memory.Net, memory.Drift, path, owner.pathKey.Fold(update), first, path.Ratio);
        }
    }

    /// <summary>Goes through a share of all steps of all paths.</summary>
    private sealed class Gradient(PathStep owner) : IWork
    {
        public void Execute(int task, int worker)
        {
            var (drift, shape, net) = (owner.drift, owner.shape, owner.workers[worker].Net);
            var trunk = shape.TrunkOf(owner.Parameters);
            var gradient = owner.optimizer.Gradient(task);
            var (width, count) = (shape.ShiftLength, drift.Process.Steps);
            var shifts = owner.shiftGradients.AsSpan(task * count * width, count * width);
            var scales = owner.scaleGradients.AsSpan(task * count, count);
            gradient.Clear();
            shifts.Clear();
            scales.Clear();
            var all = (long)owner.paths.Length * count;
            for (var unit = task * all / owner.shards; unit < (task + 1) * all / owner.shards; unit++)
            {
                var (path, i) = (owner.paths[unit / count], (int)(unit % count));
                path.Condition.Values.CopyTo(net.Condition.Values);
                drift.Forward(owner.Parameters, owner.steps, net, path, i);
                DriftKernel.Slope(drift.Process.Step(i), path.Position(i), path.Position(i + 1), net.Output, path.Weight, net.OutputGradient);
                drift.Back(net);
                if (owner.options.Langevin) scales[i] += Product(net.OutputGradient, path.Score(i));
                Mlp.Backward(shape.Trunk, trunk, net, shape.TrunkOf(gradient), add: true, shifts.Slice(i * width, width));
            }
        }

        private static float Product(Block a, Block b)
        {
            var sum = 0.0;
            Span<float> x = a.Values, y = b.Values;
            for (var i = 0; i < x.Length; i++) sum += (double)x[i] * y[i];
            return (float)sum;
        }
    }
}
