using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Training;

/// <summary>Looks at a pool once it is drawn: its components and their shares, whether its law has settled, how dense it is.</summary>
internal sealed class PoolReview
{
    // Points by which components are told apart, and by which their shares are counted.
    private const int MostJoined = 4096, MostCounted = 16384;

    // Points whose neighbours, and whose directions, are looked at.
    private const int Looked = 256;

    // Standard errors by which two estimates of a share may differ.
    private const double MostApart = 5;
    private readonly StandardSet set;
    private readonly Pool pool;
    private readonly Points points;
    private readonly Points found;
    private readonly Team team;

    private PoolReview(StandardSet from, Pool pool, Team team)
    {
        (this.pool, this.team, set) = (pool, team, from.Rescaled(pool.Points));
        (points, this.found) = (set.Convert(pool.Points, from), set.Convert(pool.Found, from));
    }

    /// <summary>Looks at a pool.</summary>
    /// <param name="from">The coordinates of all points.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="team">Workers.</param>
    public static ExplorationFacts Of(StandardSet from, Pool pool, Key key, Team team)
    {
        var review = new PoolReview(from, pool, team);
        return review.Facts(pool.Twin is { } twin ? review.set.Convert(twin, from) : null, key);
    }

    private ExplorationFacts Facts(Points? twin, Key key)
    {
        var components = Components.Of(set, points.Thinned(MostJoined), team, closed: true);
        var count = components.Sizes.Count;
        var shares = Shares(components, points);
        var starts = Counts(components, found);
        var independent = Math.Min(Math.Min(points.Count, MostCounted), pool.EffectiveSize);
        double[] errors = [.. shares.Select(share => Math.Sqrt(share * (1 - share) / independent + (count > 1 ? pool.ShareError * pool.ShareError : 0)))];
        var settled = pool.Settled && (twin is null || (Forgetting.Alike(points, twin, key) && Agree(shares, errors, Shares(components, twin))));
        int[] order = [.. Enumerable.Range(0, count).OrderByDescending(part => shares[part]).ThenBy(part => part).Take(ExplorationFacts.MostTold)];
        return new ExplorationFacts(
            pool.Method, points.Count, Dimension(), pool.Share, pool.EffectiveSize, NeighborShare(key.Fold("neighbors")), settled, found.Count, count,
            [.. order.Select(part => shares[part])], [.. order.Select(part => errors[part])], [.. order.Select(part => starts[part])]) { Rises = pool.Rises };
    }

    private static bool Agree(double[] shares, double[] errors, double[] others)
    {
        for (var part = 0; part < shares.Length; part++)
            if (Math.Abs(shares[part] - others[part]) > MostApart * Math.Sqrt(2) * errors[part] + 1e-3) return false;
        return true;
    }

    private static double[] Shares(Components components, Points points)
    {
        var counts = Counts(components, points.Thinned(MostCounted));
        return [.. counts.Select(count => (double)count / Math.Min(points.Count, MostCounted))];
    }

    private static int[] Counts(Components components, Points points)
    {
        var counts = new int[components.Sizes.Count];
        foreach (var label in components.Of(points)) counts[label]++;
        return counts;
    }

    // K where half of the points have as many directions or fewer.
    private int Dimension()
    {
        var maker = new ChartMaker(set);
        var u = new Arena(set.Dimension * DoubleBlock.FloatsPerRow).DoubleRows(set.Dimension);
        List<int> dimensions = [];
        for (var first = 0; first < Math.Min(Looked, points.Count); first += Block.Lanes)
        {
            for (var lane = 0; lane < Block.Lanes; lane++)
                for (var d = 0; d < u.Rows; d++) u[d][lane] = points[Spread(first + lane)][d];
            maker.Load(u);
            for (var lane = 0; lane < Block.Lanes; lane++) dimensions.Add(maker.Make(u, lane).Dimension);
        }
        dimensions.Sort();
        return dimensions[dimensions.Count / 2];
    }

    private double NeighborShare(Key key)
    {
        var index = new PointIndex(points);
        var (nearest, random) = (0.0, 0.0);
        Span<int> number = [0];
        Span<float> square = [0];
        Span<double> difference = stackalloc double[points.Dimension];
        for (var i = 0; i < Looked; i++)
        {
            var own = points[Spread(i)];
            var other = points[Draws.Below(key, (ulong)i, 0, points.Count)];
            index.Nearest(own, 0, Spread(i), number, square);
            if (number[0] >= 0) nearest += Math.Sqrt(square[0]);
            for (var d = 0; d < difference.Length; d++) difference[d] = own[d] - other[d];
            random += Math.Sqrt(Frame.Dot(difference, difference));
        }
        return random > 0 ? nearest / random : 0;
    }

    private int Spread(int i) => (int)((long)(i % Looked) * points.Count / Looked);
}
