using Locus.Engine.Blocks;
using Locus.Engine.Networks;

namespace Locus.Flows;

/// <summary>The memory in which one worker runs a flow on one block.</summary>
public sealed class FlowWorkspace
{
    /// <summary>Memory for a network of this shape.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="density">Whether runs find the density of their samples too, for D + 1 times the work and 768 D^2 bytes more.</param>
    /// <exception cref="ArgumentException">The density is asked for in more than <see cref="FlowDensity.MostCoordinates"/> coordinates.</exception>
    public FlowWorkspace(MlpShape shape, bool density = false)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var d = shape.Dimension;
        if (density && d > FlowDensity.MostCoordinates) throw new ArgumentException($"the density is found in at most {FlowDensity.MostCoordinates} coordinates, not {d}", nameof(shape));
        var tangents = density ? d * d : 0;
        Network = new MlpWorkspace(shape, training: density);
        Density = density ? new FlowDensity(d) : null;
        var arena = new Arena((d + 3 * tangents) * Block.Lanes);
        State = new Jet(Network.Position, arena.Rows(tangents));
        Prediction = new Jet(Network.Output, arena.Rows(tangents));
        Half = new Jet(arena.Rows(d), arena.Rows(tangents));
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
}
