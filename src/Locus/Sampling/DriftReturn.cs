using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;

namespace Locus.Sampling;

/// <summary>The density log q' that a drift gives to a path back from each of some points, in the network's coordinates.</summary>
internal sealed class DriftReturn : IWork
{
    private readonly Drift drift;
    private readonly DriftSteps steps;
    private readonly ReadOnlyMemory<float> parameters;
    private readonly Standardization standard;
    private readonly Points points;
    private readonly Points? conditions;
    private readonly Key key;
    private readonly PassingPath[] workers;

    /// <summary>Memory for a team.</summary>
    public DriftReturn(DriftShape shape, Drift drift, ReadOnlyMemory<float> parameters, Standardization standard, Points points, Points? conditions, Key key, int threads)
    {
        (this.drift, this.parameters, this.standard, this.points, this.conditions, this.key) = (drift, parameters, standard, points, conditions, key);
        steps = new DriftSteps(shape, drift.Process.Steps, training: false);
        drift.Prepare(parameters.Span, steps);
        workers = [.. Enumerable.Range(0, threads).Select(_ => new PassingPath(shape, drift))];
        Log = new double[points.Count];
    }

    /// <summary>log q' of each point, [N].</summary>
    public double[] Log { get; }

    /// <inheritdoc/>
    public void Execute(int task, int worker)
    {
        var (memory, first) = (workers[worker], task * Block.Lanes);
        var lanes = Math.Min(Block.Lanes, points.Count - first);
        var end = memory.Position(drift.Process.Steps);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            // Lanes without a point of their own take the last one again.
            var i = first + Math.Min(lane, lanes - 1);
            for (var d = 0; d < end.Rows; d++) end[d][lane] = (float)((points[i][d] - standard.Center[d]) / standard.Scale[d]);
            for (var j = 0; j < memory.Condition.Rows; j++)
                memory.Condition[j][lane] = (float)((conditions![conditions.Count == 1 ? 0 : i][j] - standard.ConditionCenter[j]) / standard.ConditionScale[j]);
        }
        var logEnd = new double[Block.Lanes];
        for (var lane = 0; lane < lanes; lane++) logEnd[lane] = drift.Process.LogEnd(end, lane);
        drift.Return(parameters.Span, steps, memory.Memory, memory, key, (ulong)first);
        for (var lane = 0; lane < lanes; lane++) Log[first + lane] = logEnd[lane] + memory.Ratio[lane];
    }
}
