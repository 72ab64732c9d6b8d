using System.Numerics;
using Locus.Engine.Blocks;
using Locus.Engine.Programs;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Diagnostics.Rivals;

/// <summary>
/// Uniform points of the problem's box; those on the set are samples. Exact, and costs the box over the set. Where a variable has no box, one is found first: around the ends of
/// descents, and wider until no sample lies next to its sides.
/// </summary>
internal sealed class RejectionRival : Rival, IWork
{
    private const int WaveBlocks = 256;
    private const int SearchBlocks = 16;

    // Samples by which the sides of a box that was found are judged.
    private const int Witnesses = 1000;

    private readonly Problem problem;
    private readonly double[] conditions;
    private readonly Key key;
    private readonly Program slack;
    private readonly GrowingBox box;
    private readonly Descent? descent;
    private readonly Scratch[] scratch;
    private readonly Block[] waves;
    private readonly ulong[] inside = new ulong[WaveBlocks];
    private readonly int most;
    private KeptPoints kept;
    private ulong firstBlock;
    private long samples;
    private bool searched;
    private bool ready;

    /// <summary>Before the first draw.</summary>
    /// <param name="problem">Of which <see cref="WhyNot"/> is null.</param>
    /// <param name="conditions">c [C] in the user's units.</param>
    /// <param name="keep">Samples kept at most.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="threads">Threads of the team that will run it.</param>
    public RejectionRival(Problem problem, double[] conditions, int keep, Key key, int threads)
    {
        (this.problem, this.conditions, this.key, slack, most) = (problem, conditions, key, problem.Slack, Math.Max(keep, Witnesses));
        box = new GrowingBox([.. problem.Variables.Select(v => v.Lower)], [.. problem.Variables.Select(v => v.Upper)]);
        kept = new KeptPoints(most, problem.Dimension);
        ready = searched = box.IsLimited;
        if (!ready) descent = new Descent(problem, conditions, SearchBlocks, key.Fold("search"), threads);
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(problem))];
        var arena = new Arena(checked(WaveBlocks * problem.Dimension * Block.Lanes));
        waves = [.. Enumerable.Range(0, WaveBlocks).Select(_ => arena.Rows(problem.Dimension))];
    }

    /// <inheritdoc/>
    public override string Name => "rejection";

    /// <inheritdoc/>
    public override bool IsExact => true;

    /// <inheritdoc/>
    public override bool IsUnbiased => true;

    /// <inheritdoc/>
    public override bool IsReady => ready;

    /// <inheritdoc/>
    public override double Samples => ready ? samples : 0;

    /// <inheritdoc/>
    public override Points Kept => kept.Points;

    /// <summary>Why a set cannot be drawn from by rejection; null if it can.</summary>
    /// <param name="problem">The problem.</param>
    public static string? WhyNot(Problem problem)
    {
        if (Subjects.Thin(problem.Set)) return "no point of a box meets an equality";
        return problem.Measure != Measure.Volume ? "it draws by volume, which is not the measure wanted" : null;
    }

    /// <inheritdoc/>
    public override void Wave(Team team, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!searched)
        {
            descent!.Run(team, kept, cancellation);
            if (kept.Count < Block.Lanes) return;
            box.Around(kept.Points);
            // What descents find need not be all that the problem's own box holds.
            box.ToLimits();
            searched = true;
            Begin();
        }
        Draw(team);
        if (ready || kept.Count < Witnesses) return;
        ready = !box.Grow(kept.Points);
        // The samples by which the box was chosen are not among those drawn from it.
        Begin();
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        var (uniform, s) = (waves[task], scratch[worker]);
        Draws.Uniform(key, (firstBlock + (ulong)task) * Block.Lanes, 0, uniform);
        for (var d = 0; d < uniform.Rows; d++)
            for (var lane = 0; lane < Block.Lanes; lane++) s.Position[d][lane] = box.At(d, uniform[d][lane]);
        for (var k = 0; k < conditions.Length; k++) s.Condition[k].Fill(conditions[k]);
        slack.Run(s.Position, s.Condition, s.Slack, s.Program);
        inside[task] = 0;
        for (var lane = 0; lane < Block.Lanes; lane++)
            if (s.Slack[0][lane] == 0) inside[task] |= 1UL << lane;
    }

    private void Begin() => (kept, samples) = (new KeptPoints(most, problem.Dimension), 0);

    private void Draw(Team team)
    {
        team.Run(this, WaveBlocks);
        firstBlock += WaveBlocks;
        var x = new double[problem.Dimension];
        for (var block = 0; block < WaveBlocks; block++)
        {
            samples += BitOperations.PopCount(inside[block]);
            for (var lane = 0; lane < Block.Lanes && kept.Count < most; lane++)
            {
                if ((inside[block] >> lane & 1) == 0) continue;
                for (var d = 0; d < x.Length; d++) x[d] = box.At(d, waves[block][d][lane]);
                kept.Add(x);
            }
        }
    }

    private sealed class Scratch
    {
        public Scratch(Problem problem)
        {
            var arena = new Arena(checked((problem.Dimension + problem.ConditionCount + 1 + problem.Slack.ScratchRows) * DoubleBlock.FloatsPerRow));
            (Position, Condition) = (arena.DoubleRows(problem.Dimension), arena.DoubleRows(problem.ConditionCount));
            (Slack, Program) = (arena.DoubleRows(1), arena.DoubleRows(problem.Slack.ScratchRows));
        }

        public DoubleBlock Position { get; }

        public DoubleBlock Condition { get; }

        public DoubleBlock Slack { get; }

        public DoubleBlock Program { get; }
    }
}
