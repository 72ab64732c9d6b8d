using Locus.Engine.Blocks;
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
    private const int Charts = 8192, RoundDraws = 4 * Charts;
    private const int FirstCharts = 4096;
    private const int Neighbors = 24;
    private const int Rounds = 6;

    // Share of the draws that are to reach the set, and how often their radius is halved for it.
    private const double SmallestShare = 0.25;
    private const int MostHalvings = 12;

    // Growth in one round, in radii, that tells a set without end: along a line it is nearly 1.
    private const double Growth = 0.5;

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
        if (search.Found.Count == 0) throw new TrainingException(NothingFound(search));
        if (Set.Standard.Residuals.Normals.Outputs == 0 && Reject(search, count, observer) is { } exact) return exact;
        return Chart(search, count, observer);
    }

    private Exploration? Reject(SearchResult search, int count, Action<string, double> observer)
    {
        observer("drawing from its box", 0.2);
        var rejection = new Rejection(Set, key.Fold("rejection"), team.Threads, cancellation);
        var most = (long)(MostOperations / (Set.Standard.Slack.OperationCount + 4.0 * Set.Dimension));
        if (rejection.Run(team, search.Found, count, most) is { } points)
            return new Exploration(points, ExplorationMethod.Rejection, search, (double)rejection.Kept / rejection.Drawn, 1);
        return rejection.Endless.Count == 0 ? null : throw new TrainingException(NoEnd(rejection.Endless));
    }

    private Exploration Chart(SearchResult search, int count, Action<string, double> observer)
    {
        var sampler = new AtlasSampler(Set, team.Threads, cancellation);
        var charts = FirstAtlas(search.Found);
        List<AtlasDraw> draws = [];
        for (var round = 0; round <= Rounds; round++)
        {
            observer("spreading over it", 0.2 + 0.8 * round / (Rounds + 1));
            if (round > 0) charts = [.. Resampled(draws, Charts, key.Fold("charts").Fold((ulong)round - 1)).Distinct().Select(i => draws[i].Chart)];
            var before = draws;
            var radius = Atlas.RadiusFor(team, charts, Neighbors);
            draws = Spread(sampler, charts, radius, key.Fold("atlas").Fold((ulong)round), round < Rounds ? RoundDraws : 2 * count);
            // Of two rounds with as many draws.
            if (round == Rounds - 1 && Frontier(before, draws, radius) is { Count: > 0 } open) throw new TrainingException(NoEnd(open));
        }
        var points = new Points(count, Set.Dimension);
        var chosen = Resampled(draws, count, key.Fold("pool"));
        for (var i = 0; i < count; i++) draws[chosen[i]].Chart.Center.CopyTo(points.Row(i));
        var (sum, squares) = (draws.Sum(draw => draw.Weight), draws.Sum(draw => draw.Weight * draw.Weight));
        return new Exploration(points, ExplorationMethod.Atlas, search, sampler.Share, sum * sum / squares / draws.Count);
    }

    /// <summary>
    /// Draws from charts with the radius at which neighbours overlap, or a smaller one where too few draws reach the set: one that bends within the radius, as
    /// sets of many dimensions do, on which points are far from each other.
    /// </summary>
    private List<AtlasDraw> Spread(AtlasSampler sampler, IReadOnlyList<Chart> charts, double radius, Key key, int count)
    {
        var wanted = count / Block.Lanes * Block.Lanes;
        for (var halving = 0; halving < MostHalvings; halving++, radius /= 2)
        {
            var draws = sampler.Run(team, new Atlas(charts, radius), key, wanted);
            if (sampler.Share >= SmallestShare) return draws;
        }
        throw new TrainingException($"points of '{Set.Problem.Name}' were found, but of {wanted} draws around them hardly any lie on the set: it has too many folds or edges. The recipe paper does without such draws (--recipe paper).");
    }

    /// <summary>
    /// Coordinates without a bound in which draws lie beyond those of the round before, when together they do so by half a radius: there the set goes on. A set that
    /// is covered to its ends grows by chance alone.
    /// </summary>
    private List<int> Frontier(List<AtlasDraw> before, List<AtlasDraw> draws, double radius)
    {
        var beyond = new double[Set.Dimension];
        for (var d = 0; d < beyond.Length; d++)
        {
            if (double.IsInfinity(Set.Lower[d])) beyond[d] = before.Min(draw => draw.Chart.Center[d]) - draws.Min(draw => draw.Chart.Center[d]);
            if (double.IsInfinity(Set.Upper[d])) beyond[d] = Math.Max(beyond[d], draws.Max(draw => draw.Chart.Center[d]) - before.Max(draw => draw.Chart.Center[d]));
            beyond[d] = Math.Max(0, beyond[d]);
        }
        return Math.Sqrt(Frame.Dot(beyond, beyond)) > Growth * radius ? [.. Enumerable.Range(0, beyond.Length).Where(d => beyond[d] >= beyond.Max() / 2)] : [];
    }

    private string NothingFound(SearchResult search) =>
        $"no point of '{Set.Problem.Name}' was found: the search began at {search.Starts} points, and "
        + (double.IsNaN(search.SmallestSlack) ? "wherever it came its constraints are not numbers" : FormattableString.Invariant($"the smallest slack it came to is {search.SmallestSlack:G3}"))
        + ". Let 'locus check' look for the constraint that blocks.";

    private string NoEnd(IReadOnlyList<int> coordinates)
    {
        const int most = 4;
        var names = string.Join(", ", coordinates.Take(most).Select(d => Set.Problem.Variables[d].Name)) + (coordinates.Count > most ? ", ..." : "");
        return $"no end of '{Set.Problem.Name}' was found in {names}: the set goes on as far as points of it were drawn, and on a set without end none are uniform. Give a box to {(coordinates.Count == 1 ? "it" : "them")}.";
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
