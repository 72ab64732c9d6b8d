using Locus.Engine.Blocks;
using Locus.Engine.Programs;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Training;

/// <summary>
/// Draws from a set with volume by rejection: evenly spread points of a box around it, those on the set are kept. Exact, and the fastest way there is while the set fills
/// more than about a thousandth of the box. The box begins around points that were found and grows on each side until nothing is kept near its faces.
/// </summary>
internal sealed class Rejection : IWork
{
    private const int WaveBlocks = 256;
    private const int MostGrowths = 80;

    // Kept points by which a face is judged.
    private const int Witnesses = 4000;

    private readonly StandardSet set;
    private readonly EvenDraws places;
    private readonly Program slack;
    private readonly Scratch[] scratch;
    private readonly DoubleBlock[] waves;
    private readonly ulong[] kept = new ulong[WaveBlocks];
    private readonly GrowingBox box;
    private readonly CancellationToken cancellation;
    private ulong firstBlock;

    /// <summary>Memory for a team of <paramref name="threads"/>.</summary>
    public Rejection(StandardSet set, Key key, int threads, CancellationToken cancellation)
    {
        (this.set, this.cancellation, slack) = (set, cancellation, set.Standard.Slack);
        places = new EvenDraws(key, set.Dimension);
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(slack))];
        var arena = new Arena(checked(WaveBlocks * set.Dimension * DoubleBlock.FloatsPerRow));
        waves = [.. Enumerable.Range(0, WaveBlocks).Select(_ => arena.DoubleRows(set.Dimension))];
        box = new GrowingBox(set.Lower, set.Upper);
    }

    /// <summary>Points drawn in the box of the last run.</summary>
    public long Drawn { get; private set; }

    /// <summary>Points kept of them.</summary>
    public long Kept { get; private set; }

    /// <summary>Coordinates in which the box grew to the last: the set has no end there that could be found.</summary>
    public IReadOnlyList<int> Endless { get; private set; } = [];

    /// <summary>Draws points of the set.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="found">Points of the set [N, E], N at least 1: where the box begins.</param>
    /// <param name="count">Points wanted.</param>
    /// <param name="mostDrawn">Most points that may be drawn for them.</param>
    /// <returns>Points [count, E]; null when the set fills too little of its box, or has no bounds.</returns>
    /// <exception cref="OperationCanceledException">After a cancellation.</exception>
    public Points? Run(Team team, Points found, int count, long mostDrawn)
    {
        box.Around(found);
        Endless = [];
        var tight = false;
        for (var growth = 0; growth < MostGrowths; growth++)
        {
            var witnesses = Draw(team, Witnesses, Math.Max(mostDrawn / 10, Block.Lanes * WaveBlocks));
            if (witnesses.Count < Witnesses / 10) return null;
            if (box.Grow(witnesses)) continue;
            var few = (double)count / Kept * Drawn > mostDrawn;
            if (few && tight) return null;
            if (few)
            {
                box.Tighten(witnesses);
                tight = true;
                continue;
            }
            var points = Draw(team, count, 2 * mostDrawn);
            return points.Count == count ? points : null;
        }
        Endless = box.Endless;
        return null;
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        cancellation.ThrowIfCancellationRequested();
        var (u, s) = (waves[task], scratch[worker]);
        var first = (firstBlock + (ulong)task) * Block.Lanes;
        for (var d = 0; d < u.Rows; d++)
        {
            var row = u[d];
            for (var lane = 0; lane < Block.Lanes; lane++) row[lane] = box.At(d, places.Uniform(first + (ulong)lane, d));
        }
        slack.Run(u, s.NoCondition, s.Slack, s.Program);
        var mask = 0UL;
        for (var lane = 0; lane < Block.Lanes; lane++)
            if (s.Slack[0][lane] == 0) mask |= 1UL << lane;
        kept[task] = mask;
    }

    private Points Draw(Team team, int count, long mostDrawn)
    {
        (Drawn, Kept) = (0, 0);
        var values = new double[count * set.Dimension];
        while (Kept < count && Drawn < mostDrawn)
        {
            team.Run(this, WaveBlocks);
            firstBlock += WaveBlocks;
            for (var block = 0; block < WaveBlocks && Kept < count; block++)
            {
                Drawn += Block.Lanes;
                for (var lane = 0; lane < Block.Lanes && Kept < count; lane++)
                {
                    if ((kept[block] >> lane & 1) == 0) continue;
                    for (var d = 0; d < set.Dimension; d++) values[Kept * set.Dimension + d] = waves[block][d][lane];
                    Kept++;
                }
            }
        }
        return new Points(values[..((int)Kept * set.Dimension)], set.Dimension);
    }

    private sealed class Scratch
    {
        public Scratch(Program slack)
        {
            var arena = new Arena(checked((1 + slack.ScratchRows) * DoubleBlock.FloatsPerRow));
            (Slack, Program, NoCondition) = (arena.DoubleRows(1), arena.DoubleRows(slack.ScratchRows), arena.DoubleRows(0));
        }

        public DoubleBlock Slack { get; }

        public DoubleBlock Program { get; }

        public DoubleBlock NoCondition { get; }
    }
}
