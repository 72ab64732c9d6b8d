using Locus.Diagnostics.Rivals;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Tests.Methods;
using Locus.Tests.Methods.Markov;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Diagnostics.Rivals;

public sealed class EnergyRivalTests
{
    private const int Keep = 3000;

    public static TheoryData<string> Names => ["smc", "mala", "hmc", "tempering"];

    [Theory]
    [MemberData(nameof(Names))]
    public void As_many_calls_give_the_same_samples_on_any_number_of_threads(string name)
    {
        var (one, three) = (Run(name, Laws.Correlated, [], 300_000, 1), Run(name, Laws.Correlated, [], 300_000, 3));

        Assert.Equal((one.Samples, one.Calls, one.Acceptance, one.LogZ, one.RoundTrips), (three.Samples, three.Calls, three.Acceptance, three.LogZ, three.RoundTrips));
        Assert.Equal(one.Kept.Values, three.Kept.Values);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Calls_are_counted_as_they_are_made_and_not_more_than_may_be(string name)
    {
        var energy = new CountedEnergy();

        var rival = Run(name, energy.Problem, [], 200_000, 2);

        Assert.Equal(energy.Calls, rival.Calls);
        Assert.InRange(rival.Calls, 170_000, 200_000);
    }

    // In coordinates of its own, whose volume log Z has to take into account.
    [Theory]
    [MemberData(nameof(Names))]
    public void Samples_have_the_moments_of_the_law_and_Z_is_its_norm(string name)
    {
        var rival = Run(name, Laws.Correlated, [], 1_500_000, 2);

        var (kept, moments) = (rival.Kept, new Laws.Moments());
        Assert.Equal(Keep, kept.Count);
        for (var i = 0; i < kept.Count; i++) moments.Add(kept[i][0], kept[i][1]);
        moments.AreRight(Math.Min(rival.Samples, Keep / 2));
        Assert.InRange(rival.Samples, 1000, double.PositiveInfinity);
        Assert.Equal(name is "smc" or "tempering", rival.LogZ is not null);
        if (rival.LogZ is not { } logZ) return;
        Assert.InRange(logZ.Error, 1e-4, 0.02);
        Assert.InRange(logZ.Value, Laws.CorrelatedLogZ - 4 * logZ.Error, Laws.CorrelatedLogZ + 4 * logZ.Error);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Samples_are_of_the_law_of_the_parameters_asked_for(string name)
    {
        var (x, c) = (Locus.Expressions.Vector.Variables(2), Locus.Expressions.Vector.Parameters(1));
        var moved = new Problem("moved", Variable.Vector("x", 2), [], [new Parameter("place", 10, 30)], energy: Square(x[0] - c[0]) / 2 + Square(x[1]) / 2);

        var kept = Run(name, moved, [25], 400_000, 2).Kept;

        // Of hundreds at the least.
        Assert.InRange(Enumerable.Range(0, kept.Count).Average(i => kept[i][0]), 24.7, 25.3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Far_parts_are_told_apart_from_each_other_by_ways_between_them_alone(string name)
    {
        var kept = Run(name, Laws.Far, [], 1_000_000, 2).Kept;

        var right = Enumerable.Range(0, kept.Count).Count(i => kept[i][0] > 0) / (double)kept.Count;
        // Chains stay where they began, on either side of the middle of what scouts found, to the right of the shares' own.
        if (name is "mala" or "hmc") Assert.InRange(right, 0.4, 0.64);
        else Assert.InRange(right, 0.65, 0.75);
    }

    internal static EnergyRival Run(string name, Problem problem, double[] conditions, long budget, int threads)
    {
        using var team = new Team(threads);
        EnergyRival rival = name switch
        {
            "smc" => new AnnealingRival(problem, conditions, budget, Keep, Key.Seed(3), threads),
            "mala" => ChainRival.Langevin(problem, conditions, budget, Keep, Key.Seed(4), threads),
            "hmc" => ChainRival.Hamiltonian(problem, conditions, budget, Keep, Key.Seed(5), threads),
            _ => new TemperingRival(problem, conditions, budget, Keep, Key.Seed(6), threads),
        };
        while (!rival.IsSpent) rival.Wave(team, default);
        return rival;
    }
}
