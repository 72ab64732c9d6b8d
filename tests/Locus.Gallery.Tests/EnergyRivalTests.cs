using Locus.Diagnostics;
using Locus.Diagnostics.Rivals;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;

namespace Locus.Gallery.Tests;

/// <summary>The rivals of a network on energies whose exact law and log Z are known.</summary>
public sealed class EnergyRivalTests
{
    private const int Keep = 4000;
    private const long Calls = 1_500_000;

    [Theory]
    [InlineData("gmm-9", "smc")]
    [InlineData("gmm-9", "tempering")]
    [InlineData("many-well-8", "smc")]
    [InlineData("many-well-8", "tempering")]
    public void Methods_with_ways_between_the_parts_draw_the_law_and_give_Z(string name, string method)
    {
        var entry = Gallery.Find(name)!;
        var (rival, kept) = Run(method, entry.Problem);

        var (logZ, error) = rival.LogZ!.Value;
        Assert.InRange(error, 1e-4, 0.05);
        Assert.InRange(logZ, entry.LogZ!.Value - 4 * error, entry.LogZ.Value + 4 * error);
        // The floor is that of as many independent samples; theirs are worth fewer.
        Assert.InRange(rival.Samples, 1000, double.PositiveInfinity);
        var floor = EnergyFloor.Of(entry.Truth!, Key.Seed(74), Keep, threads: 2, pairs: 12);
        var worth = Math.Sqrt(Math.Max(1, Keep / rival.Samples));
        Assert.InRange(EnergyDistance.Of(kept, entry.Truth!.Sample(Key.Seed(75), Keep), threads: 2), 0, worth * (floor.Mean + 4 * floor.Deviation));
        var shares = ComponentShares.Of(kept, entry.Truth);
        for (var k = 0; k < shares.Shares.Count; k++)
        {
            var spread = 4.5 * Math.Sqrt(shares.TrueShares[k] * (1 - shares.TrueShares[k]) / Math.Min(Keep, rival.Samples)) + 1e-3;
            Assert.InRange(shares.Shares[k], shares.TrueShares[k] - spread, shares.TrueShares[k] + spread);
        }
    }

    // Many starts lie in all parts, but not by their shares: those around the middle catch more.
    [Theory]
    [InlineData("mala")]
    [InlineData("hmc")]
    public void Chains_alone_leave_the_shares_as_they_began(string method)
    {
        var (rival, kept) = Run(method, Gallery.Find("gmm-9")!.Problem);

        var shares = ComponentShares.Of(kept, Gallery.Find("gmm-9")!.Truth!).Shares;
        Assert.True(shares.Max() > 1.2 / 9, $"the largest share is {shares.Max()}");
        // A sample for each chain, of which there are at most 1024.
        Assert.InRange(rival.Samples, 32, 1500);
    }

    private static (EnergyRival Rival, Points Kept) Run(string method, Problem problem)
    {
        using var team = new Team(2);
        EnergyRival rival = method switch
        {
            "smc" => new AnnealingRival(problem, [], Calls, Keep, Key.Seed(81), 2),
            "mala" => ChainRival.Langevin(problem, [], Calls, Keep, Key.Seed(82), 2),
            "hmc" => ChainRival.Hamiltonian(problem, [], Calls, Keep, Key.Seed(83), 2),
            _ => new TemperingRival(problem, [], Calls, Keep, Key.Seed(84), 2),
        };
        while (!rival.IsSpent) rival.Wave(team, default);
        return (rival, rival.Kept);
    }
}
