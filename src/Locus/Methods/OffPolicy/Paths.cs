using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Flows;

namespace Locus.Methods.OffPolicy;

/// <summary>64 paths of an update, x_0 to x_T, with what the losses need of them. All memory is taken once: 256 D (T + 1) bytes, with scores 256 D T more.</summary>
internal sealed class Paths : IPath
{
    private readonly int dimension;
    private readonly Block positions;
    private readonly Block scores;

    /// <summary>Memory for paths.</summary>
    /// <param name="shape">The network of the drift.</param>
    /// <param name="steps">T.</param>
    /// <param name="scored">Whether scores are kept.</param>
    public Paths(MlpShape shape, int steps, bool scored)
    {
        dimension = shape.Dimension;
        var arena = new Arena(checked((dimension * (steps + 1 + (scored ? steps : 0)) + shape.Conditions + 1) * Block.Lanes));
        (positions, scores) = (arena.Rows(dimension * (steps + 1)), arena.Rows(scored ? dimension * steps : 0));
        (Condition, Weight) = (arena.Rows(shape.Conditions), arena.Rows(1));
    }

    /// <summary>c' [C][64].</summary>
    public Block Condition { get; }

    /// <summary>Derivative of the loss by the logarithm of each path's density [1][64].</summary>
    public Block Weight { get; }

    /// <summary>Logarithm of each path's density over that without drift, and later the whole of P - Q - r, [64].</summary>
    public double[] Ratio { get; } = new double[Block.Lanes];

    /// <summary>log R(x_T) of each path [64].</summary>
    public double[] Reward { get; } = new double[Block.Lanes];

    /// <inheritdoc/>
    public Block Position(int i) => positions.Slice(i * dimension, dimension);

    /// <inheritdoc/>
    public Block Score(int i) => scores.Slice(i * dimension, dimension);
}
