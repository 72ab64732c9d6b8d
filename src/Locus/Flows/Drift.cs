using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Networks;
using Locus.Engine.Random;

namespace Locus.Flows;

/// <summary>
/// Runs a drift u from start to samples, one block at a time: x_{i+1} = a_i x_i + g_i u(x_i, t_i, c) + s_i e, where a, g and s are those of a <see cref="ReferenceProcess"/> (Zhang and Chen 2022). With the
/// Langevin parametrisation u = trunk + scale(t) score, the score cut to +-100 and u to a limit (Sendera et al. 2024, section 2 and code).
/// </summary>
internal sealed class Drift
{
    private readonly DriftShape shape;
    private readonly Reward? reward;
    private readonly float limit;
    private readonly float[] times;

    /// <summary>A way to run drifts of one shape.</summary>
    /// <param name="shape">The drift.</param>
    /// <param name="process">The process that it bends.</param>
    /// <param name="limit">Largest entry of u in size.</param>
    /// <param name="reward">Gives the score; needed by a drift with one.</param>
    public Drift(DriftShape shape, ReferenceProcess process, double limit, Reward? reward)
    {
        (this.shape, Process, this.limit) = (shape, process, (float)limit);
        this.reward = shape.Scale is null ? null : reward ?? throw new ArgumentNullException(nameof(reward), "a drift with a score needs an energy");
        times = [.. Enumerable.Range(0, process.Steps).Select(i => (float)process.Time(i))];
    }

    /// <summary>The process without the drift.</summary>
    public ReferenceProcess Process { get; }

    /// <summary>Rows of scratch that a worker needs besides the network's memory.</summary>
    public int ScratchRows => shape.Trunk.Dimension + (reward?.ScratchRows ?? 0);

    /// <summary>Prepares what depends on the time alone, once for all blocks.</summary>
    /// <param name="parameters">The drift's parameters.</param>
    /// <param name="steps">Memory for it.</param>
    public void Prepare(ReadOnlySpan<float> parameters, DriftSteps steps) => steps.Run(parameters, times);

    /// <summary>Takes the samples <paramref name="first"/> to <paramref name="first"/> + 63 from the start to the end.</summary>
    /// <typeparam name="TPath">Kind of memory.</typeparam>
    /// <param name="parameters">The drift's parameters.</param>
    /// <param name="steps">What <see cref="Prepare"/> filled.</param>
    /// <param name="net">This worker's memory for the trunk; Condition is read.</param>
    /// <param name="scratch">At least [ScratchRows][64].</param>
    /// <param name="path">Receives the points, and the scores of a drift with one.</param>
    /// <param name="key">Randomness; sample i depends on (key, i) alone.</param>
    /// <param name="first">Number of the first sample.</param>
    /// <param name="exploration">Deviation of noise that is added to each step besides the process' own.</param>
    /// <param name="ratio">log p(path) / p(path without drift), without the exploration, is written [64].</param>
    public void Run<TPath>(
        ReadOnlySpan<float> parameters, DriftSteps steps, MlpWorkspace net, Block scratch, TPath path, Key key, ulong first, double exploration, Span<double> ratio)
        where TPath : IPath
    {
        var noise = scratch.Slice(0, shape.Trunk.Dimension);
        Start(path.Position(0), key, first);
        ratio.Clear();
        for (var i = 0; i < Process.Steps; i++)
        {
            var (step, x) = (Process.Step(i), path.Position(i));
            if (reward is not null) Reward.Clip(reward.Run(x, net.Condition, scratch.Slice(noise.Rows, reward.ScratchRows)), path.Score(i));
            Evaluate(parameters, steps, net, path, i);
            Draws.Normal(key, first, (uint)i + 1, noise);
            DriftKernel.Move(step, (float)Math.Sqrt(step.Variance + exploration * exploration), x, net.Output, noise, path.Position(i + 1), ratio);
        }
    }

    /// <summary>Draws paths back from their ends, by the process without the drift, and finds the density that the drift gives them.</summary>
    /// <typeparam name="TPath">Kind of memory.</typeparam>
    /// <param name="parameters">The drift's parameters.</param>
    /// <param name="steps">What <see cref="Prepare"/> filled.</param>
    /// <param name="net">This worker's memory for the trunk; Condition is read.</param>
    /// <param name="scratch">At least [ScratchRows][64].</param>
    /// <param name="path">x_T is read; receives the other points, and the scores of a drift with one.</param>
    /// <param name="key">Randomness; sample i depends on (key, i) alone.</param>
    /// <param name="first">Number of the first sample.</param>
    /// <param name="ratio">log p(path) / p(path without drift) is written [64].</param>
    public void Return<TPath>(ReadOnlySpan<float> parameters, DriftSteps steps, MlpWorkspace net, Block scratch, TPath path, Key key, ulong first, Span<double> ratio)
        where TPath : IPath
    {
        ratio.Clear();
        for (var i = Process.Steps - 1; i >= 0; i--)
        {
            var (x, next) = (path.Position(i), path.Position(i + 1));
            var (factor, deviation) = Process.Back(i);
            Draws.Normal(key, first, (uint)i, x);
            Elementwise.Combine((float)deviation, x, (float)factor, next);
            if (reward is not null) Reward.Clip(reward.Run(x, net.Condition, scratch.Slice(x.Rows, reward.ScratchRows)), path.Score(i));
            Evaluate(parameters, steps, net, path, i);
            DriftKernel.Ratio(Process.Step(i), x, next, net.Output, ratio);
        }
    }

    /// <summary>u at x_i, in the network's output, nothing kept for a gradient.</summary>
    public void Evaluate<TPath>(ReadOnlySpan<float> parameters, DriftSteps steps, MlpWorkspace net, TPath path, int i)
        where TPath : IPath
    {
        path.Position(i).Values.CopyTo(net.Position.Values);
        Mlp.Evaluate(shape.Trunk, shape.TrunkOf(parameters), net, steps.Shift(i));
        Complete(steps, net, path, i);
    }

    /// <summary>u at x_i, in the network's output, ready for <see cref="Mlp.Backward"/>.</summary>
    public void Forward<TPath>(ReadOnlySpan<float> parameters, DriftSteps steps, MlpWorkspace net, TPath path, int i)
        where TPath : IPath
    {
        path.Position(i).Values.CopyTo(net.Position.Values);
        Mlp.Forward(shape.Trunk, shape.TrunkOf(parameters), net, steps.Shift(i));
        Complete(steps, net, path, i);
    }

    /// <summary>Turns the derivative of a loss by u into that by the trunk's output and the scaled score.</summary>
    /// <param name="net">After <see cref="Forward"/>; its output gradient is overwritten.</param>
    public void Back(MlpWorkspace net) => Elementwise.ClampBack(limit, net.Output, net.OutputGradient);

    private void Complete<TPath>(DriftSteps steps, MlpWorkspace net, TPath path, int i)
        where TPath : IPath
    {
        if (reward is not null) Elementwise.Combine(1, net.Output, steps.Scale(i), path.Score(i));
        Elementwise.Clamp(limit, net.Output);
    }

    private void Start(Block x, Key key, ulong first)
    {
        if (Process.StartVariance == 0)
        {
            x.Values.Clear();
            return;
        }
        Draws.Normal(key, first, 0, x);
        var deviation = (float)Math.Sqrt(Process.StartVariance);
        foreach (ref var value in x.Values) value *= deviation;
    }
}
