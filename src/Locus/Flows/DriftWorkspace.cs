using Locus.Engine.Blocks;
using Locus.Engine.Networks;

namespace Locus.Flows;

/// <summary>One worker's memory for a drift.</summary>
internal sealed class DriftWorkspace
{
    /// <summary>Memory for a drift.</summary>
    /// <param name="shape">The drift.</param>
    /// <param name="reward">Gives its score; null for a drift without one.</param>
    /// <param name="training">Whether gradients are asked for.</param>
    public DriftWorkspace(DriftShape shape, Reward? reward, bool training)
    {
        Net = new MlpWorkspace(shape.Trunk, training);
        if (shape.Back is { } back) Back = new MlpWorkspace(back.Trunk, training);
        var (d, rows) = (shape.Trunk.Dimension, reward?.ScratchRows ?? 0);
        var arena = new Arena((d + rows) * Block.Lanes);
        (Spare, Reward) = (arena.Rows(d), arena.Rows(rows));
    }

    /// <summary>The trunk's memory, with the conditions of all of it.</summary>
    public MlpWorkspace Net { get; }

    /// <summary>That of the trunk of the way back; null where it is not learned.</summary>
    public MlpWorkspace? Back { get; }

    /// <summary>[D][64], of no meaning between two calls.</summary>
    public Block Spare { get; }

    /// <summary>The reward's scratch.</summary>
    public Block Reward { get; }
}
