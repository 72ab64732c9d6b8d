using Locus.Engine.Blocks;
using Locus.Engine.Networks;

namespace Locus.Flows;

/// <summary>The memory in which one worker runs a flow on one block.</summary>
public sealed class FlowWorkspace
{
    private readonly Block guideScratch;

    /// <summary>Memory for a network of this shape.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="density">Whether runs find the density of their samples too, for D + 1 times the work and 768 D^2 bytes more.</param>
    /// <param name="guide">The step toward the set inside the network, for a guided one.</param>
    /// <exception cref="ArgumentException">The density is asked for in more than <see cref="FlowDensity.MostCoordinates"/> coordinates, or of a guided network.</exception>
    public FlowWorkspace(MlpShape shape, bool density = false, Guide? guide = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (density && guide is not null) throw new ArgumentException("a guided network has no density here", nameof(guide));
        var d = shape.Dimension;
        if (density && d > FlowDensity.MostCoordinates) throw new ArgumentException($"the density is found in at most {FlowDensity.MostCoordinates} coordinates, not {d}", nameof(shape));
        var tangents = density ? d * d : 0;
        Network = new MlpWorkspace(shape, training: density);
        Density = density ? new FlowDensity(d) : null;
        var arena = new Arena((d + 3 * tangents + (guide?.ScratchRows ?? 0)) * Block.Lanes);
        State = new Jet(Network.Position, arena.Rows(tangents));
        Prediction = new Jet(Network.Output, arena.Rows(tangents));
        Half = new Jet(arena.Rows(d), arena.Rows(tangents));
        (Guide, guideScratch) = (guide, arena.Rows(guide?.ScratchRows ?? 0));
    }

    /// <summary>The network's memory; Position holds the samples.</summary>
    public MlpWorkspace Network { get; }

    /// <summary>The density of the samples of the last run; null where the workspace was not made for it.</summary>
    public FlowDensity? Density { get; }

    /// <summary>The positions z, and their derivatives by where the step began.</summary>
    internal Jet State { get; }

    /// <summary>f(z, t, c), and its derivatives by the same.</summary>
    internal Jet Prediction { get; }

    /// <summary>A second set of positions: Heun's half step, or the noise of the SDE.</summary>
    internal Jet Half { get; }

    private Guide? Guide { get; }

    /// <summary>Turns the network's output into the prediction, where the network is guided.</summary>
    internal void Lead() => Guide?.Apply(Network, guideScratch);
}
