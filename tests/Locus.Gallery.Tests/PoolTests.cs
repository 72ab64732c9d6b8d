using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Training;
using Locus.Walks;

namespace Locus.Gallery.Tests;

/// <summary>The pools that training draws for itself are as good as exact samples, on every set of the gallery.</summary>
public sealed class PoolTests
{
    private const int Count = 16384, Compared = 4096, Parts = Count / Compared;

    public static TheoryData<string> Names => [.. Gallery.Sets.Select(entry => entry.Problem.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pool_is_uniform_and_what_is_said_of_it_holds(string name)
    {
        var (problem, truth) = (Gallery.Find(name)!.Problem, Gallery.Find(name)!.Truth!);
        using var team = new Team(2);
        var explorer = new Explorer(problem, Key.Seed(71), team, CancellationToken.None);

        var pool = explorer.Run(Count, (_, _) => { });
        var points = InUnits(pool.Points, explorer.Set);

        var floor = EnergyFloor.Of(truth, Key.Seed(72), Compared, threads: 2, pairs: 4);
        var distance = Enumerable.Range(0, Parts).Average(part => EnergyDistance.Of(Part(points, part), truth.Sample(Key.Seed(73).Fold((ulong)part), Compared), threads: 2));
        // Both are means of four distances: a single one of exact draws came to 1.76 floors where parts of the set lie far apart. A pool that missed a part came to 32 and more.
        Assert.InRange(distance / floor.Mean, 0, 1.6);
        var shares = ComponentShares.Of(points, truth);
        Assert.Equal(0, shares.Outside);
        // Weighted draws, a tenth of which is lost to uneven weights.
        for (var i = 0; i < shares.Shares.Count; i++) Assert.InRange(shares.Shares[i] - shares.TrueShares[i], -4.5 * shares.Errors[i] - 1e-12, 4.5 * shares.Errors[i] + 1e-12);

        var facts = PoolReview.Of(explorer.Set, pool, Key.Seed(74), team);
        // In a box of 20 dimensions any number of points is few.
        Assert.Equal(facts.Dimension == 20 ? ["pool-sparse"] : [], facts.Verdicts.Select(verdict => verdict.Name));
        // The disks meet in one point: how many are joined there is chance.
        if (name.StartsWith("disks", StringComparison.Ordinal)) return;
        // The spiral's parts are its turns.
        double[] connected = name == "spiral" ? [1] : [.. truth.Shares.OrderDescending()];
        Assert.Equal(connected.Length, facts.Components);
        // One error more where components of like shares may have changed places.
        for (var i = 0; i < connected.Length; i++) Assert.InRange(facts.ComponentShares[i] - connected[i], -5.5 * facts.ComponentErrors[i] - 1e-12, 5.5 * facts.ComponentErrors[i] + 1e-12);
    }

    private static Points InUnits(Points u, StandardSet set)
    {
        var points = new Points(u.Count, u.Dimension);
        for (var i = 0; i < u.Count; i++)
            for (var d = 0; d < u.Dimension; d++) points.Row(i)[d] = set.Standard.Center[d] + set.Standard.Scale[d] * u[i][d];
        return points;
    }

    // Neighbours in a pool may be draws of one chart, or one draw.
    private static Points Part(Points points, int part)
    {
        var picked = new Points(Compared, points.Dimension);
        for (var i = 0; i < Compared; i++) points[i * Parts + part].CopyTo(picked.Row(i));
        return picked;
    }
}
