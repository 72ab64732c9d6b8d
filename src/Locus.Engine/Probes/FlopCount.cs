using Locus.Engine.Networks;

namespace Locus.Engine.Probes;

/// <summary>
/// Floating-point operations of the arithmetic that is compared with the peak: multiply-adds of the dense layers, two operations each. Biases,
/// activations, noise, losses and the optimizer are not counted, here or for anybody that the engine is compared with.
/// </summary>
public static class FlopCount
{
    /// <summary>A product of [rows, columns] with a block, forward or backward, or the weight gradient of such a layer.</summary>
    /// <param name="rows">Outputs of the layer.</param>
    /// <param name="columns">Inputs of the layer.</param>
    public static double Block(int rows, int columns) => 2.0 * rows * columns * Blocks.Block.Lanes;

    /// <summary>
    /// One training sample: the forward pass, the weight gradients of all layers (as much again), and the backward pass to the inputs of all layers but the
    /// first, as nothing is learnt about z, t and c.
    /// </summary>
    /// <param name="shape">The network; <see cref="MlpShape.FlopsPerSample"/> counts its forward pass.</param>
    public static double Training(MlpShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return 3.0 * shape.FlopsPerSample - 2.0 * shape.Inputs(0) * shape.Outputs(0);
    }
}
