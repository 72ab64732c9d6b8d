using Locus.Engine.Blocks;

namespace Locus.Engine.Networks;

/// <summary>What a drift needs of the time, for each step of a grid: the shift of the trunk's first layer and the scale of the score. A block of 64 steps costs what one of 64 samples does.</summary>
public sealed class DriftSteps
{
    private readonly DriftShape shape;
    private readonly bool training;
    private readonly MlpWorkspace[] embed;
    private readonly MlpWorkspace[] scale;
    private readonly float[] shifts;
    private readonly float[] scales;

    /// <summary>Memory for a grid.</summary>
    /// <param name="shape">The drift.</param>
    /// <param name="most">Most steps of a grid.</param>
    /// <param name="training">Whether <see cref="Backward"/> will run too.</param>
    public DriftSteps(DriftShape shape, int most, bool training)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        (this.shape, this.training) = (shape, training);
        var blocks = (most + Block.Lanes - 1) / Block.Lanes;
        embed = [.. Enumerable.Range(0, blocks).Select(_ => new MlpWorkspace(shape.Embed, training))];
        scale = shape.Scale is { } net ? [.. Enumerable.Range(0, blocks).Select(_ => new MlpWorkspace(net, training))] : [];
        shifts = new float[most * shape.ShiftLength];
        scales = new float[most];
        if (shape.Back is not null) Back = new DriftSteps(shape.Back, most, training);
    }

    /// <summary>The same for the network of the way back, which has times of its own; null where that is not learned.</summary>
    public DriftSteps? Back { get; }

    /// <summary>Steps of the grid of the last run.</summary>
    public int Count { get; private set; }

    /// <summary>What stands in for the bias of the trunk's first layer at a step, [W].</summary>
    /// <param name="step">0 to Count - 1.</param>
    public ReadOnlySpan<float> Shift(int step) => shifts.AsSpan(step * shape.ShiftLength, shape.ShiftLength);

    /// <summary>Factor of the score at a step; 0 where there is no score.</summary>
    /// <param name="step">0 to Count - 1.</param>
    public float Scale(int step) => scales[step];

    /// <summary>Fills shifts and scales.</summary>
    /// <param name="parameters">[ParameterCount].</param>
    /// <param name="times">The time at the beginning of each step, [T].</param>
    public void Run(ReadOnlySpan<float> parameters, ReadOnlySpan<float> times)
    {
        Count = times.Length;
        var bias = Mlp.Bias(shape.Trunk, shape.TrunkOf(parameters), 0);
        for (var first = 0; first < Count; first += Block.Lanes)
        {
            var (steps, net) = (Math.Min(Block.Lanes, Count - first), embed[first / Block.Lanes]);
            RunNetwork(shape.Embed, shape.EmbedOf(parameters), net, times.Slice(first, steps));
            for (var w = 0; w < bias.Length; w++)
            {
                var row = net.Output[w];
                for (var lane = 0; lane < steps; lane++) shifts[(first + lane) * bias.Length + w] = bias[w] + row[lane];
            }
            if (shape.Scale is null) continue;
            RunNetwork(shape.Scale, shape.ScaleOf(parameters), scale[first / Block.Lanes], times.Slice(first, steps));
            scale[first / Block.Lanes].Output[0][..steps].CopyTo(scales.AsSpan(first));
        }
    }

    /// <summary>The gradient by the parameters of embed and scale and by the trunk's first bias, after a <see cref="Run"/>; that by the trunk's other parameters is left alone.</summary>
    /// <param name="parameters">[ParameterCount].</param>
    /// <param name="shiftGradient">Derivative of the loss by each shift [T, W].</param>
    /// <param name="scaleGradient">Derivative by each scale [T]; not read where there is no score.</param>
    /// <param name="gradient">[ParameterCount], added to.</param>
    public void Backward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> shiftGradient, ReadOnlySpan<float> scaleGradient, Span<float> gradient)
    {
        var width = shape.ShiftLength;
        var bias = shape.TrunkOf(gradient).Slice(shape.Trunk.BiasOffset(0), width);
        for (var step = 0; step < Count; step++)
            for (var w = 0; w < width; w++) bias[w] += shiftGradient[step * width + w];
        for (var first = 0; first < Count; first += Block.Lanes)
        {
            var (steps, net) = (Math.Min(Block.Lanes, Count - first), embed[first / Block.Lanes]);
            net.OutputGradient.Values.Clear();
            for (var w = 0; w < width; w++)
                for (var lane = 0; lane < steps; lane++) net.OutputGradient[w][lane] = shiftGradient[(first + lane) * width + w];
            Mlp.Backward(shape.Embed, shape.EmbedOf(parameters), net, shape.EmbedOf(gradient), add: true);
            if (shape.Scale is null) continue;
            net = scale[first / Block.Lanes];
            net.OutputGradient.Values.Clear();
            scaleGradient.Slice(first, steps).CopyTo(net.OutputGradient[0]);
            Mlp.Backward(shape.Scale, shape.ScaleOf(parameters), net, shape.ScaleOf(gradient), add: true);
        }
    }

    private void RunNetwork(MlpShape shape, ReadOnlySpan<float> parameters, MlpWorkspace net, ReadOnlySpan<float> times)
    {
        net.Time[0].Clear();
        times.CopyTo(net.Time[0]);
        net.Embed(shape);
        if (training) Mlp.Forward(shape, parameters, net);
        else Mlp.Evaluate(shape, parameters, net);
    }
}
