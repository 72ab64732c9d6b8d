using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>
/// A dense layer y = W x + b for a few samples, whose lanes run over the outputs instead of the samples: W is kept turned, 64 outputs side by side.
/// Each output starts from its b and adds the inputs in their order, one fused multiply-add each, as in <see cref="Dense.Forward"/>: the bits are the same.
/// </summary>
/// <remarks>One sample reads every weight once, so the speed is that of the cache that holds them.</remarks>
internal sealed class TurnedLayer
{
    private readonly Block[] panels;
    private readonly Block bias;
    private readonly int inputs;
    private readonly int outputs;

    /// <summary>Turns a layer's weights.</summary>
    /// <param name="weights">W [outputs, inputs], row by row; copied.</param>
    /// <param name="bias">b [outputs]; copied.</param>
    /// <param name="inputs">Inputs of the layer.</param>
    public TurnedLayer(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int inputs)
    {
        this.inputs = inputs;
        outputs = bias.Length;
        var arena = new Arena((inputs + 1) * RowsOf(outputs) * Block.Lanes);
        this.bias = arena.Rows(RowsOf(outputs));
        bias.CopyTo(this.bias.Values);
        panels = [.. Enumerable.Range(0, RowsOf(outputs)).Select(_ => arena.Rows(inputs))];
        for (var r = 0; r < outputs; r++)
            for (var k = 0; k < inputs; k++) panels[r / Block.Lanes][k][r % Block.Lanes] = weights[r * inputs + k];
    }

    /// <summary>Rows of 64 floats that the features of one sample take.</summary>
    /// <param name="features">Number of features.</param>
    public static int RowsOf(int features) => (features + Block.Lanes - 1) / Block.Lanes;

    /// <summary>Y = W X + b, sample by sample.</summary>
    /// <param name="samples">N.</param>
    /// <param name="x">X [N][inputs], each sample in rows of its own.</param>
    /// <param name="y">Y [N][outputs], each sample in rows of its own; what lies behind the outputs is undefined.</param>
    public unsafe void Forward(int samples, Block x, Block y)
    {
        int xStride = RowsOf(inputs) * Block.Lanes, yStride = panels.Length * Block.Lanes;
        for (var n = 0; n < samples; n++) bias.Values.CopyTo(y.Values[(n * yStride)..]);
        for (var p = 0; p < panels.Length; p++)
        {
            var width = Math.Min(Block.Lanes, (outputs - p * Block.Lanes + 15) / 16 * 16);
            fixed (float* px = x, py = y, w = panels[p])
            {
                var factors = new Factors
                {
                    A = px, RowStride = xStride, ColumnStride = 1, Add = true, X = w, Y = py + p * Block.Lanes, YStride = yStride, Rows = samples, Columns = inputs, Width = width,
                };
                Product.Run(factors, default(Unfinished));
            }
        }
    }
}
