using Locus.Engine.Blocks;
using Locus.Engine.Networks;

namespace Locus.Flows;

/// <summary>The memory in which one worker runs a flow on one block.</summary>
public sealed class FlowWorkspace
{
    /// <summary>Memory for a network of this shape.</summary>
    /// <param name="shape">The network.</param>
    public FlowWorkspace(MlpShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Network = new MlpWorkspace(shape, training: false);
        Half = new Arena(shape.Dimension * Block.Lanes).Rows(shape.Dimension);
    }

    /// <summary>The network's memory; Position holds the samples.</summary>
    public MlpWorkspace Network { get; }

    /// <summary>A second set of positions [D][64]: Heun's half step, or the noise of the SDE.</summary>
    internal Block Half { get; }
}
