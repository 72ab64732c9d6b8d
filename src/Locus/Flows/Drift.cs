using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Networks;
using Locus.Engine.Random;

namespace Locus.Flows;

/// <summary>
/// Runs a drift u from start to samples, one block at a time: x_{i+1} = a_i x_i + g_i u(x_i, t_i, c) + s_i e, where a, g and s are those of a <see cref="ReferenceProcess"/> (Zhang and Chen 2022), and u is the trunk's
/// output times a unit, that of time or of the noise (<see cref="ReferenceProcess.Unit"/>). With the Langevin parametrisation scale(t) score is added, or with a gate scale(t) (1 + tanh gate) score; score and u are cut to limits
/// (Sendera et al. 2024, section 2 and code; gate and unit are ours). The way back from a sample is that of the process without drift, or a <see cref="WayBack"/> that is learned. A trunk with 2 D outputs before its gate has, behind u, what the noise of each coordinate is scaled by, see <see cref="FreeStepKernel"/>.
/// </summary>
internal sealed class Drift
{
    private readonly DriftShape shape;
    private readonly Reward? reward;
    private readonly float[] units;
    private readonly float[] limits;
    private readonly float range;
    private readonly float scoreLimit;
    private readonly float[] times;

    /// <summary>A way to run drifts of one shape.</summary>
    /// <param name="shape">The drift.</param>
    /// <param name="process">The process that it bends.</param>
    /// <param name="options">Largest entries of u and of the score, in size, and largest logarithm of what the noise's variance is scaled by.</param>
    /// <param name="reward">Gives the score; needed by a drift with one.</param>
    public Drift(DriftShape shape, ReferenceProcess process, DiffusionOptions options, Reward? reward)
    {
        (this.shape, Process, range, scoreLimit) = (shape, process, (float)options.VarianceRange, (float)options.ScoreLimit);
        this.reward = shape.Scale is null ? null : reward ?? throw new ArgumentNullException(nameof(reward), "a drift with a score needs an energy");
        units = [.. Enumerable.Range(0, process.Steps).Select(i => options.NoiseUnits ? (float)process.Unit(i) : 1)];
        limits = [.. units.Select(unit => (float)options.Limit * unit)];
        times = [.. Enumerable.Range(0, process.Steps).Select(i => TimeGrid.Clock(process.Time(i), shape.GridPower))];
        if (shape.Back is not null) Back = new WayBack(shape, process, options.BackRange);
    }

    /// <summary>The process without the drift.</summary>
    public ReferenceProcess Process { get; }

    /// <summary>The time at the beginning of each step, as the network is told it, [T].</summary>
    public ReadOnlySpan<float> Times => times;

    /// <summary>The way back that is learned; null where it is that of the process.</summary>
    public WayBack? Back { get; }

    private int Dimension => shape.Trunk.Dimension;

    private bool IsFree => shape.OwnRows > Dimension;

    /// <summary>Prepares what depends on the time alone, once for all blocks.</summary>
    /// <param name="parameters">The drift's parameters.</param>
    /// <param name="steps">Memory for it.</param>
    public void Prepare(ReadOnlySpan<float> parameters, DriftSteps steps)
    {
        steps.Run(parameters, times);
        Back?.Prepare(shape.BackOf(parameters), steps.Back!);
    }

    /// <summary>Memory for a worker.</summary>
    /// <param name="training">Whether gradients are asked for.</param>
    public DriftWorkspace Workspace(bool training) => new(shape, reward, training);

