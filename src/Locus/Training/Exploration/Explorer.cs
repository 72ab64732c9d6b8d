using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;

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
/// <param name="Share">Share of the draws that hit the Set.</param>
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
    private const int Charts = 8192;
    private const int FirstCharts = 4096;
    private const int Neighbors = 24;
    private const int Rounds = 6;

    private readonly Key key;
    private readonly Team team;

    /// <summary>An explorer of a problem.</summary>
    public Explorer(Problem problem, Key key, Team team)
    {
        Set = new JointSet(problem);
        (this.key, this.team) = (key, team);
    }

    /// <summary>The pairs that are explored.</summary>
    public JointSet Set { get; }

    /// <summary>Draws the pool.</summary>
    /// <param name="count">Points wanted.</param>
    /// <param name="observer">Told what is being done.</param>
    /// <param name="cancellation">Ends the exploration early.</param>
    /// <returns>The pool; null after a cancellation.</returns>
    /// <exception cref="TrainingException">No point of the set was found.</exception>
    public Exploration? Run(int count, Action<string, double> observer, CancellationToken cancellation)
    {
        observer("searching the set", 0);
        var search = new Search(Set, key.Fold("search"), team.Threads).Run(team, Starts);
        if (cancellation.IsCancellationRequested) return null;
        if (search.Found.Count == 0)
            throw new TrainingException($"no point of '{Set.Problem.Name}' was found from {search.Starts} starts; the smallest slack was {search.SmallestSlack:G3}. Let 'locus check' look for the constraint that blocks.");
        if (Set.Standard.Residuals.Normals.Outputs == 0 && Reject(search, count, observer) is { } exact) return exact;
        return Chart(search, count, observer, cancellation);
    }

    private Exploration? Reject(SearchResult search, int count, Action<string, double> observer)
    {
        observer("drawing from its box", 0.2);
        var rejection = new Rejection(Set, key.Fold("rejection"), team.Threads);
        var most = (long)(MostOperations / (Set.Standard.Slack.OperationCount + 4.0 * Set.Dimension));
        return rejection.Run(team, search.Found, count, most) is { } points
            ? new Exploration(points, ExplorationMethod.Rejection, search, (double)rejection.Kept / rejection.Drawn, 1)
            : null;
    }

    private Exploration? Chart(SearchResult search, int count, Action<string, double> observer, CancellationToken cancellation)
    {
        var sampler = new AtlasSampler(Set, team.Threads);
        var charts = FirstAtlas(search.Found);
        List<AtlasDraw> draws = [];
        for (var round = 0; ; round++)
        {
            if (cancellation.IsCancellationRequested) return null;
            observer("spreading over it", 0.2 + 0.8 * round / (Rounds + 1));
            var atlas = new Atlas(charts, Atlas.RadiusFor(charts, Neighbors));
            var wanted = round < Rounds ? 4 * Charts : 2 * count;
            draws = sampler.Run(team, atlas, key.Fold("atlas").Fold((ulong)round), wanted / Block.Lanes * Block.Lanes);
            if (round == Rounds) break;
            charts = [.. Resampled(draws, Charts, key.Fold("charts").Fold((ulong)round)).Distinct().Select(i => draws[i].Chart)];
        }
        var points = new Points(count, Set.Dimension);
        var chosen = Resampled(draws, count, key.Fold("pool"));
        for (var i = 0; i < count; i++) draws[chosen[i]].Chart.Center.CopyTo(points.Row(i));
        var (sum, squares) = (draws.Sum(draw => draw.Weight), draws.Sum(draw => draw.Weight * draw.Weight));
        return new Exploration(points, ExplorationMethod.Atlas, search, sampler.Share, sum * sum / squares / draws.Count);
    }

    /// <summary>Charts at the points found, or at some of them.</summary>
    private List<Chart> FirstAtlas(Points found)
    {
        var order = new int[found.Count];
        Draws.Permutation(key.Fold("first charts"), order);
        var maker = new ChartMaker(Set);
        var u = new Arena(Set.Dimension * DoubleBlock.FloatsPerRow).DoubleRows(Set.Dimension);
        var count = Math.Min(FirstCharts, found.Count);
        var charts = new List<Chart>(count);
        for (var first = 0; first < count; first += Block.Lanes)
        {
            var lanes = Math.Min(Block.Lanes, count - first);
            for (var lane = 0; lane < Block.Lanes; lane++)
                for (var d = 0; d < u.Rows; d++) u[d][lane] = found[order[first + Math.Min(lane, lanes - 1)]][d];
            maker.Load(u);
            for (var lane = 0; lane < lanes; lane++) charts.Add(maker.Make(u, lane));
        }
        return charts;
    }

    /// <summary>Draws in proportion to their weights, by one uniform number (systematic resampling; Kitagawa 1996).</summary>
    private static int[] Resampled(List<AtlasDraw> draws, int count, Key key)
    {
        var total = draws.Sum(draw => draw.Weight);
        var chosen = new int[count];
        var (offset, sum, i) = (Draws.Uniform(key, 0, 0), draws[0].Weight, 0);
        for (var n = 0; n < count; n++)
        {
            var place = (n + offset) / count * total;
            while (sum < place && i < draws.Count - 1) sum += draws[++i].Weight;
            chosen[n] = i;
        }
        return chosen;
    }
}
