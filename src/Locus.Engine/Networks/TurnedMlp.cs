using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Networks;

/// <summary>
/// A network for a few samples at a time: its lanes run over features, so that one sample costs one reading of the weights instead of a whole block's
/// arithmetic. The values are those of <see cref="Mlp.Evaluate"/> to the last bit.
/// </summary>
public sealed class TurnedMlp
{
    /// <summary>Most samples that it takes; from about this many on a block is as fast.</summary>
    public const int MostSamples = 32;

    private readonly MlpShape shape;
    private readonly TurnedLayer[] layers;
    private readonly Block[] passing;

    /// <summary>A network with its own copy of the weights.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="parameters">[P], copied.</param>
    public TurnedMlp(MlpShape shape, ReadOnlySpan<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(shape);
        this.shape = shape;
        layers = new TurnedLayer[shape.Layers];
        var widest = TurnedLayer.RowsOf(shape.InputRows);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            layers[layer] = new TurnedLayer(Mlp.Weights(shape, parameters, layer), Mlp.Bias(shape, parameters, layer), shape.Inputs(layer));
            widest = Math.Max(widest, TurnedLayer.RowsOf(shape.Outputs(layer)));
        }
        var arena = new Arena(2 * MostSamples * widest * Block.Lanes);
        passing = [arena.Rows(MostSamples * widest), arena.Rows(MostSamples * widest)];
    }

    /// <summary>Output = f(Input) in the first lanes; the other lanes of Output are left as they are.</summary>
    /// <param name="workspace">Input is read, Output written.</param>
    /// <param name="samples">Lanes to evaluate, 1 to <see cref="MostSamples"/>.</param>
    public void Evaluate(MlpWorkspace workspace, int samples)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, MostSamples);
        var current = passing[0];
        var stride = TurnedLayer.RowsOf(shape.InputRows) * Block.Lanes;
        for (var k = 0; k < shape.InputRows; k++)
            for (var lane = 0; lane < samples; lane++) current.Values[lane * stride + k] = workspace.Input[k][lane];
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var next = passing[(layer + 1) & 1].Slice(0, samples * TurnedLayer.RowsOf(shape.Outputs(layer)));
            layers[layer].Forward(samples, current, next);
            if (layer < shape.Layers - 1) Mlp.Activate(shape.Activation, next);
            current = next;
        }
        stride = TurnedLayer.RowsOf(shape.OutputRows) * Block.Lanes;
        for (var d = 0; d < shape.OutputRows; d++)
            for (var lane = 0; lane < samples; lane++)
            {
                var value = current.Values[lane * stride + d];
                workspace.Output[d][lane] = shape.Residual ? value + workspace.Position[d][lane] : value;
            }
    }
}
