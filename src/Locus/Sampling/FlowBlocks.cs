using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Flows;

namespace Locus.Sampling;

/// <summary>Blocks of samples of a flow.</summary>
internal sealed class FlowBlocks : BlockSampler
{
    private readonly MlpShape shape;
    private readonly FlowWorkspace[] workspaces;
    private readonly FlowOptions options;
    private Flow flow;

    /// <summary>Memory for a team of <paramref name="threads"/>, for the densities of the samples if they are asked for, and for a guided network.</summary>
    public FlowBlocks(MlpShape shape, FlowOptions options, int threads, bool density = false, Guide? guide = null)
    {
        this.shape = shape;
        this.options = options;
        workspaces = [.. Enumerable.Range(0, threads).Select(_ => new FlowWorkspace(shape, density, guide))];
        flow = new Flow(shape, options, default);
    }

    /// <summary>The network's parameters, [P].</summary>
    public ReadOnlyMemory<float> Parameters { get; set; }

    /// <inheritdoc/>
    public override (double[] Log, int[] Folds) Density(int worker) => workspaces[worker].Density is { } found ? (found.Log, found.Folds) : ([], []);

    /// <inheritdoc/>
    protected override void Begin(Key key) => flow = new Flow(shape, options, key);

    /// <inheritdoc/>
    protected override (Block Position, Block Condition) Memory(int worker) => (workspaces[worker].Network.Position, workspaces[worker].Network.Condition);

    /// <inheritdoc/>
    protected override void Draw(int worker, ulong first) => flow.Run(Parameters.Span, workspaces[worker], first);
}
