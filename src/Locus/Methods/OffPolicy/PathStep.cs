using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Sampling;

namespace Locus.Methods.OffPolicy;

/// <summary>
/// One update, in two phases. First paths are drawn, without anything for a gradient being kept: blocks of 64 are the tasks. What a path's density, or that of a step, has to do with the loss is then one number,
/// its weight w (<see cref="Balance"/>), and the second phase goes through all steps of all paths as one large batch, in any order, with the gradient of sum w P. So nothing of the network's inside is kept over a path,
/// and the second phase is shared out evenly. A loss that is followed through the paths goes back along each of them instead.
/// </summary>
internal sealed class PathStep
{
    private const int MostShards = 16;

    // Grids of times from which a training with random ones takes one for each update.
    private const int Grids = 64;

    private readonly OffPolicyOptions options;
    private readonly OffPolicyState state;
    private readonly DriftShape shape;
    private readonly Drift[] drifts;
    private readonly DriftSteps steps;
    private readonly Reward reward;
    private readonly Balance balance;
    private readonly PathBlock[] paths;
    private readonly Optimizer optimizer;
    private readonly Optimizer logZ;
    private readonly StateFlow? flow;
    private readonly DriftGradients gradients;
    private readonly DriftGradients? backGradients;
    private readonly Worker[] workers;
    private readonly Stage[] forward;
    private readonly Stage[] backward;
    private readonly Stage[] imitation;
    private readonly int count;
    private readonly int shards;
    private readonly Key pathKey;
    private readonly Key sourceKey;
    private readonly Key gridKey;
    private readonly Conditions conditions;
    private Drift drift;
    private double exploration;
    private ReplayBuffer? source;

    /// <summary>An update on the state of a training.</summary>
    public PathStep(OffPolicyOptions options, OffPolicyState state, Key key, int threads)
    {
        (this.options, this.state, shape, balance) = (options, state, state.Shape, new Balance(options));
        (pathKey, sourceKey, gridKey, conditions) = (key.Fold("paths"), key.Fold("source"), key.Fold("grids"), Conditions.Drawn(key, state.Problem, state.Standard));
        reward = new Reward(state.Problem, state.Standard, state.Calls);
        drifts = [.. Processes(options, gridKey).Select(process => new Drift(shape, process, options.Sampler, reward))];
        drift = drifts[0];
        count = drift.Process.Steps;
        var blocks = options.Batch / Block.Lanes;
        steps = new DriftSteps(shape, count, training: true);
        paths = [.. Enumerable.Range(0, blocks).Select(_ => new PathBlock(shape.Trunk, count, options.Langevin, options.ByParts))];
        // A loss that is followed through the paths has its steps in order.
        shards = Math.Min(MostShards, options.Loss == PathLossKind.Pathwise ? blocks : blocks * count);
        optimizer = new Optimizer(state.Weights, options.Adam(), shards);
        logZ = new Optimizer(state.LogZ, new AdamOptions { AverageDecay = 0 }, 1);
        gradients = new DriftGradients(shape, count, shards);
        if (shape.Back is not null) backGradients = new DriftGradients(shape.Back, count, shards);
        workers = [.. Enumerable.Range(0, threads).Select(_ => new Worker(shape, drift, reward))];
        if (state.Flow is { } learned) flow = new StateFlow(options, state.FlowShape!, learned, paths, reward, shards, threads);
        forward = Stages(new Rollout(this), options.Loss);
        backward = Stages(new Return(this), options.BackwardLoss);
        imitation = Stages(new Return(this), PathLossKind.MaximumLikelihood);
    }

    /// <summary>Mean loss of the last update.</summary>
    public double Loss { get; private set; }

    /// <summary>What is learned of log Z, in the network's coordinates: the level at the start of the last update's paths, a mean over their conditions; NaN where a network has a part in it, and the last update did not ask it.</summary>
    public double LogZ { get; private set; }

