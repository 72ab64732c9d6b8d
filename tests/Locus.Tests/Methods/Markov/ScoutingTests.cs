using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.Markov;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Methods.Markov;

public sealed class ScoutingTests
{
    // Nine normal laws on a grid of spacing 5, of variance 0.3: from N(0, 1) particles come to few of them, and their estimate of Z is at times twice the truth.
    private static readonly Problem grid = Problem.OfEnergy("grid", 2, x => Sum(x.Select(c => -LogSumExp(-Square(c + 5) / 0.6, -Square(c) / 0.6, -Square(c - 5) / 0.6))));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Laws_that_reach_a_part_alone_do_not_decide(int seed)
    {
        using var team = new Team(2);
        var calls = new CallCounter();
        var standard = Scouting.Run(grid, Standardization.Of(grid), [], Scouting.Most, 8, calls, team, Key.Seed(seed).Fold("anneal"), null, default);
        for (var d = 0; d < 2; d++)
        {
            // The law has mean 0 and deviation 4.12; particles that were redrawn a dozen times know both to some 0.2.
            Assert.InRange(standard.Center[d], -0.8, 0.8);
            Assert.InRange(standard.Scale[d], 3.5, 4.7);
        }
        Assert.True(calls.Total > 5L * Scouting.Most, $"{calls.Total} calls");
    }

    [Fact]
    public void A_density_far_from_the_origin_is_found()
    {
        using var team = new Team(2);
        var far = Problem.OfEnergy("far", 2, x => Square(x[0] - 20) / 2 + Square(x[1] + 10) / (2 * 0.09));
        var standard = Scouting.Run(far, Standardization.Of(far), [], 1024, 8, new CallCounter(), team, Key.Seed(2), null, default);
        Assert.InRange(standard.Center[0], 19.5, 20.5);
        Assert.InRange(standard.Center[1], -10.2, -9.8);
        Assert.InRange(standard.Scale[1], 0.25, 0.35);
    }
}
