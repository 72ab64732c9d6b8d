using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Training;

/// <summary>How the points of an exploration were drawn.</summary>
internal enum ExplorationMethod
{
    /// <summary>Uniformly in a box around the set, those outside left out: exact.</summary>
    Rejection,

    /// <summary>From charts on the set, weighed: exact on what the charts reach.</summary>
    Atlas,
}

/// <summary>What an exploration gives to training.</summary>
/// <param name="Points">Points of the set in u, uniform by the problem's measure, [N, E].</param>
/// <param name="Method">How they were drawn.</param>
/// <param name="Search">How the set was found.</param>
/// <param name="Share">Share of the draws that hit the set.</param>
/// <param name="EffectiveShare">Effective sample size of the draws before they became equally likely, as a share; 1 for rejection.</param>
internal sealed record Exploration(Points Points, ExplorationMethod Method, SearchResult Search, double Share, double EffectiveShare);

/// <summary>
/// Fills a pool with points that are uniform on a set nobody has drawn from before: a search finds the set, then rejection, or charts where the set is thin, draw from it.
/// The result depends on problem, size and key alone.
/// </summary>
internal sealed class Explorer
{
    private const int Starts = 8192;

    // Operations spent on rejection before the set counts as thin: a second or two.
    private const double MostOperations = 2e10;

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
        (this.key, this.team, this.cancellation) = (key, team, cancellation);
    }

    /// <summary>The pairs that are explored.</summary>
    public StandardSet Set { get; }

    /// <summary>Draws the pool.</summary>
    /// <param name="count">Points wanted.</param>
    /// <param name="observer">Told what is being done.</param>
    /// <exception cref="TrainingException">No point of the set was found, or no end of it.</exception>
    /// <exception cref="OperationCanceledException">After a cancellation.</exception>
    public Exploration Run(int count, Action<string, double> observer)
    {
        observer("searching the set", 0);
        var search = new Search(Set, key.Fold("search"), team.Threads, cancellation).Run(team, Starts);
        if (search.Found.Count == 0) throw Obstacles.NothingFound(Set, search);
        // Draws from a box give small parts of the set few points, whatever their share is to be.
        var solid = Set.Standard.Residuals.Normals.Outputs == 0 && Set.Problem.Measure != Measure.Component;
        if (solid && Reject(search, count, observer) is { } exact) return exact;
        var (points, share, effective) = new Spreading(Set, key, team, cancellation).Run(search.Found, count, observer);
        return new Exploration(points, ExplorationMethod.Atlas, search, share, effective);
    }

    private Exploration? Reject(SearchResult search, int count, Action<string, double> observer)
    {
        observer("drawing from its box", 0.2);
        var rejection = new Rejection(Set, key.Fold("rejection"), team.Threads, cancellation);
        var most = (long)(MostOperations / (Set.Standard.Slack.OperationCount + 4.0 * Set.Dimension));
        if (rejection.Run(team, search.Found, count, most) is { } points)
            return new Exploration(points, ExplorationMethod.Rejection, search, (double)rejection.Kept / rejection.Drawn, 1);
        return rejection.Endless.Count == 0 ? null : throw Obstacles.NoEnd(Set, rejection.Endless);
    }
}