    /// <summary>Takes the samples <paramref name="first"/> to <paramref name="first"/> + 63 from the start to the end.</summary>
    /// <typeparam name="TPath">Kind of memory.</typeparam>
    /// <param name="parameters">The drift's parameters.</param>
    /// <param name="steps">What <see cref="Prepare"/> filled.</param>
    /// <param name="memory">This worker's memory; the conditions are read.</param>
    /// <param name="path">Receives the points, the scores of a drift with one, and log p(path) / p(path without drift), without the exploration; with a learned way back as much more as that of the process is likelier.</param>
    /// <param name="key">Randomness; sample i depends on (key, i) alone.</param>
    /// <param name="first">Number of the first sample.</param>
    /// <param name="exploration">Deviation of noise that is added to each step besides the process' own.</param>
    public void Run<TPath>(ReadOnlySpan<float> parameters, DriftSteps steps, DriftWorkspace memory, TPath path, Key key, ulong first, double exploration)
        where TPath : IPath
    {
        var noise = memory.Spare;
        Start(path.Position(0), key, first);
        path.ClearRatios();
        for (var i = 0; i < Process.Steps; i++)
        {
            var (step, x) = (Process.Step(i), path.Position(i));
            Score(memory, path, i);
            Evaluate(parameters, steps, memory.Net, path, i);
            Draws.Normal(key, first, (uint)i + 1, noise);
            if (IsFree) FreeStepKernel.Move(step, (float)(exploration * exploration), x, memory.Net.Output, noise, path.Position(i + 1), path.Ratio(i));
            else DriftKernel.Move(step, (float)Math.Sqrt(step.Variance + exploration * exploration), x, memory.Net.Output, noise, path.Position(i + 1), path.Ratio(i));
            Back?.Ratio(shape.BackOf(parameters), steps.Back!, memory, path, i);
        }
    }

    /// <summary>Draws paths back from their ends and finds the density that the drift gives them.</summary>
    /// <typeparam name="TPath">Kind of memory.</typeparam>
    /// <param name="parameters">The drift's parameters.</param>
    /// <param name="steps">What <see cref="Prepare"/> filled.</param>
    /// <param name="memory">This worker's memory; the conditions are read.</param>
    /// <param name="path">x_T is read; receives the other points, the scores of a drift with one, and log p(path) / p(path without drift).</param>
    /// <param name="key">Randomness; sample i depends on (key, i) alone.</param>
    /// <param name="first">Number of the first sample.</param>
    public void Return<TPath>(ReadOnlySpan<float> parameters, DriftSteps steps, DriftWorkspace memory, TPath path, Key key, ulong first)
        where TPath : IPath
    {
        path.ClearRatios();
        for (var i = Process.Steps - 1; i >= 0; i--)
        {
            var (x, next) = (path.Position(i), path.Position(i + 1));
            if (Back is null)
            {
                var (factor, deviation) = Process.Back(i);
                Draws.Normal(key, first, (uint)i, x);
                Elementwise.Combine((float)deviation, x, (float)factor, next);
            }
            else Back.Move(shape.BackOf(parameters), steps.Back!, memory, path, i, key, first);
            Score(memory, path, i);
            Evaluate(parameters, steps, memory.Net, path, i);
            if (IsFree) FreeStepKernel.Ratio(Process.Step(i), x, next, memory.Net.Output, path.Ratio(i));
            else DriftKernel.Ratio(Process.Step(i), x, next, memory.Net.Output, path.Ratio(i));
        }
    }

    /// <summary>u at x_i, and v where the noise is free, in the network's output, nothing kept for a gradient.</summary>
    public void Evaluate<TPath>(ReadOnlySpan<float> parameters, DriftSteps steps, MlpWorkspace net, TPath path, int i)
        where TPath : IPath
    {
        path.Position(i).Values.CopyTo(net.Position.Values);
        Mlp.Evaluate(shape.Trunk, shape.TrunkOf(parameters), net, steps.Shift(i));
        Complete(steps, net, path, i);
    }

    /// <summary>u at x_i, and v where the noise is free, in the network's output, ready for <see cref="Mlp.Backward"/>.</summary>
    public void Forward<TPath>(ReadOnlySpan<float> parameters, DriftSteps steps, MlpWorkspace net, TPath path, int i)
        where TPath : IPath
    {
        path.Position(i).Values.CopyTo(net.Position.Values);
        Mlp.Forward(shape.Trunk, shape.TrunkOf(parameters), net, steps.Shift(i));
        Complete(steps, net, path, i);
    }

