using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Flows;

namespace Locus.Sampling;

/// <summary>Runs a flow on a few samples, on the caller's own thread: what is asked for in a control loop, where a block of 64 would be 63 too many.</summary>
internal sealed class FewSampler
{
    private readonly MlpShape shape;
    private readonly FlowOptions options;
    private readonly TurnedMlp network;
    private readonly FlowWorkspace workspace;

    /// <summary>Memory and turned weights for a network.</summary>
    public FewSampler(MlpShape shape, FlowOptions options, ReadOnlySpan<float> parameters, Guide? guide = null)
    {
        this.shape = shape;
        this.options = options;
        network = new TurnedMlp(shape, parameters);
        workspace = new FlowWorkspace(shape, guide: guide);
    }

    /// <summary>Draws the samples 0 to <paramref name="count"/> - 1.</summary>
    /// <returns>Their positions u [D][64] and conditions c' [C][64], in the first lanes; valid until the next call.</returns>
    public MlpWorkspace Run(int count, Key key, Conditions conditions)
    {
        conditions.Fill(0, workspace.Network.Condition);
        new Flow(shape, options, key).Run(network, count, workspace, 0);
        return workspace.Network;
    }
}
