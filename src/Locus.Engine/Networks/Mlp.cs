using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Engine.Networks;

/// <summary>
/// A multilayer perceptron on blocks: value, derivatives along directions of its position, and gradient by its parameters. It holds no parameters itself: they are one flat vector,
/// which the optimizer, the checkpoint and the moving average see as such.
/// </summary>
public static class Mlp
{
    /// <summary>Draws parameters: weights and bias of a layer uniform in +-1/sqrt(inputs); the output layer's scaled by <paramref name="outputScale"/>.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="outputScale">1 as for other layers; 0 starts with the constant 0 (or, residual, with the identity).</param>
    /// <param name="parameters">[ParameterCount], written.</param>
    public static void Initialize(MlpShape shape, Key key, float outputScale, Span<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(shape);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var scale = (layer == shape.Layers - 1 ? outputScale : 1f) / MathF.Sqrt(shape.Inputs(layer));
            var end = layer == shape.Layers - 1 ? shape.ParameterCount : shape.WeightOffset(layer + 1);
            for (var i = shape.WeightOffset(layer); i < end; i++) parameters[i] = scale * (float)(2 * Draws.Uniform(key, (ulong)i, 0) - 1);
        }
    }

    /// <summary>Output = f(Input), nothing kept for a backward pass.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="parameters">[ParameterCount].</param>
    /// <param name="workspace">Input is read, Output written.</param>
    /// <param name="firstBias">What stands in for the bias of the first layer; empty for its own.</param>
    public static void Evaluate(MlpShape shape, ReadOnlySpan<float> parameters, MlpWorkspace workspace, ReadOnlySpan<float> firstBias = default)
    {
        var current = workspace.Input;
        for (var layer = 0; layer < shape.Layers - 1; layer++)
        {
            var next = workspace.Passing[layer & 1].Slice(0, shape.Outputs(layer));
            Hidden(shape, parameters, layer, firstBias, current, next);
            current = next;
        }
        FinishForward(shape, parameters, current, workspace);
    }

    /// <summary>Output = f(Input), and what <see cref="Tangents"/> and <see cref="Backward"/> need is kept in the workspace.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="parameters">[ParameterCount].</param>
    /// <param name="workspace">Made for training; Input is read, Output written.</param>
    /// <param name="firstBias">What stands in for the bias of the first layer; empty for its own.</param>
    public static void Forward(MlpShape shape, ReadOnlySpan<float> parameters, MlpWorkspace workspace, ReadOnlySpan<float> firstBias = default)
    {
        var current = workspace.Input;
        for (var layer = 0; layer < shape.Layers - 1; layer++)
        {
            var next = workspace.Values[layer];
            Hidden(shape, parameters, layer, firstBias, current, next, workspace.Derivatives[layer]);
            current = next;
        }
        FinishForward(shape, parameters, current, workspace);
    }

    /// <summary>
    /// How the output moves when the position moves along some directions while time and condition stand still: (df/dz) v for each v, lane by lane, after a
    /// <see cref="Forward"/> of the same input. Each direction costs what an evaluation without activations does.
    /// </summary>
    /// <param name="shape">The network.</param>
    /// <param name="parameters">[ParameterCount].</param>
    /// <param name="workspace">Made for training; what Forward kept is read.</param>
    /// <param name="directions">v [n D][64]: n directions, one behind the other.</param>
    /// <param name="images">(df/dz) v [n D][64], written; must not overlap the directions.</param>
    /// <exception cref="ArgumentException">The blocks differ in rows, or their rows are no whole number of directions.</exception>
    public static void Tangents(MlpShape shape, ReadOnlySpan<float> parameters, MlpWorkspace workspace, Block directions, Block images)
    {
        var d = shape.Dimension;
        if (directions.Rows % d != 0 || images.Rows != directions.Rows)
            throw new ArgumentException($"directions of {directions.Rows} rows and images of {images.Rows}: give both the same multiple of {d}", nameof(directions));
        for (var row = 0; row < directions.Rows; row += d) Tangent(shape, parameters, workspace, directions.Slice(row, d), images.Slice(row, d));
    }

    /// <summary>The gradient of the loss by the parameters, summed over the 64 lanes, after a <see cref="Forward"/> of the same input.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="parameters">[ParameterCount].</param>
    /// <param name="workspace">OutputGradient is read.</param>
    /// <param name="gradient">[ParameterCount], written.</param>
    /// <param name="add">Whether it is added to what <paramref name="gradient"/> holds.</param>
    /// <param name="firstBiasGradient">Receives, or is added, the derivative by the first layer's bias in place of <paramref name="gradient"/>, whose part for it is then left alone; empty for nothing of the kind.</param>
    /// <param name="inputGradient">Receives the derivative by the input [D + F + T + C][64], features taken for inputs of their own; without rows for nothing of the kind.</param>
    public static void Backward(
        MlpShape shape, ReadOnlySpan<float> parameters, MlpWorkspace workspace, Span<float> gradient, bool add, Span<float> firstBiasGradient = default, Block inputGradient = default)
    {
        var current = workspace.OutputGradient;
        for (var layer = shape.Layers - 1; layer >= 0; layer--)
        {
            var input = layer == 0 ? workspace.Input : workspace.Values[layer - 1];
            var bias = layer == 0 && !firstBiasGradient.IsEmpty ? firstBiasGradient : gradient.Slice(shape.BiasOffset(layer), shape.Outputs(layer));
            Dense.Gradient(current, input, gradient.Slice(shape.WeightOffset(layer), shape.Inputs(layer) * shape.Outputs(layer)), bias, add);
            if (layer == 0)
            {
                if (inputGradient.Rows > 0) Dense.Backward(Weights(shape, parameters, layer), current, inputGradient);
                return;
            }
            var previous = workspace.Passing[layer & 1].Slice(0, shape.Inputs(layer));
            Dense.Backward(Weights(shape, parameters, layer), current, previous, workspace.Derivatives[layer - 1]);
            current = previous;
        }
    }

    private static void Tangent(MlpShape shape, ReadOnlySpan<float> parameters, MlpWorkspace workspace, Block direction, Block image)
    {
        var current = direction;
        if (shape.PositionFeatures > 0) shape.Position.Tangent(workspace.PositionFeatures, direction, current = workspace.Direction);
        for (var layer = 0; layer < shape.Layers - 1; layer++)
        {
            var next = workspace.Passing[layer & 1].Slice(0, shape.Outputs(layer));
            Dense.Tangent(Weights(shape, parameters, layer), current, next, workspace.Derivatives[layer]);
            current = next;
        }
        Dense.Tangent(Weights(shape, parameters, shape.Layers - 1), current, image);
        if (shape.Residual) Elementwise.Add(image, direction);
    }

    private static void FinishForward(MlpShape shape, ReadOnlySpan<float> parameters, Block current, MlpWorkspace workspace)
    {
        var last = shape.Layers - 1;
        Dense.Forward(Weights(shape, parameters, last), Bias(shape, parameters, last), current, workspace.Output);
        if (shape.Residual) Elementwise.Add(workspace.Output, workspace.Position);
    }

    internal static ReadOnlySpan<float> Weights(MlpShape shape, ReadOnlySpan<float> parameters, int layer) =>
        parameters.Slice(shape.WeightOffset(layer), shape.Inputs(layer) * shape.Outputs(layer));

    internal static ReadOnlySpan<float> Bias(MlpShape shape, ReadOnlySpan<float> parameters, int layer) =>
        parameters.Slice(shape.BiasOffset(layer), shape.Outputs(layer));

    private static ReadOnlySpan<float> Bias(MlpShape shape, ReadOnlySpan<float> parameters, int layer, ReadOnlySpan<float> firstBias) =>
        layer == 0 && !firstBias.IsEmpty ? firstBias : Bias(shape, parameters, layer);

    internal static void Activate(ActivationKind kind, Block x)
    {
        switch (kind)
        {
            case ActivationKind.Silu: ActivationKernel.Forward<Silu>(x); break;
            case ActivationKind.Gelu: ActivationKernel.Forward<Gelu>(x); break;
            case ActivationKind.Relu: ActivationKernel.Forward<Relu>(x); break;
            default: ActivationKernel.Forward<TanhActivation>(x); break;
        }
    }

    private static void Hidden(MlpShape shape, ReadOnlySpan<float> parameters, int layer, ReadOnlySpan<float> firstBias, Block x, Block y)
    {
        ReadOnlySpan<float> weights = Weights(shape, parameters, layer), bias = Bias(shape, parameters, layer, firstBias);
        switch (shape.Activation)
        {
            case ActivationKind.Silu: Dense.Forward<Silu>(weights, bias, x, y); break;
            case ActivationKind.Gelu: Dense.Forward<Gelu>(weights, bias, x, y); break;
            case ActivationKind.Relu: Dense.Forward<Relu>(weights, bias, x, y); break;
            default: Dense.Forward<TanhActivation>(weights, bias, x, y); break;
        }
    }

    private static void Hidden(MlpShape shape, ReadOnlySpan<float> parameters, int layer, ReadOnlySpan<float> firstBias, Block x, Block y, Block slopes)
    {
        ReadOnlySpan<float> weights = Weights(shape, parameters, layer), bias = Bias(shape, parameters, layer, firstBias);
        switch (shape.Activation)
        {
            case ActivationKind.Silu: Dense.Forward<Silu>(weights, bias, x, y, slopes); break;
            case ActivationKind.Gelu: Dense.Forward<Gelu>(weights, bias, x, y, slopes); break;
            case ActivationKind.Relu: Dense.Forward<Relu>(weights, bias, x, y, slopes); break;
            default: Dense.Forward<TanhActivation>(weights, bias, x, y, slopes); break;
        }
    }
}
