using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Training;
using Locus.Walks;

namespace Locus.Tests.Training;

/// <summary>Explores sets, in the user's units.</summary>
internal static class ExploredSets
{
    public const int Count = 8192;

    /// <summary>The pool of a problem and its points in the user's units [N, D + C].</summary>
    public static (Pool Pool, Points Points) Of(Problem problem, int count = Count, int threads = 2, ulong seed = 1)
    {
        using var team = new Team(threads);
        var explorer = new Explorer(problem, Key.Seed((long)seed), team, CancellationToken.None);
        var pool = explorer.Run(count, (_, _) => { });
        var standard = explorer.Set.Standard;
        var points = new Points(pool.Points.Count, pool.Points.Dimension);
        for (var i = 0; i < points.Count; i++)
            for (var d = 0; d < points.Dimension; d++) points.Row(i)[d] = standard.Center[d] + standard.Scale[d] * pool.Points[i][d];
        return (pool, points);
    }

    /// <summary>What is to know about the pool of a problem.</summary>
    public static ExplorationFacts Facts(Problem problem) => Known(problem, 2, Count).Facts;

    /// <summary>A pool in u [N, D + C] and what is to know about it.</summary>
    public static (Points Points, ExplorationFacts Facts) Known(Problem problem, int threads, int count = 1024)
    {
        using var team = new Team(threads);
        var explorer = new Explorer(problem, Key.Seed(1), team, CancellationToken.None);
        var pool = explorer.Run(count, (_, _) => { });
        return (pool.Points, PoolReview.Of(explorer.Set, pool, Key.Seed(2), team));
    }

    /// <summary>Walks over a set for a moment.</summary>
    public static Pool Walked(Problem problem, double operations)
    {
        using var team = new Team(2);
        var set = StandardSet.Pairs(problem);
        var found = new Search(set, Key.Seed(3), 2, default).Run(team, 1024).Found;
        return new WalkExplorer(set, found, Key.Seed(4), team, default, operations).Run(1024, (_, _) => { });
    }

    /// <summary>
    /// Asserts a mean: within 5 standard errors of what is expected, of points of which an eighth counts as independent, which is what two looks at each chain and uneven weights may
    /// leave of them.
    /// </summary>
    public static void HasMean(Points points, Func<double[], double> of, double expected)
    {
        double[] values = [.. Enumerable.Range(0, points.Count).Select(i => of(points[i].ToArray()))];
        var mean = values.Average();
        var error = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) / (points.Count / 8.0));
        Assert.InRange(mean, expected - 5 * error - 1e-12, expected + 5 * error + 1e-12);
    }
}
