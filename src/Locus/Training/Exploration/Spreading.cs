using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;

namespace Locus.Training;

/// <summary>
/// Spreads charts over a thin set from the points that a search found, however unevenly: each round draws from the charts and makes charts of the draws, in proportion to their
/// weights, so that they become uniform and reach farther with every round. From the last ones the pool is drawn.
/// </summary>
/// <param name="set">The set.</param>
/// <param name="key">Randomness.</param>
/// <param name="team">Workers.</param>
internal sealed class Spreading(JointSet set, Key key, Team team)
{
    private const int Charts = 8192;
    private const int MostFirst = 4096;
    private const int Neighbors = 24;
    private const int MostWaves = 16;

    // Rounds go on while what the charts reach, how far, or how evenly, still gains a fiftieth.
    private const int Rounds = 4, MostRounds = 40;
    private const double Gain = 0.02;

    // A set that reaches so much farther than the points that were found, in units of its coordinates, has no end.
    private const double MostGrowth = 1e6;

    // Points nearer than this are one.
    private const double Same = 1e-6;
    private readonly AtlasSampler sampler = new(set, team.Threads);

    /// <summary>Draws the pool.</summary>
    /// <param name="search">What was found, at least one point.</param>
    /// <param name="count">Points wanted.</param>
    /// <param name="observer">Told what is being done.</param>
    /// <param name="cancellation">Ends the exploration early.</param>
    /// <returns>The pool; null after a cancellation.</returns>
    /// <exception cref="TrainingException">Hardly any draw hits the set, or it has no end.</exception>
    public Exploration? Run(SearchResult search, int count, Action<string, double> observer, CancellationToken cancellation)
    {
        var charts = FirstCharts(search.Found);
        var farthest = MostGrowth * Math.Max(1, Extent(charts));
        (double Size, double Extent, double Even) last = default;
        for (var round = 0; round < MostRounds && Extent(charts) < farthest; round++)
        {
            if (cancellation.IsCancellationRequested) return null;
            observer("spreading over it", 0.2 + 0.8 * Math.Min(round, Rounds) / (Rounds + 1));
            var atlas = new Atlas(charts, ChartRadii.WithScouts(ChartRadii.Of(charts, Neighbors, team.Threads)));
            var (draws, tried) = Drawn(atlas, key.Fold("atlas").Fold((ulong)round), 4 * Charts, 2 * Charts);
            // Parts are told apart once they are covered.
            var weights = Weights(draws, atlas, parts: round >= Rounds / 2);
            charts = Merged([.. Resampled(weights, Charts, key.Fold("charts").Fold((ulong)round)).Select(i => draws[i].Chart)]);
            var (before, size) = (last, atlas.Charts.Count * draws.Sum(draw => draw.Weight) / tried);
            last = (size, Extent(charts), EffectiveShare(weights));
            var grows = last.Size > (1 + Gain) * before.Size || last.Extent > (1 + Gain) * before.Extent || last.Even > Gain + before.Even;
            if (round + 1 < Rounds || grows) continue;
            return cancellation.IsCancellationRequested ? null : Pool(search, count, new Atlas(charts, ChartRadii.Of(charts, Neighbors, team.Threads)));
        }
        throw new TrainingException($"'{set.Problem.Name}' seems to go on without end: ever more points of it are found farther out. Give its variables a box.");
    }

    private Exploration Pool(SearchResult search, int count, Atlas atlas)
    {
        var (draws, tried) = Drawn(atlas, key.Fold("last"), 2 * count, count);
        var weights = Weights(draws, atlas, parts: true);
        var chosen = Resampled(weights, count, key.Fold("pool"));
        var points = new Points(count, set.Dimension);
        for (var i = 0; i < count; i++) draws[chosen[i]].Chart.Center.CopyTo(points.Row(i));
        return new Exploration(points, ExplorationMethod.Atlas, search, (double)draws.Count / tried, EffectiveShare(weights));
    }

    /// <summary>Draws from an atlas in waves, until there are enough or it is plain that there will not be.</summary>
    private (List<AtlasDraw> Draws, long Tried) Drawn(Atlas atlas, Key drawKey, int wave, int enough)
    {
        wave = (wave + Block.Lanes - 1) / Block.Lanes * Block.Lanes;
        List<AtlasDraw> draws = [];
        var tried = 0L;
        for (var i = 0; i < MostWaves && draws.Count < enough; i++, tried += wave) draws.AddRange(sampler.Run(team, atlas, drawKey.Fold((ulong)i), wave));
        return draws.Count >= enough / MostWaves ? (draws, tried) : throw new TrainingException(
            $"'{set.Problem.Name}' is too thin to be explored: of {tried} points drawn next to points of the set, {draws.Count} are on it. If inequalities leave it a thin layer, write an equality in their place, or widen it.");
    }

    private double[] Weights(List<AtlasDraw> draws, Atlas atlas, bool parts) =>
        parts && set.Problem.Measure == Measure.Component ? ConnectedParts.Balanced(draws, atlas.Charts.Count) : [.. draws.Select(draw => draw.Weight)];

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

    /// <summary>Charts without a direction to go are points, and each point counts once.</summary>
    private static List<Chart> Merged(List<Chart> charts)
    {
        List<Chart> points = [];
        foreach (var chart in charts.Where(chart => chart.Dimension == 0))
            if (!points.Exists(point => point.Center.Zip(chart.Center, (a, b) => Math.Abs(a - b)).Max() < Same)) points.Add(chart);
        return points.Count == 0 ? charts : [.. charts.Where(chart => chart.Dimension > 0), .. points];
    }

    /// <summary>The longest side of the box around charts.</summary>
    private double Extent(List<Chart> charts) =>
        Enumerable.Range(0, set.Dimension).Max(d => charts.Max(chart => chart.Center[d]) - charts.Min(chart => chart.Center[d]));

    /// <summary>Numbers in proportion to their weights, by one uniform number (systematic resampling; Kitagawa 1996).</summary>
    private static int[] Resampled(double[] weights, int count, Key key)
    {
        var total = weights.Sum();
        var chosen = new int[count];
        var (offset, sum, i) = (Draws.Uniform(key, 0, 0), weights[0], 0);
        for (var n = 0; n < count; n++)
        {
            var place = (n + offset) / count * total;
            while (sum < place && i < weights.Length - 1) sum += weights[++i];
            chosen[n] = i;
        }
        return chosen;
    }

    /// <summary>The effective sample size of weights, as a share (Kish 1965).</summary>
    private static double EffectiveShare(double[] weights)
    {
        var (sum, squares) = (weights.Sum(), weights.Sum(weight => weight * weight));
        return sum * sum / squares / weights.Length;
    }
}
