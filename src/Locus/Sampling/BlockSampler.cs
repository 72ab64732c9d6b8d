using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;

namespace Locus.Sampling;

/// <summary>
/// Runs a flow on many blocks with a team, each worker in its own memory, and hands every finished block on. Whoever receives it sees samples in the
/// network's coordinates: 64 positions and, for a conditional problem, their conditions.
/// </summary>
internal sealed class BlockSampler : IWork
{
    private readonly MlpShape shape;
    private readonly FlowWorkspace[] workspaces;
    private readonly FlowOptions options;
    private Flow flow;
    private Conditions conditions;
    private ReadOnlyMemory<float> parameters;
    private ulong firstBlock;
    private Receiver? receive;

    /// <summary>Memory for a team of <paramref name="threads"/>, for the densities of the samples if they are asked for, and for a guided network.</summary>
    public BlockSampler(MlpShape shape, FlowOptions options, int threads, bool density = false, Guide? guide = null)
    {
        this.shape = shape;
        this.options = options;
        workspaces = [.. Enumerable.Range(0, threads).Select(_ => new FlowWorkspace(shape, density, guide))];
        flow = new Flow(shape, options, default);
        conditions = new Conditions(default, []);
    }

    /// <summary>Receives a finished block; called on the worker's own thread, in any order of tasks.</summary>
    /// <param name="task">Number of the block within the run.</param>
    /// <param name="worker">The worker, for scratch memory of its own.</param>
    /// <param name="position">Samples u [D][64].</param>
    /// <param name="condition">Conditions c' [C][64].</param>
    public delegate void Receiver(int task, int worker, Block position, Block condition);

    /// <summary>The densities of the block that a worker has just finished; null if they were not asked for.</summary>
    public FlowDensity? Density(int worker) => workspaces[worker].Density;

    /// <summary>Draws the blocks <paramref name="firstBlock"/> to <paramref name="firstBlock"/> + <paramref name="blocks"/> - 1.</summary>
    public void Run(Team team, ReadOnlyMemory<float> parameters, Key key, Conditions conditions, ulong firstBlock, int blocks, Receiver receive)
    {
        flow = new Flow(shape, options, key);
        this.parameters = parameters;
        this.conditions = conditions;
        this.firstBlock = firstBlock;
        this.receive = receive;
        team.Run(this, blocks);
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        var workspace = workspaces[worker];
        var first = (firstBlock + (ulong)task) * Block.Lanes;
        conditions.Fill(first, workspace.Network.Condition);
        flow.Run(parameters.Span, workspace, first);
        receive!(task, worker, workspace.Network.Position, workspace.Network.Condition);
    }
}
