using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Flows;

namespace Locus.Sampling;

/// <summary>Blocks of samples of a drift.</summary>
internal sealed class DriftBlocks : BlockSampler
{
    private readonly Drift drift;
    private readonly DriftSteps steps;
    private readonly ReadOnlyMemory<float> parameters;
    private readonly PassingPath[] workers;
    private readonly int[] folds = new int[Block.Lanes];
    private Key key;

    /// <summary>Memory for a team of <paramref name="threads"/>.</summary>
    public DriftBlocks(DriftShape shape, Drift drift, ReadOnlyMemory<float> parameters, int threads)
    {
        (this.drift, this.parameters) = (drift, parameters);
        workers = [.. Enumerable.Range(0, threads).Select(_ => new PassingPath(shape, drift))];
        steps = new DriftSteps(shape, drift.Process.Steps, training: false);
        drift.Prepare(parameters.Span, steps);
    }

    /// <inheritdoc/>
    public override (double[] Log, int[] Folds) Density(int worker) => (workers[worker].Ratio, folds);

    /// <inheritdoc/>
    protected override void Begin(Key key) => this.key = key;

    /// <inheritdoc/>
    protected override (Block Position, Block Condition) Memory(int worker) => (workers[worker].Position(drift.Process.Steps), workers[worker].Condition);

    /// <summary>The density of a path by that of the way back from its end: on average over the ways to a sample its inverse is that of the sample's density, which is all that weights need.</summary>
    protected override void Draw(int worker, ulong first)
    {
        var memory = workers[worker];
        drift.Run(parameters.Span, steps, memory.Memory, memory, key, first, 0);
        var end = memory.Position(drift.Process.Steps);
        for (var lane = 0; lane < Block.Lanes; lane++) memory.Ratio[lane] += drift.Process.LogEnd(end, lane);
    }
}
