using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Flows;

namespace Locus.Methods.OffPolicy;

/// <summary>
/// 64 paths of an update, x_0 to x_T, with what the losses need of them. All memory is taken once: 256 D (T + 1) bytes, with scores 256 D T more, and where losses look at parts of a path 1,536 T more.
/// </summary>
internal sealed class PathBlock : IPath
{
    private readonly int dimension;
    private readonly Block positions;
    private readonly Block scores;
    private readonly Block weights;
    private readonly Block slopes;
    private readonly double[] ratios;
    private readonly double[] levels;

    /// <summary>Memory for paths.</summary>
    /// <param name="shape">The network of the drift.</param>
    /// <param name="steps">T.</param>
    /// <param name="scored">Whether scores are kept.</param>
    /// <param name="byParts">Whether each step has a ratio, a weight and a level of its own.</param>
    public PathBlock(MlpShape shape, int steps, bool scored, bool byParts)
    {
        dimension = shape.Dimension;
        Parts = byParts ? steps : 1;
        var arena = new Arena(checked((dimension * (steps + 1 + (scored ? steps : 0)) + shape.Conditions + 2 * Parts) * Block.Lanes));
        (positions, scores) = (arena.Rows(dimension * (steps + 1)), arena.Rows(scored ? dimension * steps : 0));
        (Condition, weights, slopes) = (arena.Rows(shape.Conditions), arena.Rows(Parts), arena.Rows(Parts));
        (ratios, levels) = (new double[Parts * Block.Lanes], new double[(Parts + 1) * Block.Lanes]);
    }

    /// <summary>Parts that losses look at: T, or 1 for paths as a whole.</summary>
    public int Parts { get; }

    /// <summary>c' [C][64].</summary>
    public Block Condition { get; }

    /// <summary>log R(x_T) of each path [64].</summary>
    public double[] Reward { get; } = new double[Block.Lanes];

    /// <summary>log R / q' of each path, q' its density over that of the way back, [64].</summary>
    public double[] LogWeight { get; } = new double[Block.Lanes];

    /// <inheritdoc/>
    public Block Position(int i) => positions.Slice(i * dimension, dimension);

    /// <inheritdoc/>
    public Block Score(int i) => scores.Slice(i * dimension, dimension);

    /// <inheritdoc/>
    public Span<double> Ratio(int i) => ratios.AsSpan(Math.Min(i, Parts - 1) * Block.Lanes, Block.Lanes);

    /// <inheritdoc/>
    public void ClearRatios() => ratios.AsSpan().Clear();

    /// <summary>Derivative of the loss by log p of the step from x_i [1][64].</summary>
    /// <param name="i">0 to T - 1.</param>
    public Block Weight(int i) => weights.Slice(Math.Min(i, Parts - 1), 1);

    /// <summary>log F(x_i) over the process without drift, as <see cref="StateFlow"/> has it, [64].</summary>
    /// <param name="part">0 to Parts; the last is the end, where it is the reward.</param>
    public Span<double> Level(int part) => levels.AsSpan(part * Block.Lanes, Block.Lanes);

    /// <summary>Derivative of the loss by it [1][64].</summary>
    /// <param name="part">0 to Parts - 1.</param>
    public Block LevelSlope(int part) => slopes.Slice(part, 1);
}