    /// <summary>Makes one update on paths that the drift draws itself.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="rate">Learning rate of the drift.</param>
    /// <param name="exploration">Deviation of the noise added to each step.</param>
    /// <returns>The norm of the gradient; not finite when training has diverged.</returns>
    public double Forward(Team team, double rate, double exploration)
    {
        this.exploration = exploration;
        return Run(team, forward, rate, options.Loss);
    }

    /// <summary>Makes one update on paths that the way back draws from points of a buffer.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="rate">Learning rate of the drift.</param>
    /// <param name="source">Where the paths end.</param>
    /// <param name="imitate">Whether their likelihood is maximised, whatever the loss.</param>
    /// <returns>The norm of the gradient; not finite when training has diverged.</returns>
    public double Backward(Team team, double rate, ReplayBuffer source, bool imitate = false)
    {
        this.source = source;
        return imitate ? Run(team, imitation, rate, PathLossKind.MaximumLikelihood) : Run(team, backward, rate, options.BackwardLoss);
    }

    /// <summary>Leaves the ends of the last update's paths in a buffer.</summary>
    public void Push(ReplayBuffer buffer)
    {
        foreach (var path in paths)
            for (var lane = 0; lane < Block.Lanes; lane++) buffer.Add(path.Position(count), path.Condition, lane, path.Reward[lane], path.LogWeight[lane]);
    }

    // The process on the sampler's grid; or, for training alone, on one with other steps, or on some that are that one with each time moved by up to half of the way to its neighbours (Berner et al. 2025).
    private static IEnumerable<ReferenceProcess> Processes(OffPolicyOptions options, Key key)
    {
        var sampler = options.TrainingSteps > 0 ? options.Sampler with { Steps = options.TrainingSteps } : options.Sampler;
        var even = sampler.Grid();
        if (!options.RandomGrids) return [sampler.Reference(even)];
        return Enumerable.Range(0, Grids).Select(g => sampler.Reference(
            [.. even.Select((t, i) => i == 0 || i == even.Length - 1 ? t : t + (Draws.Uniform(key, (ulong)g, (uint)i) - 0.5) * Math.Min(t - even[i - 1], even[i + 1] - t))]));
    }

    private Stage[] Stages(IWork draw, PathLossKind loss)
    {
        Stage[] weighed = flow is not null && loss.LearnsLogZ()
            ? [new(draw, paths.Length, Begin), flow.Levels with { Finish = () => Weigh(loss) }, flow.Gradients]
            : [new(draw, paths.Length, () => { Begin(); Weigh(loss); })];
        return [.. weighed, new(loss == PathLossKind.Pathwise ? new Adjoint(this) : new Gradient(this, learnsBack: shape.Back is not null && loss != PathLossKind.MaximumLikelihood), shards, Collect), .. optimizer.Stages];
    }

    private double Run(Team team, Stage[] stages, double rate, PathLossKind loss)
    {
        if (options.RandomGrids) drift = drifts[Draws.Below(gridKey, (ulong)state.Weights.Steps, 0, Grids)];
        drift.Prepare(Parameters, steps);
        flow?.Begin(drift);
        optimizer.Begin(rate, 1.0 / options.Batch);
        team.Run(stages);
        if (!loss.LearnsLogZ() || !double.IsFinite(optimizer.Norm)) return optimizer.Norm;
        logZ.Step(team, options.LogZRate, 1.0 / options.Batch);
        flow?.Step(team, 1.0 / options.Batch);
        return optimizer.Norm;
    }

    private ReadOnlySpan<float> Parameters => state.Weights.Parameters.Span[..shape.ParameterCount];

