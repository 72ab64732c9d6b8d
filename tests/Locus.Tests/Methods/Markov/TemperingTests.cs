using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.Markov;
using Locus.Problems;

namespace Locus.Tests.Methods.Markov;

public sealed class TemperingTests : IDisposable
{
    private readonly Team team = new(2);

    public void Dispose() => team.Dispose();

    [Fact]
    public void The_chains_at_the_foot_keep_a_correlated_Gaussian_and_give_Z()
    {
        var calls = new CallCounter();
        var (tempering, foot) = (Begun(Laws.Correlated, 2.25, 6, team, calls: calls), new Laws.Moments());
        Run(tempering, 200, 400, () => foot.Add(tempering.At(0, 5)), team);
        // 64 chains, whose places change every few steps.
        foot.AreRight(64 * 400 / 10.0);
        var (logZ, error) = tempering.LogZ;
        Assert.InRange(error, 0.002, 0.05);
        Assert.InRange(logZ, Laws.CorrelatedLogZ - 4 * error, Laws.CorrelatedLogZ + 4 * error);
        Assert.Equal(64 * 6 * 601L, calls.Total);
    }

    [Fact]
    public void Both_parts_of_a_law_are_found_that_chains_alone_cannot_pass_between()
    {
        var (tempering, right, all) = (Begun(Laws.Far, 36, 10, team), 0, 0);
        Run(tempering, 400, 2000, Count, team);
        // As many independent draws as there were trips, 4 deviations.
        Assert.True(tempering.RoundTrips > 500, $"{tempering.RoundTrips} round trips");
        var error = 4 * Math.Sqrt(0.21 / tempering.RoundTrips);
        Assert.InRange((double)right / all, 0.7 - error, 0.7 + error);
        var (logZ, logError) = tempering.LogZ;
        var truth = Math.Log(2 * Math.PI * 0.25);
        Assert.InRange(logZ, truth - 4 * logError, truth + 4 * logError);

        void Count()
        {
            foreach (var x in tempering.At(0, 9).Position[0])
                if (x > 0) right++;
            all += Block.Lanes;
        }
    }

    [Fact]
    public void The_warm_up_makes_all_neighbours_exchange_as_often()
    {
        var before = Begun(Laws.Far, 36, 10, team);
        var after = Begun(Laws.Far, 36, 10, team);
        Run(before, 10, 300, () => { }, team);
        Run(after, 400, 300, () => { }, team);
        Assert.True(after.Exchanged > before.Exchanged + 0.1, $"{before.Exchanged} before, {after.Exchanged} after");
        Assert.Equal((0.0, 1.0), (after.Powers[0], after.Powers[^1]));
        for (var k = 1; k < 10; k++) Assert.True(after.Powers[k] > after.Powers[k - 1]);
    }

    // The ladder is set anew after 96 steps, and the sizes of steps with it.
    [Theory]
    [InlineData(96)]
    [InlineData(97)]
    [InlineData(100)]
    [InlineData(110)]
    public void Steps_are_of_the_right_size_wherever_the_warm_up_ends(int warmUp)
    {
        var tempering = Begun(Laws.Correlated, 2.25, 6, team, groups: 2);
        Run(tempering, warmUp, 100, () => { }, team);
        Assert.InRange(tempering.Acceptance, 0.574 - 0.2, 0.574 + 0.2);
    }

    // exp(709) is the largest number there is.
    [Fact]
    public void Stepping_stones_hold_exponents_of_any_size()
    {
        var stones = new SteppingStones(2, 3);
        foreach (var (pair, ladder, exponent) in new[] { (0, 0, -5e4), (0, 0, 2e4), (0, 1, 2e4), (0, 1, double.NaN), (1, 0, -3e3), (1, 0, -3e3), (1, 1, -3e3), (1, 1, double.NegativeInfinity) }) stones.Add(pair, ladder, exponent);
        stones.Add(2);
        // Means over two steps and ladders: exp(2e4) / 2, the same in both ladders; exp(-3e3) 3 / 4, ladders off by a third.
        var (logZ, error) = stones.Estimate();
        Assert.Equal(2e4 - 3e3 + Math.Log(0.5 * 0.75), logZ, 1e-6);
        Assert.Equal(1 / 3.0, error, 1e-12);
    }

    [Fact]
    public void Chains_are_the_same_for_any_number_of_threads()
    {
        using var one = new Team(1);
        var (a, b) = (Begun(Laws.Far, 36, 5, team, 2), Begun(Laws.Far, 36, 5, one, 2));
        Run(a, 70, 30, () => { }, team);
        Run(b, 70, 30, () => { }, one);
        a.Run(team, 5, adapts: false);
        b.Run(one, 5, adapts: false);
        for (var k = 0; k < 5; k++) Assert.Equal(a.At(1, k).Position.Values.ToArray(), b.At(1, k).Position.Values.ToArray());
        Assert.Equal((a.LogZ, a.RoundTrips, a.Exchanged), (b.LogZ, b.RoundTrips, b.Exchanged));
    }

    private static Tempering Begun(Problem problem, double variance, int rungs, Team team, int groups = 1, CallCounter? calls = null)
    {
        var tempering = new Tempering(Laws.Reward(problem, calls), 2, [], groups, rungs, variance, team.Threads);
        tempering.Begin(team, Key.Seed(7));
        return tempering;
    }

    private static void Run(Tempering tempering, int warmUp, int steps, Action look, Team team)
    {
        for (var step = 0; step < warmUp + steps; step++)
        {
            tempering.Run(team, 1, step < warmUp);
            if (step >= warmUp) look();
        }
    }
}
