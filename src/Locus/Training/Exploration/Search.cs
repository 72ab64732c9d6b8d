using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;
using Locus.Walks;

namespace Locus.Training;

/// <summary>What a search found.</summary>
/// <param name="Found">Points on the set [N, E], in the order of their starts.</param>
/// <param name="Starts">Starts that were tried.</param>
/// <param name="SmallestSlack">The smallest slack at which a descent ended; 0 where a point was found; NaN where all ended without a number.</param>
/// <param name="Nearest">The point of that slack [E].</param>
internal sealed record SearchResult(Points Found, int Starts, double SmallestSlack, double[] Nearest);

/// <summary>
/// Finds first points of a set: descends from starts of four kinds by Gauss-Newton (Toussaint, Braun and Ortiz-Haro 2024, "downhill"). Half of them lie uniformly in
/// the region, a quarter are standard normal, a quarter normal with a scale from 1/4 to 64, log-uniform: for sets whose place and size nobody has told.
/// </summary>
internal sealed class Search : IWork
{
    private const int Kinds = 4;
    private static readonly double SmallestScale = ElementaryDouble.Log(0.25), LargestScale = ElementaryDouble.Log(64);

    private readonly StandardSet set;
    private readonly Key uniformKey;
    private readonly Key normalKey;
    private readonly Key scaleKey;
    private readonly Scratch[] scratch;
    private readonly CancellationToken cancellation;
    private Points ends = new(0, 1);
    private double[] slacks = [];

    /// <summary>Memory for a team of <paramref name="threads"/>.</summary>
    public Search(StandardSet set, Key key, int threads, CancellationToken cancellation)
    {
        (this.set, this.cancellation) = (set, cancellation);
        (uniformKey, normalKey, scaleKey) = (key.Fold("uniform"), key.Fold("normal"), key.Fold("scale"));
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(set))];
    }

    /// <summary>Descends from <paramref name="starts"/> points, a multiple of 64.</summary>
    /// <exception cref="OperationCanceledException">After a cancellation.</exception>
    public SearchResult Run(Team team, int starts)
    {
        ends = new Points(starts, set.Dimension);
        slacks = new double[starts];
        team.Run(this, starts / Block.Lanes);
        List<double> found = [];
        var nearest = 0;
        for (var i = 0; i < starts; i++)
        {
            if (slacks[i] < slacks[nearest] || double.IsNaN(slacks[nearest])) nearest = i;
            if (slacks[i] == 0) found.AddRange(ends[i]);
        }
        return new SearchResult(new Points([.. found], set.Dimension), starts, slacks[nearest], ends[nearest].ToArray());
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        cancellation.ThrowIfCancellationRequested();
        var (u, projector) = (scratch[worker].Position, scratch[worker].Projector);
        var first = task * Block.Lanes;
        Draws.Uniform(uniformKey, (ulong)first, 0, scratch[worker].Uniform);
        Draws.Normal(normalKey, (ulong)first, 0, scratch[worker].Normal);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var kind = lane % Kinds;
            var share = Draws.Uniform(scaleKey, (ulong)(first + lane), 0);
            var scale = kind == 3 ? ElementaryDouble.Exp(SmallestScale + (LargestScale - SmallestScale) * share) : 1;
            for (var d = 0; d < set.Dimension; d++)
                u[d][lane] = kind < 2 ? 4.0 * scratch[worker].Uniform[d][lane] - 2 : scale * scratch[worker].Normal[d][lane];
        }
        projector.Run(u, scratch[worker].NoCondition);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var there = projector.Outcome(lane) is ProjectionOutcome.OnSet or ProjectionOutcome.Projected;
            slacks[first + lane] = there ? 0 : projector.Slack(lane);
            var row = ends.Row(first + lane);
            for (var d = 0; d < row.Length; d++) row[d] = u[d][lane];
        }
    }

    private sealed class Scratch
    {
        public Scratch(StandardSet set)
        {
            var arena = new Arena(checked(set.Dimension * (DoubleBlock.FloatsPerRow + 2 * Block.Lanes)));
            (Position, Uniform, Normal) = (arena.DoubleRows(set.Dimension), arena.Rows(set.Dimension), arena.Rows(set.Dimension));
            NoCondition = arena.DoubleRows(0);
            Projector = new BlockProjector(set.Closed, set.ClosedStandard, new ProjectorOptions());
        }

        public DoubleBlock Position { get; }

        public Block Uniform { get; }

        public Block Normal { get; }

        public DoubleBlock NoCondition { get; }

        public BlockProjector Projector { get; }
    }
}
