using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Training;

/// <summary>
/// Spreads charts over a thin set from the points that a search found, however unevenly: each round draws from the charts and makes charts of the draws, in proportion to their
/// weights, so that they become uniform and reach farther with every round. From the last ones the pool is drawn.
/// </summary>
/// <param name="set">The set.</param>
/// <param name="key">Randomness.</param>
/// <param name="team">Workers.</param>
/// <param name="cancellation">Ends the exploration early.</param>
internal sealed class Spreading(StandardSet set, Key key, Team team, CancellationToken cancellation)
{
    private const int Charts = 8192;
    private const int MostFirst = 4096;
    private const int Neighbors = 24;
    // Draws by which parts are told apart.
    private const int MostJoined = 4096;

    // Rounds go on while what the charts reach, how far, or how evenly, still gains a fiftieth.
    private const int Rounds = 4, MostRounds = 24;
    private const double Gain = 0.02, Farther = 0.5;

    // A set that reaches so much farther than the points that were found, in units of its coordinates, has no end.
    private const double MostGrowth = 1e6;

    // Points nearer than this are one.
    private const double Same = 1e-6;
    // What a share of the draws may be before the charts count as no picture of the set, at any time and in the end. Thin sets of the gallery leave 0.89 or more of the draws, as much
    // of them in effect, and none lonely. With radii halved until enough draws hit, balls of 8 dimensions left 0.13 in effect and 0.68 lonely, and a pool that was wrong by 3 floors.
    private const double SmallestShare = 0.1, PlainShare = 0.5, MostLonely = 0.05;
    private readonly AtlasSampler sampler = new(set, team.Threads, cancellation);

    /// <summary>Draws the pool.</summary>
    /// <param name="found">Points of the set [N, E], at least one.</param>
    /// <param name="count">Points wanted.</param>
    /// <param name="observer">Told what is being done.</param>
    /// <returns>The pool; null where charts do not fit the set.</returns>
    /// <exception cref="TrainingException">The set has no end.</exception>
    /// <exception cref="OperationCanceledException">After a cancellation.</exception>
    public Pool? Run(Points found, int count, Action<string, double> observer)
    {
        var charts = FirstCharts(found);
        var farthest = MostGrowth * Math.Max(1, Extents(charts).Max());
        var twin = found;
        int[] endless = [];
        (double Size, double Extent, double Even) last = default;
        for (var round = 0; round < MostRounds && Extents(charts).Max() < farthest; round++)
        {
            observer("spreading over it", 0.2 + 0.8 * Math.Min(round, Rounds) / (Rounds + 1));
            var radii = ChartRadii.Of(charts, Neighbors, team.Threads);
            if (Drawn(new Atlas(charts, ChartRadii.WithScouts(radii)), key.Fold("atlas").Fold((ulong)round), 4 * Charts) is not { } draws) return null;
            var weights = Weights(draws, early: round + 1 < Rounds);
            var size = charts.Count * draws.Sum(draw => draw.Weight);
            endless = Endless(charts, draws, radii);
            charts = [.. Resampling.ByWeight(weights, Charts, key.Fold("charts").Fold((ulong)round)).Select(i => draws[i].Chart)];
            twin = Centers(charts);
            charts = Merged(charts);
            var before = last;
            last = (size, Extents(charts).Max(), EffectiveShare(weights));
            var farther = last.Extent > (1 + Gain) * before.Extent || endless.Length > 0;
            if (round + 1 < Rounds || farther) continue;
            if (last.Even < PlainShare && Lonely(draws, weights) > PlainShare) return null;
            if (last.Size <= (1 + Gain) * before.Size && last.Even <= Gain + before.Even) break;
        }
        if (endless.Length > 0) throw Obstacles.NoEnd(set, endless);
        return Last(charts, twin, count);
    }

    /// <summary>
    /// Coordinates without a bound in which draws lie beyond all charts, when together they do so by half a radius: there the set goes on. A set that is covered to its ends
    /// grows by chance alone.
    /// </summary>
    private int[] Endless(List<Chart> charts, List<AtlasDraw> draws, double[] radii)
    {
        var beyond = new double[set.Dimension];
        for (var d = 0; d < beyond.Length; d++)
        {
            if (double.IsInfinity(set.Lower[d])) beyond[d] = charts.Min(chart => chart.Center[d]) - draws.Min(draw => draw.Chart.Center[d]);
            if (double.IsInfinity(set.Upper[d])) beyond[d] = Math.Max(beyond[d], draws.Max(draw => draw.Chart.Center[d]) - charts.Max(chart => chart.Center[d]));
            beyond[d] = Math.Max(0, beyond[d]);
        }
        var median = radii.Order().ElementAt(radii.Length / 2);
        return Math.Sqrt(Frame.Dot(beyond, beyond)) > Farther * median ? [.. Enumerable.Range(0, beyond.Length).Where(d => beyond[d] >= beyond.Max() / 2)] : [];
    }