    /// <summary>Writes the derivative of the sum of weight times log p(step) by the trunk's output, after a <see cref="Forward"/>, into the network's output gradient.</summary>
    /// <param name="steps">What <see cref="Prepare"/> filled.</param>
    /// <param name="net">After a <see cref="Forward"/>; its output is forgotten.</param>
    /// <param name="path">The path.</param>
    /// <param name="i">The step, 0 to T - 1.</param>
    /// <param name="weight">Weight of each lane [1][64].</param>
    /// <returns>The derivative by the scale of the score at this step; 0 for a drift without one.</returns>
    public float Slope<TPath>(DriftSteps steps, MlpWorkspace net, TPath path, int i, Block weight)
        where TPath : IPath
    {
        Block x = path.Position(i), next = path.Position(i + 1);
        if (IsFree) FreeStepKernel.Slope(Process.Step(i), range, x, next, net.Output, weight, net.OutputGradient);
        else DriftKernel.Slope(Process.Step(i), x, next, net.Output, weight, net.OutputGradient);
        return Through(steps, net, path, i);
    }

    /// <summary>
    /// The same for a loss that is followed through the path: of the ratio of the step, whose noise is held, and of what comes after it, by whose derivative by x_{i+1} it enters.
    /// </summary>
    /// <param name="steps">What <see cref="Prepare"/> filled.</param>
    /// <param name="net">After a <see cref="Forward"/>; its output is forgotten.</param>
    /// <param name="path">The path.</param>
    /// <param name="i">The step.</param>
    /// <param name="adjoint">Derivative of the loss by x_{i+1} [D][64].</param>
    /// <returns>As that of <see cref="Slope"/>.</returns>
    public float Pull<TPath>(DriftSteps steps, MlpWorkspace net, TPath path, int i, Block adjoint)
        where TPath : IPath
    {
        Block x = path.Position(i), next = path.Position(i + 1);
        if (IsFree) FreeStepKernel.Pull(Process.Step(i), range, x, next, net.Output, adjoint, net.OutputGradient);
        else DriftKernel.Pull(Process.Step(i), x, next, adjoint, net.OutputGradient);
        return Through(steps, net, path, i);
    }

    // u of what the trunk has for output, or the derivative by it.
    private Block Mean(Block output) => output.Slice(0, Dimension);

    private Block Gate(Block output) => output.Slice(shape.OwnRows, Dimension);

    // From the derivative by u to those by the trunk's output, the gate, and the scale of the score.
    private float Through<TPath>(DriftSteps steps, MlpWorkspace net, TPath path, int i)
        where TPath : IPath
    {
        var mean = Mean(net.OutputGradient);
        Elementwise.ClampBack(limits[i], Mean(net.Output), mean);
        var scale = 0.0;
        if (shape.HasGate)
        {
            // The output has been read: what it held makes room for terms that are added up.
            var passing = Mean(net.Output);
            GateKernel.Slope(steps.Scale(i), Gate(net.Output), path.Score(i), mean, Gate(net.OutputGradient), passing);
            scale = Elementwise.Sum(passing);
        }
        else if (reward is not null) scale = Elementwise.Inner(mean, path.Score(i));
        if (units[i] != 1) Elementwise.Scale(units[i], mean);
        return (float)scale;
    }

    private void Score<TPath>(DriftWorkspace memory, TPath path, int i)
        where TPath : IPath
    {
        if (reward is not null) Reward.Clip(scoreLimit, reward.Run(path.Position(i), memory.Net.Condition, memory.Reward), path.Score(i));
    }

    private void Complete<TPath>(DriftSteps steps, MlpWorkspace net, TPath path, int i)
        where TPath : IPath
    {
        var mean = Mean(net.Output);
        if (units[i] != 1) Elementwise.Scale(units[i], mean);
        if (shape.HasGate) GateKernel.Add(steps.Scale(i), Gate(net.Output), path.Score(i), mean);
        else if (reward is not null) Elementwise.Combine(1, mean, steps.Scale(i), path.Score(i));
        Elementwise.Clamp(limits[i], mean);
        if (IsFree) FreeStepKernel.Bound(range, net.Output.Slice(Dimension, Dimension));
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
