using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.Markov;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Methods.Markov;

public sealed class ChainsTests : IDisposable
{
    private readonly Team team = new(2);

    public void Dispose() => team.Dispose();

    // 256 chains of 400 steps. Langevin's steps on a correlation of 0.8 forget in some 30 steps, trajectories of 10 leaps in 3.
    [Theory]
    [InlineData(1, 0.574, 30)]
    [InlineData(10, 0.8, 3)]
    public void Chains_keep_a_correlated_Gaussian_and_meet_the_acceptance(int leaps, double acceptance, int memory)
    {
        var calls = new CallCounter();
        var chains = Begun(team, leaps, acceptance, calls);
        for (var step = 0; step < 200; step++) chains.Run(team, 1, adapts: true);
        var moments = new Laws.Moments();
        for (var step = 0; step < 400; step++)
        {
            chains.Run(team, 1, adapts: false);
            foreach (var block in chains.Blocks) moments.Add(block);
        }
        moments.AreRight(256 * 400.0 / memory);
        // What settles is the mean of log s over the last steps of the search: the acceptance there is not quite the mean of acceptances.
        Assert.InRange(chains.Acceptance, acceptance - 0.1, acceptance + 0.1);
        Assert.Equal(256 * (1 + 600L * leaps), calls.Total);
    }

    [Fact]
    public void Chains_are_the_same_for_any_number_of_threads()
    {
        using var one = new Team(1);
        var (a, b) = (Begun(team, 4, 0.8), Begun(one, 4, 0.8));
        for (var step = 0; step < 30; step++)
        {
            a.Run(team, 3, step < 20);
            b.Run(one, 3, step < 20);
        }
        Assert.Equal(a.Blocks.SelectMany(block => block.Position.Values.ToArray()), b.Blocks.SelectMany(block => block.Position.Values.ToArray()));
    }

    [Fact]
    public void Chains_leave_places_where_the_energy_is_no_number()
    {
        // A root that a fifth of the starts are outside of.
        var half = Problem.OfEnergy("half", 1, x => Square(x[0]) / 2 - Sqrt(x[0] + 0.8));
        var chains = new Chains(Laws.Reward(half), 1, [], 256, 1, 0.574, 1, Key.Seed(3), team.Threads);
        chains.Begin(team);
        Assert.InRange(chains.Blocks.Sum(block => block.Reward.Count(double.IsNegativeInfinity)), 20, 90);
        for (var wave = 0; wave < 50; wave++) chains.Run(team, 4, wave < 40);
        Assert.All(chains.Blocks, block => Assert.All(block.Reward, value => Assert.True(double.IsFinite(value))));
    }

    [Fact]
    public void Chains_stay_in_the_part_where_they_began()
    {
        // Starts around 0 go to either part as often; the shares are 0.3 and 0.7.
        var chains = new Chains(Laws.Reward(Laws.Far), 2, [], 256, 1, 0.574, 1, Key.Seed(3), team.Threads);
        chains.Begin(team);
        for (var wave = 0; wave < 250; wave++) chains.Run(team, 4, wave < 50);
        var right = chains.Blocks.Sum(block => Enumerable.Range(0, Block.Lanes).Count(lane => block.Position[0][lane] > 0));
        // The parts part at x = -0.012, where 0.505 of the starts lie to the right; 4 deviations of 256.
        Assert.InRange(right / 256.0, 0.505 - 0.125, 0.505 + 0.125);
    }

    private static Chains Begun(Team team, int leaps, double acceptance, CallCounter? calls = null)
    {
        var chains = new Chains(Laws.Reward(Laws.Correlated, calls), 2, [], 256, leaps, acceptance, 2.25, Key.Seed(4), team.Threads);
        chains.Begin(team);
        return chains;
    }
}