    private Pool? Last(List<Chart> charts, Points twin, int count)
    {
        var tried = 2 * Blocks(count);
        if (Drawn(new Atlas(charts, ChartRadii.Of(charts, Neighbors, team.Threads)), key.Fold("last"), tried) is not { } draws) return null;
        var weights = Weights(draws, early: false);
        var (share, effective) = ((double)draws.Count / tried, EffectiveShare(weights));
        if (share < PlainShare || effective < PlainShare || Lonely(draws, weights) > MostLonely) return null;
        var chosen = Resampling.ByWeight(weights, count, key.Fold("pool"));
        return new Pool(Centers(draws.Select(draw => draw.Chart)).Pick(chosen), ExplorationMethod.Atlas, share, effective * draws.Count) { Twin = twin };
    }

    private static int Blocks(int count) => (count + Block.Lanes - 1) / Block.Lanes * Block.Lanes;

    private List<AtlasDraw>? Drawn(Atlas atlas, Key drawKey, int tried)
    {
        var draws = sampler.Run(team, atlas, drawKey, tried);
        return draws.Count >= SmallestShare * tried ? draws : null;
    }

    // The share, by weight, of draws that no chart reaches but their own: next to them charts are missing.
    private static double Lonely(List<AtlasDraw> draws, double[] weights) => weights.Where((_, i) => draws[i].Reached.Length == 1).Sum() / weights.Sum();

    /// <summary>
    /// Weights by the measure wanted, of sum 1. Early ones are half those, half alike for each part, however little of it is covered: a part that the search met in few places
    /// would be lost before it is.
    /// </summary>
    private double[] Weights(List<AtlasDraw> draws, bool early)
    {
        var total = draws.Sum(draw => draw.Weight);
        double[] weights = [.. draws.Select(draw => draw.Weight / total)];
        var byComponent = set.Problem.Measure == Measure.Component;
        if (!early && !byComponent) return weights;
        var points = Centers(draws.Select(draw => draw.Chart));
        // Of all parts that draws lie in, however little they weigh.
        var components = Components.Of(set, points.Thinned(MostJoined), team, closed: true);
        var labels = components.Of(points);
        var sums = new double[components.Sizes.Count];
        for (var i = 0; i < weights.Length; i++) sums[labels[i]] += weights[i];
        double[] alike = [.. weights.Select((weight, i) => weight / sums[labels[i]] / sums.Length)];
        return early ? [.. weights.Zip(alike, (one, other) => (one + other) / 2)] : alike;
    }

    /// <summary>Charts at the points found, or at some of them.</summary>
    private List<Chart> FirstCharts(Points found)
    {
        var order = new int[found.Count];
        Draws.Permutation(key.Fold("first charts"), order);
        var maker = new ChartMaker(set);
        var u = new Arena(set.Dimension * DoubleBlock.FloatsPerRow).DoubleRows(set.Dimension);
        var count = Math.Min(MostFirst, found.Count);
        var charts = new List<Chart>(count);
        for (var first = 0; first < count; first += Block.Lanes)
        {
            var lanes = Math.Min(Block.Lanes, count - first);
            for (var lane = 0; lane < Block.Lanes; lane++)
                for (var d = 0; d < u.Rows; d++) u[d][lane] = found[order[first + Math.Min(lane, lanes - 1)]][d];
            maker.Load(u);
            for (var lane = 0; lane < lanes; lane++) charts.Add(maker.Make(u, lane));
        }
        return Merged(charts);
    }

    private Points Centers(IEnumerable<Chart> charts) => new([.. charts.SelectMany(chart => chart.Center)], set.Dimension);

    /// <summary>Charts without a direction to go are points, and each point counts once.</summary>
    private static List<Chart> Merged(List<Chart> charts)
    {
        List<Chart> points = [];
        foreach (var chart in charts.Where(chart => chart.Dimension == 0))
            if (!points.Exists(point => point.Center.Zip(chart.Center, (a, b) => Math.Abs(a - b)).Max() < Same)) points.Add(chart);
        return points.Count == 0 ? charts : [.. charts.Where(chart => chart.Dimension > 0), .. points];
    }

    /// <summary>The sides of the box around charts.</summary>
    private double[] Extents(List<Chart> charts) =>
        [.. Enumerable.Range(0, set.Dimension).Select(d => charts.Max(chart => chart.Center[d]) - charts.Min(chart => chart.Center[d]))];

    /// <summary>The effective sample size of weights, as a share (Kish 1965).</summary>
    private static double EffectiveShare(double[] weights)
    {
        var (sum, squares) = (weights.Sum(), weights.Sum(weight => weight * weight));
        return sum * sum / squares / weights.Length;
    }
}
