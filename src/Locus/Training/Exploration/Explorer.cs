using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Training;

/// <summary>
/// Fills a pool with points that are uniform on a set nobody has drawn from before: a search finds the set, then rejection, charts where the set is thin, or walks where charts do not fit it, draw from it. Where the problem has an energy
/// they are then led to its law.
/// The result depends on problem, size and key alone.
/// </summary>
internal sealed class Explorer
{
    private const int Starts = 8192;

    // Operations spent on rejection before the set counts as thin: a second or two.
    private const double MostOperations = 2e10;

    // A spread is made again, so many times at most, where it shows one coordinate to be so much longer than another.
    private const int MostTurns = 2;
    private const double Stretch = 8;

    private readonly Problem problem;
    private readonly Key key;
    private readonly Team team;
    private readonly CancellationToken cancellation;

    /// <summary>An explorer of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="key">All its randomness.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends an exploration early.</param>
    public Explorer(Problem problem, Key key, Team team, CancellationToken cancellation)
    {
        Set = StandardSet.Pairs(problem);
        (this.problem, this.key, this.team, this.cancellation) = (problem, key, team, cancellation);
    }

    /// <summary>The pairs that are explored; after a run in the coordinates in which its pool is.</summary>
    public StandardSet Set { get; private set; }

    /// <summary>Draws the pool.</summary>
    /// <param name="count">Points wanted.</param>
    /// <param name="observer">Told what is being done.</param>
    /// <param name="news">Points of the set that are known beforehand, in the coordinates of <see cref="StandardSet.Pairs"/>; null for none.</param>
    /// <exception cref="TrainingException">No point of the set was found, or no end of it.</exception>
    /// <exception cref="OperationCanceledException">After a cancellation.</exception>
    public Pool Run(int count, Action<string, double> observer, Points? news = null)
    {
        observer("searching the set", 0);
        var search = new Search(Set, key.Fold("search"), team.Threads, cancellation).Run(team, Starts);
        if (search.Found.Count == 0 && news is null) throw Obstacles.NothingFound(Set, search);
        var first = Set;
        var start = news is null ? search.Found : new Points([.. search.Found.Values, .. news.Values], Set.Dimension);
        var found = start;
        var pool = Reject(found, count, observer) ?? Spread(ref found, count, observer) ?? new WalkExplorer(Set, found, key.Fold("walks"), team, cancellation).Run(count, observer);
        if (problem.Energy is not null) pool = new Tilting(problem, Set, pool, key.Fold("tilting"), team, cancellation).Run(observer);
        return pool with { Found = Set.Convert(start, first) };
    }

    /// <summary>Spreads charts, and does so again where they come so far from what was found first that coordinates chosen for that do not fit the set.</summary>
    private Pool? Spread(ref Points found, int count, Action<string, double> observer)
    {
        // A box says how long coordinates are.
        var hasBox = Set.Lower.All(double.IsFinite) && Set.Upper.All(double.IsFinite);
        for (var turn = 0ul; ; turn++)
        {
            if (new Spreading(Set, key.Fold("spreading").Fold(turn), team, cancellation).Run(found, count, observer) is not { } pool) return null;
            var (before, after) = (Set, Set.Rescaled(pool.Points));
            var stretch = Enumerable.Range(0, Set.Dimension).Select(d => after.Standard.Scale[d] / before.Standard.Scale[d]).ToArray();
            if (hasBox || turn == MostTurns || stretch.Max() < Stretch * stretch.Min()) return pool;
            (Set, found) = (after, after.Convert(pool.Points, before));
        }
    }

    private Pool? Reject(Points found, int count, Action<string, double> observer)
    {
        // Draws from a box give small parts of the set few points, whatever their share is to be.
        if (Set.Standard.Residuals.Normals.Outputs > 0 || Set.Problem.Measure == Measure.Component) return null;
        observer("drawing from its box", 0.2);
        var rejection = new Rejection(Set, key.Fold("rejection"), team.Threads, cancellation);
        var most = (long)(MostOperations / (Set.Standard.Slack.OperationCount + 4.0 * Set.Dimension));
        if (rejection.Run(team, found, count, most) is { } points) return new Pool(points, ExplorationMethod.Rejection, (double)rejection.Kept / rejection.Drawn, count);
        return rejection.Endless.Count == 0 ? null : throw Obstacles.NoEnd(Set, rejection.Endless);
    }
}
