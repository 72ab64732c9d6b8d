using Locus.Diagnostics;
using Locus.Diagnostics.Rivals;

namespace Locus.Tests.Diagnostics.Rivals;

/// <summary>Verdicts on numbers made by hand: 10,000 samples of a network trained in 10 s and drawn in 0.1 s.</summary>
public sealed class RivalVerdictTests
{
    private static readonly SampleQuality Own = Quality(0.025);

    [Fact]
    public void A_rival_that_is_faster_in_all_makes_the_network_needless()
    {
        var text = Verdict(Own, Rejection(1e6));

        Assert.Equal("The network is not worth its training for 10,000 samples: rejection gives 10,000 exact ones in 0.01 s, the network takes 10.1 s with its training. "
            + "It never is: rejection gives 1e6 samples per second, the network 1e5.", text);
    }

    [Fact]
    public void A_rival_that_is_slower_loses_from_where_the_training_is_made_up_for()
    {
        // 1 / 2000 - 1 / 100000 s are saved for each sample: 10 s after 20,408.
        Assert.EndsWith("in 5 s, the network takes 10.1 s with its training. It is worth it from 20,408 samples on.", Verdict(Own, Rejection(2000)), StringComparison.Ordinal);
        Assert.StartsWith("The network is worth its training for 10,000 samples: rejection gives 10,000 exact ones in 100 s, ", Verdict(Own, Rejection(100)), StringComparison.Ordinal);
        Assert.StartsWith("The network is not worth its training", Verdict(Own, Rejection(2000)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rival_that_is_long_in_beginning_wins_late_or_never()
    {
        Assert.EndsWith("It is so from the first sample on.", Verdict(Own, Walk(1000, 20, 0.025)), StringComparison.Ordinal);
        // 20 s against 10 s to begin, and 1e-6 s against 1e-5 s for a sample.
        Assert.EndsWith("From 1.1e6 samples on it is not: walk is slow to begin, and then faster.", Verdict(Own, Walk(1e6, 20, 0.025)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.025, true)]
    [InlineData(0.034, true)]
    [InlineData(0.06, false)]
    public void A_rival_counts_if_its_samples_lie_as_evenly_as_the_network_s_or_as_exact_ones(double distance, bool counts)
    {
        // The floor is 0.024, and three of its deviations are 0.012.
        var text = Verdict(Own, Walk(1e5, 1, distance));

        Assert.Equal(counts, text.Contains("walk gives 10,000 as good as its own in 1.1 s", StringComparison.Ordinal));
        Assert.Equal(!counts, text.EndsWith("no rival gave samples as good as its own (walk: its samples lie less evenly).", StringComparison.Ordinal));
    }

    [Fact]
    public void Fewer_samples_may_lie_less_evenly_by_chance_alone()
    {
        // Of 50 against 5,000: a floor higher by sqrt((1 / 50 + 1 / 5000) / (2 / 5000)) = 7.1.
        Assert.Contains("walk gives", Verdict(Own, Walk(1e5, 1, 0.2) with { Samples = 50 }), StringComparison.Ordinal);
        Assert.DoesNotContain("walk gives", Verdict(Own, Walk(1e5, 1, 0.3) with { Samples = 50 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_truth_a_rival_counts_if_it_is_unbiased()
    {
        var unknown = Own with { EnergyDistance = null, EnergyDistanceFloor = null };
        var walk = Walk(1e5, 1, 0.025) with { Quality = unknown };

        Assert.Contains("walk gives", Verdict(unknown, walk), StringComparison.Ordinal);
        Assert.DoesNotContain("walk gives", Verdict(unknown, walk with { Unbiased = false }), StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_are_told()
    {
        var none = new RivalFacts("rejection", 0, 0, 0, 0) { Exact = true, Reason = "no point of a box meets an equality" };

        Assert.Equal("The network is worth its training: no rival gave samples as good as its own (rejection: no point of a box meets an equality).", Verdict(Own, none));
    }

    [Fact]
    public void For_energies_calls_are_weighed_too()
    {
        var rival = Walk(1000, 1, 0.025) with { Name = "tempering", Samples = 10_000, EnergyCalls = 4_500_000, SetupCalls = 500_000 };

        var text = Energy(Own, 100, rival);

        Assert.Contains("tempering gives 10,000 as good as its own in 11 s, ", text, StringComparison.Ordinal);
        // 400 calls a sample against 100: what training took more, 1.5 million, after 5,000.
        Assert.EndsWith(" Where it is calls of the energy that cost, tempering takes 5e5 and 400 for each sample, the network 2e6 and 100: it is worth it from 5,000 samples on.", text, StringComparison.Ordinal);
        Assert.EndsWith("and 500: it is worth it never.", Energy(Own, 500, rival), StringComparison.Ordinal);
        Assert.EndsWith("and 100: it is worth it from the first sample on.", Energy(Own, 100, rival with { EnergyCalls = 7_000_000, SetupCalls = 3_000_000 }), StringComparison.Ordinal);
        Assert.Equal("The network is worth its training: with the 2e6 calls of the energy that it took no rival gave samples as good as its own (tempering: its samples are farther from the density).",
            Energy(Own, 100, rival with { Quality = Quality(0.2) }));
    }

    [Fact]
    public void Without_exact_samples_a_verdict_on_an_energy_says_what_nobody_knows()
    {
        var unknown = Own with { EnergyDistance = null, EnergyDistanceFloor = null };
        var rival = Walk(1000, 1, 0.025) with { Name = "mala", Quality = unknown, EnergyCalls = 4_500_000, SetupCalls = 500_000 };

        Assert.EndsWith(" Without exact samples nothing says whether mala, or the network, came to every part of the density.", Energy(unknown, 0, rival), StringComparison.Ordinal);
    }

    private static string Energy(SampleQuality own, long perSample, params RivalFacts[] rivals) =>
        new RivalVerdict(10_000, 10, 0.1, own) { EnergyCalls = 2_000_000, EnergyCallsPerSample = perSample }.Text(rivals);

    private static string Verdict(SampleQuality own, params RivalFacts[] rivals) => new RivalVerdict(10_000, 10, 0.1, own).Text(rivals);

    private static RivalFacts Rejection(double rate) => new("rejection", 10, 0, 10 * rate, rate) { Exact = true, Unbiased = true, Measured = 10_000, Quality = Quality(0.024) };

    private static RivalFacts Walk(double rate, double setup, double distance) =>
        new("walk", 10 + setup, setup, 10 * rate, rate) { Unbiased = true, Measured = 10_000, Quality = Quality(distance) };

    private static SampleQuality Quality(double distance) => new()
    {
        Success = new Dictionary<string, double> { ["0.001"] = 1 },
        MeanSlack = 0,
        MaxSlack = 0,
        EnergyDistance = distance,
        EnergyDistanceCount = 5000,
        EnergyDistanceFloor = 0.024,
        EnergyDistanceFloorDeviation = 0.004,
    };
}
