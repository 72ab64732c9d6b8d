// The way back from x_{i+1} to x_i, with a network that may bend it a little (Sendera et al. 2024, section 2.2, "learned backward policy"): where the process without drift turned round has
//     x_i = k x_{i+1} + b e,   k = a_i V_i / V_{i+1},   b = s_i sqrt(V_i / V_{i+1}),
// it is x_i = x_{i+1} - (1 - k) (1 + m) x_{i+1} + b exp(w / 2) e, with m = range tanh and w = range tanh of the two halves of a network of x_{i+1}, t_{i+1} and c (the paper has 1 + w for exp(w)). Its steps are those of a
// diffusion with a = k, g u = -(1 - k) m x_{i+1} and s = b, so that FreeStepKernel has what such a step adds to log p(back) - log p(back, unbent), which the ratio of a path loses. A step without noise, to the point where all
// paths begin, is left as it is.
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Networks;
using Locus.Engine.Random;

namespace Locus.Flows;

/// <summary>The learned way back from the end of paths.</summary>
internal sealed class WayBack
{
    private readonly DriftShape shape;
    private readonly float range;
    private readonly float[] times;
    private readonly DriftStep[] steps;

    /// <summary>A way back.</summary>
    /// <param name="shape">The drift whose way back it is.</param>
    /// <param name="process">The process that it turns round.</param>
    /// <param name="range">Largest |m| and |w|, above 0 and below 1.</param>
    public WayBack(DriftShape shape, ReferenceProcess process, double range)
    {
        (this.shape, this.range) = (shape.Back!, (float)range);
        times = [.. Enumerable.Range(1, process.Steps).Select(i => i < process.Steps ? TimeGrid.Clock(process.Time(i), shape.GridPower) : 1)];
        steps = [.. Enumerable.Range(0, process.Steps).Select(i => process.Back(i)).Select(back => new DriftStep((float)back.Factor, 1, (float)(back.Deviation * back.Deviation)))];
    }

    private int Dimension => shape.Trunk.Dimension;

    /// <summary>Prepares what depends on the time alone, once for all blocks.</summary>
    /// <param name="parameters">Those of the way back.</param>
    /// <param name="prepared">Memory for it.</param>
    public void Prepare(ReadOnlySpan<float> parameters, DriftSteps prepared) => prepared.Run(parameters, times);

    /// <summary>Draws x_i from x_{i+1}.</summary>
    /// <typeparam name="TPath">Kind of memory.</typeparam>
    /// <param name="parameters">Those of the way back.</param>
    /// <param name="prepared">What <see cref="Prepare"/> filled.</param>
    /// <param name="memory">This worker's memory; the conditions are read.</param>
    /// <param name="path">x_{i+1} is read, x_i written, and the ratio of the step lessened.</param>
    /// <param name="i">The step.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="first">Number of the first sample.</param>
    public void Move<TPath>(ReadOnlySpan<float> parameters, DriftSteps prepared, DriftWorkspace memory, TPath path, int i, Key key, ulong first)
        where TPath : IPath
    {
        var (x, next) = (path.Position(i), path.Position(i + 1));
        Draws.Normal(key, first, (uint)i, x);
        if (IsStill(i))
        {
            Elementwise.Combine(0, x, steps[i].Keep, next);
            return;
        }
        Evaluate(parameters, prepared, memory, next, i, training: false);
        Span<double> own = stackalloc double[Block.Lanes];
        own.Clear();
        FreeStepKernel.Move(steps[i], 0, next, memory.Back!.Output, x, x, own);
        Lessen(path.Ratio(i), own);
    }

    /// <summary>Lessens the ratio of a step that was made by what the way back says of it.</summary>
    /// <param name="parameters">Those of the way back.</param>
    /// <param name="prepared">What <see cref="Prepare"/> filled.</param>
    /// <param name="memory">This worker's memory; the conditions are read.</param>
    /// <param name="path">The path.</param>
    /// <param name="i">The step.</param>
    public void Ratio<TPath>(ReadOnlySpan<float> parameters, DriftSteps prepared, DriftWorkspace memory, TPath path, int i)
        where TPath : IPath
    {
        if (IsStill(i)) return;
        Evaluate(parameters, prepared, memory, path.Position(i + 1), i, training: false);
        Span<double> own = stackalloc double[Block.Lanes];
        own.Clear();
        FreeStepKernel.Ratio(steps[i], path.Position(i + 1), path.Position(i), memory.Back!.Output, own);
        Lessen(path.Ratio(i), own);
    }

    /// <summary>Adds to a gradient the derivative of the sum of weight times the ratio of a step.</summary>
    /// <param name="parameters">Those of the way back.</param>
    /// <param name="prepared">What <see cref="Prepare"/> filled.</param>
    /// <param name="memory">This worker's memory, for training; the conditions are read.</param>
    /// <param name="path">The path.</param>
    /// <param name="i">The step.</param>
    /// <param name="weight">Weight of each lane [1][64].</param>
    /// <param name="gradient">That by the parameters of the way back, added to.</param>
    /// <param name="shift">That by the shift of the step, added to.</param>
    public void AddSlope<TPath>(ReadOnlySpan<float> parameters, DriftSteps prepared, DriftWorkspace memory, TPath path, int i, Block weight, Span<float> gradient, Span<float> shift)
        where TPath : IPath
    {
        if (IsStill(i)) return;
        var (x, next, net) = (path.Position(i), path.Position(i + 1), memory.Back!);
        Evaluate(parameters, prepared, memory, next, i, training: true);
        FreeStepKernel.Slope(steps[i], range, next, x, net.Output, weight, net.OutputGradient);
        // The way back counts against the ratio; its mean, by m and not by the move that follows from it.
        Elementwise.Scale(-1, net.OutputGradient);
        Span<float> slope = net.OutputGradient.Slice(0, Dimension).Values, bent = memory.Spare.Values, from = next.Values;
        var pull = steps[i].Keep - 1;
        for (var k = 0; k < slope.Length; k++) slope[k] *= pull * from[k] * (range - bent[k] * bent[k] / range);
        Mlp.Backward(shape.Trunk, shape.TrunkOf(parameters), net, shape.TrunkOf(gradient), add: true, shift);
    }

    private bool IsStill(int i) => steps[i].Variance == 0;

    // The move -(1 - k) m x, then w, in the network's output; m in the spare rows.
    private void Evaluate(ReadOnlySpan<float> parameters, DriftSteps prepared, DriftWorkspace memory, Block from, int i, bool training)
    {
        var net = memory.Back!;
        from.Values.CopyTo(net.Position.Values);
        memory.Net.Condition.Values.CopyTo(net.Condition.Values);
        if (training) Mlp.Forward(shape.Trunk, shape.TrunkOf(parameters), net, prepared.Shift(i));
        else Mlp.Evaluate(shape.Trunk, shape.TrunkOf(parameters), net, prepared.Shift(i));
        FreeStepKernel.Bound(range, net.Output);
        var move = net.Output.Slice(0, Dimension).Values;
        move.CopyTo(memory.Spare.Values);
        var pull = steps[i].Keep - 1;
        for (var k = 0; k < move.Length; k++) move[k] *= pull * from.Values[k];
    }

    private static void Lessen(Span<double> ratio, ReadOnlySpan<double> own)
    {
        for (var lane = 0; lane < own.Length; lane++) ratio[lane] -= own[lane];
    }
}
