using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Probes;
using Locus.Engine.Random;

namespace Locus.Diagnostics.Speed;

/// <summary>One dense layer on one block, for measuring the kernels that training lives on, on one thread.</summary>
public sealed class LayerWorkload
{
    private readonly Memory<float> weights;
    private readonly Memory<float> bias;
    private readonly Memory<float> weightGradient;
    private readonly Memory<float> biasGradient;
    private readonly Block x;
    private readonly Block y;

    /// <summary>A layer of random weights and a block of random inputs.</summary>
    /// <param name="outputs">Rows of W.</param>
    /// <param name="inputs">Columns of W.</param>
    public LayerWorkload(int outputs, int inputs)
    {
        var arena = new Arena(2 * (Arena.Rounded(outputs * inputs) + Arena.Rounded(outputs)) + (inputs + outputs) * Block.Lanes);
        (weights, bias) = (arena.Vector(outputs * inputs), arena.Vector(outputs));
        (weightGradient, biasGradient) = (arena.Vector(outputs * inputs), arena.Vector(outputs));
        (x, y) = (arena.Rows(inputs), arena.Rows(outputs));
        var key = Key.Seed(1).Fold("speed");
        for (var i = 0; i < weights.Length; i++) weights.Span[i] = (float)(Draws.Uniform(key, (ulong)i, 0) - 0.5);
        Draws.Normal(key, 0, 1, x);
        Draws.Normal(key, 0, 2, y);
        Flops = FlopCount.Block(outputs, inputs);
    }

    /// <summary>Operations of any one of the three.</summary>
    public double Flops { get; }

    /// <summary>Y = W X + b.</summary>
    public void Forward() => Dense.Forward(weights.Span, bias.Span, x, y);

    /// <summary>X = W^T Y.</summary>
    public void Backward() => Dense.Backward(weights.Span, y, x);

    /// <summary>DW += Y X^T.</summary>
    public void AddGradient() => Dense.Gradient(y, x, weightGradient.Span, biasGradient.Span, add: true);
}
