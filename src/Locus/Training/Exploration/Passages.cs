using Locus.Engine.Blocks;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;
using Locus.Walks;

namespace Locus.Training;

/// <summary>
/// Whether one can go from a point of a set to another and stay on the set: the places between them, at equal distances on a straight line, are brought onto the set, and must
/// follow each other there without a leap. A gap across the line is seen if it is more than a sixth of it.
/// </summary>
internal sealed class Passages : IWork
{
    // Places on a line; a leap is this many of their distances on it.
    private const int Places = 16;
    private const double Leap = 2.5;
    private readonly StandardSet set;
    private readonly bool closed;
    private readonly Scratch[] scratch;
    private Points points = new(0, 1);
    private IReadOnlyList<(int From, int To)> lines = [];
    private bool[] open = [];

    /// <summary>Memory for a team of <paramref name="threads"/>.</summary>
    /// <param name="set">The set.</param>
    /// <param name="threads">T.</param>
    /// <param name="closed">Whether lines may go over the ends of periodic coordinates.</param>
    public Passages(StandardSet set, int threads, bool closed)
    {
        (this.set, this.closed) = (set, closed);
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(set, closed))];
    }

    /// <summary>Tries lines between points.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="points">Points of the set [N, E].</param>
    /// <param name="lines">Their numbers.</param>
    /// <returns>Which lines can be gone.</returns>
    public bool[] Run(Team team, Points points, IReadOnlyList<(int From, int To)> lines)
    {
        (this.points, this.lines, open) = (points, lines, new bool[lines.Count]);
        const int perBlock = Block.Lanes / Places;
        team.Run(this, (lines.Count + perBlock - 1) / perBlock);
        return open;
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        const int perBlock = Block.Lanes / Places;
        var (u, projector) = (scratch[worker].Position, scratch[worker].Projector);
        var count = Math.Min(perBlock, lines.Count - task * perBlock);
        for (var lane = 0; lane < count * Places; lane++)
        {
            var (from, to) = lines[task * perBlock + lane / Places];
            var part = (lane % Places + 0.5) / Places;
            for (var d = 0; d < u.Rows; d++) u[d][lane] = points[from][d] + part * Difference(d, points[to][d], points[from][d]);
        }
        projector.Run(u, scratch[worker].NoCondition, count * Places);
        for (var line = 0; line < count; line++) open[task * perBlock + line] = IsOpen(u, projector, line * Places, lines[task * perBlock + line]);
    }

    private bool IsOpen(DoubleBlock u, BlockProjector projector, int first, (int From, int To) line)
    {
        Span<double> last = stackalloc double[set.Dimension];
        points[line.From].CopyTo(last);
        var most = Leap / Places * Leap / Places * Square(last, points[line.To]);
        Span<double> next = stackalloc double[set.Dimension];
        for (var lane = first; lane < first + Places; lane++)
        {
            if (projector.Outcome(lane) is not (ProjectionOutcome.OnSet or ProjectionOutcome.Projected)) return false;
            for (var d = 0; d < next.Length; d++) next[d] = u[d][lane];
            if (Square(last, next) > most) return false;
            next.CopyTo(last);
        }
        return Square(last, points[line.To]) <= most;
    }

    private double Square(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var d = 0; d < a.Length; d++) sum += Difference(d, a[d], b[d]) * Difference(d, a[d], b[d]);
        return sum;
    }

    private double Difference(int d, double a, double b) => closed ? set.Circles.Shortest(d, a - b) : a - b;

    private sealed class Scratch
    {
        public Scratch(StandardSet set, bool closed)
        {
            var arena = new Arena(checked(set.Dimension * DoubleBlock.FloatsPerRow));
            (Position, NoCondition) = (arena.DoubleRows(set.Dimension), arena.DoubleRows(0));
            Projector = new BlockProjector(closed ? set.Closed : set.Problem, closed ? set.ClosedStandard : set.Standard, new ProjectorOptions { MostSteps = 20 });
        }

        public DoubleBlock Position { get; }

        public DoubleBlock NoCondition { get; }

        public BlockProjector Projector { get; }
    }
}
