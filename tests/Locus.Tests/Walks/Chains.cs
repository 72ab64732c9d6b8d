using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Tests.Walks;

/// <summary>Runs chains, and tests the law of where they end: chains are independent of each other.</summary>
internal static class Chains
{
    /// <summary>P(sqrt(n) D > 2) = 2 exp(-8) = 7e-4 (Kolmogorov).</summary>
    public const double Threshold = 2;

    /// <summary>The pairs of a problem, in the coordinates of walks.</summary>
    public static StandardSet Set(Problem problem) => StandardSet.Pairs(problem);

    /// <summary>Chains that start at points in the user's units and make some steps, the first ones of which adapt their sizes.</summary>
    /// <returns>Where they end, [N, E] in the user's units.</returns>
    public static Points Run(Problem problem, Points starts, int steps, int adapting = 0, long seed = 1)
    {
        var set = Set(problem);
        using var team = new Team(2);
        var walk = new Walk(set, Standard(set, starts), null, Key.Seed(seed), team.Threads, octaves: 2);
        walk.Run(team, adapting, adapts: true);
        walk.Run(team, steps, adapts: false);
        return User(set, walk.Points);
    }

    /// <summary>N times the same point.</summary>
    public static Points Repeated(int count, params double[] point) => new([.. Enumerable.Repeat(point, count).SelectMany(x => x)], point.Length);

    /// <summary>Points made one by one from uniform numbers in [0, 1).</summary>
    public static Points Made(int count, int dimension, Action<Func<uint, double>, Span<double>> make)
    {
        var points = new Points(count, dimension);
        for (var i = 0; i < count; i++)
        {
            var index = (ulong)i;
            make(draw => Draws.Uniform(Key.Seed(8), index, draw), points.Row(i));
        }
        return points;
    }

    public static Points Standard(StandardSet set, Points x) => Mapped(x, (value, d) => (value - set.Standard.Center[d]) / set.Standard.Scale[d]);

    public static Points User(StandardSet set, Points u) => Mapped(u, (value, d) => set.Standard.Center[d] + set.Standard.Scale[d] * value);

    /// <summary>sqrt(n) times the largest distance between the law of a quantity and the uniform law on [0, 1]; NaN leaves a point out.</summary>
    public static double Deviation(Points points, Func<double[], double> uniform)
    {
        double[] values = [.. Enumerable.Range(0, points.Count).Select(i => uniform(points[i].ToArray())).Where(value => !double.IsNaN(value)).Order()];
        var largest = 0.0;
        for (var i = 0; i < values.Length; i++)
            largest = Math.Max(largest, Math.Max(values[i] - (double)i / values.Length, (i + 1.0) / values.Length - values[i]));
        return Math.Sqrt(values.Length) * largest;
    }

    /// <summary>Asserts that a quantity is uniform on [0, 1].</summary>
    public static void AssertUniform(Points points, Func<double[], double> uniform) => Assert.InRange(Deviation(points, uniform), 0, Threshold);

    /// <summary>The angle of (x, y) in turns, 0 to 1.</summary>
    public static double Turn(double y, double x) => Math.Atan2(y, x) / (2 * Math.PI) + 0.5;

    public static double Norm(params double[] x) => Math.Sqrt(x.Sum(value => value * value));

    private static Points Mapped(Points points, Func<double, int, double> map) =>
        new([.. points.Values.Select((value, i) => map(value, i % points.Dimension))], points.Dimension);
}
