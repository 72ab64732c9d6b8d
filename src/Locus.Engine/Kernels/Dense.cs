using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>A dense layer y = W x + b on a block: forward, along a tangent, backward to its input, and the gradient of its weights. W is [outputs, inputs], row by row.</summary>
public static class Dense
{
    /// <summary>Y = W X + b.</summary>
    /// <param name="weights">W [outputs, inputs].</param>
    /// <param name="bias">b [outputs].</param>
    /// <param name="x">X [inputs][64].</param>
    /// <param name="y">Y [outputs][64], written; must not overlap X.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static void Forward(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Block x, Block y) => Forward(weights, bias, x, y, default(Unfinished));

    /// <summary>Y = f(W X + b).</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="weights">W [outputs, inputs].</param>
    /// <param name="bias">b [outputs].</param>
    /// <param name="x">X [inputs][64].</param>
    /// <param name="y">Y [outputs][64], written; must not overlap X.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static unsafe void Forward<TActivation>(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Block x, Block y)
        where TActivation : struct, IActivation => Forward(weights, bias, x, y, new Activated<TActivation>(null));

    /// <summary>Y = f(W X + b), and f' there.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="weights">W [outputs, inputs].</param>
    /// <param name="bias">b [outputs].</param>
    /// <param name="x">X [inputs][64].</param>
    /// <param name="y">Y [outputs][64], written; must not overlap X.</param>
    /// <param name="slopes">Receives f'(W X + b) [outputs][64].</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static unsafe void Forward<TActivation>(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Block x, Block y, Block slopes)
        where TActivation : struct, IActivation
    {
        if (slopes.Rows != y.Rows) throw new ArgumentException($"{slopes.Rows} rows of derivatives for {y.Rows} rows of values: give both the same", nameof(slopes));
        fixed (float* s = slopes) Forward(weights, bias, x, y, new Activated<TActivation>(s));
    }

    /// <summary>DY = W DX: how the layer's output moves with its input.</summary>
    /// <param name="weights">W [outputs, inputs].</param>
    /// <param name="dx">DX: the first inputs [at most inputs][64]; those beyond them stand still.</param>
    /// <param name="dy">DY [outputs][64], written; must not overlap DX.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static void Tangent(ReadOnlySpan<float> weights, Block dx, Block dy) => Tangent(weights, dx, dy, default(Unfinished));

    /// <summary>DY = slopes (W DX), value by value: how the output moves after its activation.</summary>
    /// <param name="weights">W [outputs, inputs].</param>
    /// <param name="dx">DX: the first inputs [at most inputs][64]; those beyond them stand still.</param>
    /// <param name="dy">DY [outputs][64], written; must not overlap DX.</param>
    /// <param name="slopes">Derivatives of the activation [outputs][64].</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static unsafe void Tangent(ReadOnlySpan<float> weights, Block dx, Block dy, Block slopes)
    {
        if (slopes.Rows != dy.Rows) throw new ArgumentException($"{slopes.Rows} rows of derivatives for {dy.Rows} outputs: give both the same", nameof(slopes));
        fixed (float* s = slopes) Tangent(weights, dx, dy, new Multiplied(s));
    }

    /// <summary>DX = W^T DY: the derivative by the layer's input from the derivative by its output.</summary>
    /// <param name="weights">W [outputs, inputs].</param>
    /// <param name="dy">DY [outputs][64].</param>
    /// <param name="dx">DX [inputs][64], written; must not overlap DY.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static void Backward(ReadOnlySpan<float> weights, Block dy, Block dx) => Backward(weights, dy, dx, default(Unfinished));

    /// <summary>DX = slopes (W^T DY), value by value: the derivative by what the layer's input was before its activation.</summary>
    /// <param name="weights">W [outputs, inputs].</param>
    /// <param name="dy">DY [outputs][64].</param>
    /// <param name="dx">DX [inputs][64], written; must not overlap DY.</param>
    /// <param name="slopes">Derivatives of that activation [inputs][64].</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static unsafe void Backward(ReadOnlySpan<float> weights, Block dy, Block dx, Block slopes)
    {
        if (slopes.Rows != dx.Rows) throw new ArgumentException($"{slopes.Rows} rows of derivatives for {dx.Rows} inputs: give both the same", nameof(slopes));
        fixed (float* s = slopes) Backward(weights, dy, dx, new Multiplied(s));
    }

    /// <summary>DW += DY X^T and db += DY 1, or = in place of +=: sums over the 64 lanes, in the order that <see cref="OuterSum"/> states.</summary>
    /// <param name="dy">DY [outputs][64].</param>
    /// <param name="x">X [inputs][64].</param>
    /// <param name="weightGradient">DW [outputs, inputs].</param>
    /// <param name="biasGradient">db [outputs].</param>
    /// <param name="add">Whether DW and db are added to; otherwise what they held is forgotten.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static unsafe void Gradient(Block dy, Block x, Span<float> weightGradient, Span<float> biasGradient, bool add)
    {
        Check(weightGradient.Length, x.Rows, dy.Rows);
        if (biasGradient.Length != dy.Rows) throw new ArgumentException($"a bias of {biasGradient.Length} does not fit {dy.Rows} outputs", nameof(biasGradient));
        fixed (float* w = weightGradient, b = biasGradient, d = dy, px = x) OuterSum.Run(d, px, w, b, dy.Rows, x.Rows, add);
    }

    private static unsafe void Forward<TFinish>(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Block x, Block y, TFinish finish)
        where TFinish : struct, IFinish
    {
        Check(weights.Length, x.Rows, y.Rows);
        if (bias.Length != y.Rows) throw new ArgumentException($"a bias of {bias.Length} does not fit {y.Rows} outputs", nameof(bias));
        fixed (float* w = weights, b = bias, px = x, py = y)
            Product.Run(new Factors { A = w, RowStride = x.Rows, ColumnStride = 1, Bias = b, X = px, Y = py, Rows = y.Rows, Columns = x.Rows }, finish);
    }

    private static unsafe void Tangent<TFinish>(ReadOnlySpan<float> weights, Block dx, Block dy, TFinish finish)
        where TFinish : struct, IFinish
    {
        var inputs = dy.Rows == 0 ? 0 : weights.Length / dy.Rows;
        Check(weights.Length, inputs, dy.Rows);
        if (dx.Rows > inputs) throw new ArgumentException($"{dx.Rows} rows of a tangent for {inputs} inputs", nameof(dx));
        fixed (float* w = weights, from = dx, to = dy)
            Product.Run(new Factors { A = w, RowStride = inputs, ColumnStride = 1, X = from, Y = to, Rows = dy.Rows, Columns = dx.Rows }, finish);
    }

    private static unsafe void Backward<TFinish>(ReadOnlySpan<float> weights, Block dy, Block dx, TFinish finish)
        where TFinish : struct, IFinish
    {
        Check(weights.Length, dx.Rows, dy.Rows);
        fixed (float* w = weights, from = dy, to = dx)
            Product.Run(new Factors { A = w, RowStride = 1, ColumnStride = dx.Rows, X = from, Y = to, Rows = dx.Rows, Columns = dy.Rows }, finish);
    }

    private static void Check(int weights, int inputs, int outputs)
    {
        if (weights != inputs * outputs) throw new ArgumentException($"{weights} weights do not fit {inputs} inputs and {outputs} outputs");
    }
}
