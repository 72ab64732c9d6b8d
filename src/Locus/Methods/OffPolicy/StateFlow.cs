// F(x, i) of a GFlowNet on the states of a diffusion: how much of Z passes through x at step i. Learned over the process without drift,
//     log F(x_i, i) - log N(x_i; 0, V_i) = log Z + net(x_i, t_i, c),
// or, forward-looking (Pan et al. 2023; Sendera et al. 2024, section 3.1), over what lies between that process and the density,
//     log F(x_i, i) - log N(x_i; 0, V_i) = (1 - t_i) log Z + t_i (log R(x_i) - log N(x_i; 0, V_i)) + net(x_i, t_i, c),
// so that the network has less to learn where the energy already tells much. At the start N counts as 1, and x_0 is not looked at: there it is log Z, which for problems with parameters depends on c.
using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Workers;
using Locus.Flows;

namespace Locus.Methods.OffPolicy;

/// <summary>The learned levels of the states of paths, or, of the start alone, log Z as a function of the parameters.</summary>
internal sealed class StateFlow
{
    private readonly DriftShape shape;
    private readonly ParameterState state;
    private readonly DriftSteps steps;
    private readonly DriftGradients gradients;
    private readonly Optimizer optimizer;
    private readonly Worker[] workers;
    private readonly Reward? reward;
    private readonly PathBlock[] paths;
    private readonly int parts;
    private readonly int shards;
    private readonly double rate;
    private ReferenceProcess process = null!;

    /// <summary>Memory for the levels of some paths.</summary>
    /// <param name="options">Whether it looks forward, and its learning rate.</param>
    /// <param name="shape">The network.</param>
    /// <param name="state">Its parameters.</param>
    /// <param name="paths">The paths, as long as they are used.</param>
    /// <param name="reward">log R.</param>
    /// <param name="shards">Shards of the gradient.</param>
    /// <param name="threads">Workers.</param>
    public StateFlow(OffPolicyOptions options, DriftShape shape, ParameterState state, PathBlock[] paths, Reward reward, int shards, int threads)
    {
        (this.shape, this.state, this.paths, this.shards, rate) = (shape, state, paths, shards, options.FlowRate);
        this.reward = options.ForwardLooking ? reward : null;
        parts = paths[0].Parts;
        steps = new DriftSteps(shape, parts, training: true);
        gradients = new DriftGradients(shape, parts, shards);
        optimizer = new Optimizer(state, new AdamOptions { AverageDecay = 0 }, shards);
        workers = [.. Enumerable.Range(0, threads).Select(_ => new Worker(shape.Trunk, this.reward?.ScratchRows ?? 0))];
        Levels = new(new LevelWork(this), shards);
        Gradients = new(new GradientWork(this), shards);
    }

    /// <summary>Adds what the network, and the energy, say of the levels.</summary>
    public Stage Levels { get; }

    /// <summary>Finds the gradient from the levels' slopes.</summary>
    public Stage Gradients { get; }

    private ReadOnlySpan<float> Parameters => state.Parameters.Span[..shape.ParameterCount];

    /// <summary>Begins an update.</summary>
    /// <param name="drift">Says on which grid of times.</param>
    public void Begin(Drift drift)
    {
        process = drift.Process;
        steps.Run(Parameters, drift.Times[..parts]);
    }

    /// <summary>Share of log Z in a level.</summary>
    /// <param name="part">0 to parts - 1.</param>
    public double Share(int part) => reward is null ? 1 : 1 - process.Time(part);

    /// <summary>Makes a step along the gradient.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    public void Step(Team team, double scale)
    {
        gradients.Collect(Parameters, steps, optimizer.Gradient(0));
        optimizer.Step(team, rate, scale);
    }

    private (PathBlock Path, int Part) Unit(long unit) => (paths[unit / parts], (int)(unit % parts));

    private (long First, long End) Share(int task, long all) => (task * all / shards, (task + 1) * all / shards);

    private static void Fill(MlpWorkspace net, PathBlock path, int part)
    {
        if (part == 0) net.Position.Values.Clear();
        else path.Position(part).Values.CopyTo(net.Position.Values);
        path.Condition.Values.CopyTo(net.Condition.Values);
    }

    private sealed class Worker(MlpShape shape, int scratch)
    {
        public MlpWorkspace Net { get; } = new(shape, training: true);

        public Block Scratch { get; } = new Arena(Math.Max(1, scratch) * Block.Lanes).Rows(scratch);
    }

    private sealed class LevelWork(StateFlow owner) : IWork
    {
        public void Execute(int task, int worker)
        {
            var memory = owner.workers[worker];
            var trunk = owner.shape.TrunkOf(owner.Parameters);
            var (first, end) = owner.Share(task, (long)owner.paths.Length * owner.parts);
            for (var unit = first; unit < end; unit++)
            {
                var (path, part) = owner.Unit(unit);
                Fill(memory.Net, path, part);
                Mlp.Evaluate(owner.shape.Trunk, trunk, memory.Net, owner.steps.Shift(part));
                var level = path.Level(part);
                var output = memory.Net.Output[0];
                for (var lane = 0; lane < Block.Lanes; lane++) level[lane] += output[lane];
                if (owner.reward is null || part == 0) continue;
                var (position, time) = (path.Position(part), owner.process.Time(part));
                var log = owner.reward.Run(position, path.Condition, memory.Scratch)[0];
                for (var lane = 0; lane < Block.Lanes; lane++) level[lane] += time * (log[lane] - owner.process.LogMarginal(part, position, lane));
            }
        }
    }

    private sealed class GradientWork(StateFlow owner) : IWork
    {
        public void Execute(int task, int worker)
        {
            var (net, shape) = (owner.workers[worker].Net, owner.shape);
            var parameters = owner.Parameters;
            var gradient = owner.optimizer.Gradient(task);
            gradient.Clear();
            owner.gradients.Clear(task);
            var (first, end) = owner.Share(task, (long)owner.paths.Length * owner.parts);
            for (var unit = first; unit < end; unit++)
            {
                var (path, part) = owner.Unit(unit);
                Fill(net, path, part);
                Mlp.Forward(shape.Trunk, shape.TrunkOf(parameters), net, owner.steps.Shift(part));
                path.LevelSlope(part).Values.CopyTo(net.OutputGradient.Values);
                Mlp.Backward(shape.Trunk, shape.TrunkOf(parameters), net, shape.TrunkOf(gradient), add: true, owner.gradients.Shift(task, part));
            }
        }
    }
}
