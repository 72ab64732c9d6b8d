using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Flows;

namespace Locus.Sampling;

/// <summary>One worker's memory for paths of which only two points that follow each other are kept.</summary>
internal sealed class PassingPath : IPath
{
    private readonly Block[] positions;
    private readonly Block score;

    /// <summary>Memory for a drift.</summary>
    public PassingPath(DriftShape shape, Drift drift)
    {
        Memory = drift.Workspace(training: false);
        var d = shape.Trunk.Dimension;
        var arena = new Arena(3 * d * Block.Lanes);
        (positions, score) = ([arena.Rows(d), arena.Rows(d)], arena.Rows(d));
    }

    /// <summary>The drift's memory.</summary>
    public DriftWorkspace Memory { get; }

    /// <summary>c' [C][64].</summary>
    public Block Condition => Memory.Net.Condition;

    /// <summary>Logarithm of each path's density over that without the drift, [64].</summary>
    public double[] Ratio { get; } = new double[Block.Lanes];

    /// <inheritdoc/>
    public Block Position(int i) => positions[i & 1];

    /// <inheritdoc/>
    public Block Score(int i) => score;

    /// <inheritdoc/>
    Span<double> IPath.Ratio(int i) => Ratio;

    /// <inheritdoc/>
    public void ClearRatios() => Ratio.AsSpan().Clear();
}