    /// <summary>The levels before a network adds to them: log Z at the start, or everywhere, and the reward at the end.</summary>
    private void Begin()
    {
        foreach (var path in paths)
        {
            for (var part = 0; part < path.Parts; part++) path.Level(part).Fill(LogZShare(part) * state.LogZ.Parameters.Span[0]);
            for (var lane = 0; lane < Block.Lanes; lane++) path.LogWeight[lane] = path.Level(path.Parts)[lane] = path.Reward[lane] - drift.Process.LogEnd(path.Position(count), lane);
            for (var part = 0; part < path.Parts; part++)
                for (var lane = 0; lane < Block.Lanes; lane++) path.LogWeight[lane] -= path.Ratio(part)[lane];
        }
    }

    private double LogZShare(int part) => flow?.Share(part) ?? 1;

    private void Weigh(PathLossKind kind)
    {
        LogZ = flow is null || kind.LearnsLogZ() ? 0 : double.NaN;
        foreach (var path in paths)
            foreach (var level in path.Level(0)) LogZ += level / options.Batch;
        Loss = balance.Weigh(kind, paths, state.Problem.ConditionCount > 0 ? options.Repeats : 0) / options.Batch;
        var sum = 0.0;
        foreach (var path in paths)
            for (var part = 0; part < path.Parts; part++)
            {
                var slopes = 0.0;
                foreach (var slope in path.LevelSlope(part).Values) slopes += slope;
                sum += LogZShare(part) * slopes;
            }
        logZ.Gradient(0)[0] = (float)sum;
    }

    private void Collect()
    {
        gradients.Collect(Parameters, steps, optimizer.Gradient(0));
        backGradients?.Collect(shape.BackOf(Parameters), steps.Back!, shape.BackOf(optimizer.Gradient(0)));
    }

    /// <summary>One worker's memory.</summary>
    private sealed class Worker
    {
        public Worker(DriftShape shape, Drift drift, Reward reward)
        {
            Drift = drift.Workspace(training: true);
            var (d, inputs) = (shape.Trunk.Dimension, shape.Trunk.InputRows);
            var arena = new Arena((reward.ScratchRows + d + inputs) * Block.Lanes);
            (Reward, Adjoint, Input) = (arena.Rows(reward.ScratchRows), arena.Rows(d), arena.Rows(inputs));
        }

        /// <summary>The drift's memory.</summary>
        public DriftWorkspace Drift { get; }

        public MlpWorkspace Net => Drift.Net;

        /// <summary>The reward's scratch.</summary>
        public Block Reward { get; }

        /// <summary>Derivative of the loss by a point of the path.</summary>
        public Block Adjoint { get; }

        /// <summary>Derivative by the network's input.</summary>
        public Block Input { get; }
    }

    // Where a loss takes the variance over paths of one condition, lanes that follow each other have the first one's.
    private void Repeat(Block block)
    {
        if (state.Problem.ConditionCount == 0) return;
        for (var row = 0; row < block.Rows; row++) Repeat<float>(block[row]);
    }

    private void Repeat<T>(Span<T> lanes)
    {
        for (var lane = 0; lane < Block.Lanes; lane++) lanes[lane] = lanes[lane - lane % options.Repeats];
    }

    /// <summary>Draws a block of paths.</summary>
    private sealed class Rollout(PathStep owner) : IWork
    {
        public void Execute(int task, int worker)
        {
            var (path, memory, first, update) = (owner.paths[task], owner.workers[worker], (ulong)(task * Block.Lanes), (ulong)owner.state.Weights.Steps);
            owner.conditions.Fill(update * (ulong)owner.options.Batch + first, path.Condition);
            if (owner.options.Loss == PathLossKind.VarGrad) owner.Repeat(path.Condition);
            path.Condition.Values.CopyTo(memory.Net.Condition.Values);
            owner.drift.Run(owner.Parameters, owner.steps, memory.Drift, path, owner.pathKey.Fold(update), first, owner.exploration);
            var end = path.Position(owner.count);
            owner.reward.Take(owner.reward.Run(end, path.Condition, memory.Reward), end, path.Reward);
        }
    }

    /// <summary>Draws a block of paths back from points of the source.</summary>
    private sealed class Return(PathStep owner) : IWork
    {
        public void Execute(int task, int worker)
        {
            var (path, memory, first, update) = (owner.paths[task], owner.workers[worker], (ulong)(task * Block.Lanes), (ulong)owner.state.Weights.Steps);
            var end = path.Position(owner.count);
            owner.source!.Draw(owner.sourceKey.Fold(update), first, end, path.Condition, path.Reward);
            if (owner.options.BackwardLoss == PathLossKind.VarGrad && path.Condition.Rows > 0)
            {
                owner.Repeat(path.Condition);
                owner.Repeat(end);
                owner.Repeat<double>(path.Reward);
            }
            path.Condition.Values.CopyTo(memory.Net.Condition.Values);
            owner.drift.Return(owner.Parameters, owner.steps, memory.Drift, path, owner.pathKey.Fold(update), first);
        }
    }

    /// <summary>Goes through a share of all steps of all paths.</summary>
    private sealed class Gradient(PathStep owner, bool learnsBack) : IWork
    {
        public void Execute(int task, int worker)
        {
            var (drift, count, memory, shape) = (owner.drift, owner.count, owner.workers[worker].Drift, owner.shape);
            var net = memory.Net;
            owner.Clear(task);
            var all = (long)owner.paths.Length * count;
            for (var unit = task * all / owner.shards; unit < (task + 1) * all / owner.shards; unit++)
            {
                var (path, i) = (owner.paths[unit / count], (int)(unit % count));
                path.Condition.Values.CopyTo(net.Condition.Values);
                drift.Forward(owner.Parameters, owner.steps, net, path, i);
                owner.gradients.Scale(task, i) += drift.Slope(owner.steps, net, path, i, path.Weight(i));
                owner.Add(task, net, i, default);
                if (learnsBack) drift.Back!.AddSlope(shape.BackOf(owner.Parameters), owner.steps.Back!, memory, path, i, path.Weight(i), shape.BackOf(owner.optimizer.Gradient(task)), owner.backGradients!.Shift(task, i));
            }
        }
    }

    /// <summary>Goes back along a share of the paths, from the slope of the reward at their ends.</summary>
    private sealed class Adjoint(PathStep owner) : IWork
    {
        public void Execute(int task, int worker)
        {
            var (drift, memory, d) = (owner.drift, owner.workers[worker], owner.shape.Trunk.Dimension);
            owner.Clear(task);
            for (var block = task * owner.paths.Length / owner.shards; block < (task + 1) * owner.paths.Length / owner.shards; block++)
            {
                var path = owner.paths[block];
                path.Condition.Values.CopyTo(memory.Net.Condition.Values);
                var end = path.Position(owner.count);
                end.Values.CopyTo(memory.Adjoint.Values);
                Elementwise.Combine((float)(-1 / drift.Process.EndVariance), memory.Adjoint, -1, owner.reward.Run(end, path.Condition, memory.Reward).Slice(1, d));
                for (var i = owner.count - 1; i >= 0; i--)
                {
                    drift.Forward(owner.Parameters, owner.steps, memory.Net, path, i);
                    owner.gradients.Scale(task, i) += drift.Pull(owner.steps, memory.Net, path, i, memory.Adjoint);
                    owner.Add(task, memory.Net, i, memory.Input);
                    Elementwise.Combine(drift.Process.Step(i).Keep, memory.Adjoint, 1, memory.Input.Slice(0, d));
                }
            }
        }
    }

    private void Clear(int shard)
    {
        optimizer.Gradient(shard).Clear();
        gradients.Clear(shard);
        backGradients?.Clear(shard);
    }

    /// <summary>Adds what the network's output gradient, at a step, says of the parameters, and of the input where that is asked for.</summary>
    private void Add(int shard, MlpWorkspace net, int i, Block input) =>
        Mlp.Backward(shape.Trunk, shape.TrunkOf(Parameters), net, shape.TrunkOf(optimizer.Gradient(shard)), add: true, gradients.Shift(shard, i), input);
}
