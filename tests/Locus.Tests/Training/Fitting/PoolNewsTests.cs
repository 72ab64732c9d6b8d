using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Sampling;
using Locus.Tests.Formats;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Training.Fitting;

/// <summary>A network's samples, projected, show parts of the set that the pool lacks, and these alone; the set is then explored again.</summary>
public sealed class PoolNewsTests
{
    private static readonly Problem Disks = Problem.Define("disks", 2, x => [Any(Norm(x[0] + 2, x[1]) <= 0.5, Norm(x[0] - 2, x[1]) <= 0.5)], -4, 4);

    private static readonly Problem Bar = Problem.Define("bar", 2, x => [Abs(x[1]) <= 0.25], -4, 4);

    private static readonly Problem Rings = Problem.Define(
        "rings", [new Variable("x", -4, 4), new("y", -4, 4)], [new Parameter("radius", 0.4, 0.6)], (x, c) => [Any(Norm(x[0] + 2, x[1]) == c[0], Norm(x[0] - 2, x[1]) == c[0])]);

    // Looked at after rounds 1 and 3.
    private static readonly LocusOptions Options = Trainings.Fit with { Rounds = 12, Updates = 48, PoolSize = 2048 };

    [Fact]
    public void A_part_that_the_pool_lacks_is_new_and_what_hangs_together_with_it_is_not()
    {
        using var team = new Team(2);
        var news = PoolNews.Of(Halved(Disks, team), Scattered(4), team);
        Assert.InRange(news.Count, 1, 64);
        var pairs = StandardSetOf(Disks);
        for (var i = 0; i < news.Count; i++)
            Assert.True(Math.Abs(Math.Sqrt(Math.Pow(pairs(news[i])[0] - 2, 2) + Math.Pow(pairs(news[i])[1], 2))) <= 0.5 + 1e-9);

        Assert.Equal(0, PoolNews.Of(Halved(Bar, team), Scattered(4), team).Count);
    }

    [Fact]
    public void Nothing_is_new_to_a_pool_that_has_all()
    {
        using var team = new Team(2);
        var state = (LocusState)Trainings.Train(Disks, Options, team, until: 1).State;
        Assert.Equal(0, PoolNews.Of(state, Scattered(4), team).Count);
        // The samples of a new network end anywhere.
        Assert.Equal(0, Trainings.Train(Disks, Options, team).State.Exploration!.News);
    }

    [Theory]
    [InlineData("disks")]
    [InlineData("rings")]
    public void A_training_whose_pool_lacks_a_part_explores_again_to_the_same_bits_on_any_team_and_after_any_interruption(string name)
    {
        using var folder = new TemporaryFolder();
        using Team one = new(1), two = new(2);
        var problem = name == "disks" ? Disks : Rings;
        var whole = Trainings.Train(problem, Options, two, Halved(problem, two));
        var facts = whole.State.Exploration!;
        Assert.True(facts.News > 0);
        Assert.Equal(2, facts.Components);
        // Shares of half, by counting 2048 points: five standard errors.
        Assert.All(facts.ComponentShares, share => Assert.Equal(0.5, share, 5 * Math.Sqrt(0.25 / 2048)));
        Assert.Equal(0.5, Right(whole.State), 5 * Math.Sqrt(0.25 / 2048));

        foreach (var update in new long[] { 3, 4, 5, 13 })
        {
            var stopped = Trainings.Train(problem, Options, one, Halved(problem, one), until: update);
            Checkpoint.Write(folder["state"], stopped);
            var state = Options.NewState(problem);
            Checkpoint.Read(folder["state"], problem.ToYaml(), Options, stopped.Seed, state);
            Assert.Equal(Trainings.Bits(whole), Trainings.Bits(Trainings.Train(problem, Options, one, state)));
        }
    }

    /// <summary>An explored state of whose pool only the left half is left, each point of it as often as need be.</summary>
    private static LocusState Halved(Problem problem, Team team)
    {
        var state = (LocusState)Trainings.Train(problem, Options, team, until: 1).State;
        var left = Enumerable.Range(0, Options.PoolSize).Where(i => X(state, i) < 0).ToArray();
        var halved = (LocusState)Options.NewState(problem);
        halved.TakeFrom(state);
        for (var i = 0; i < Options.PoolSize; i++)
        {
            for (var d = 0; d < 2; d++) halved.Points[i * 2 + d] = state.Points[left[i % left.Length] * 2 + d];
            for (var j = 0; j < problem.ConditionCount; j++) halved.Conditions[j][i] = state.Conditions[j][left[i % left.Length]];
        }
        halved.Weights.Parameters.CopyTo(halved.Weights.Average);
        (halved.Facts, halved.Updates) = (state.Facts, Options.Updates);
        return halved;
    }

    private static double X(LocusState state, int i) => state.Standard.Center[0] + state.Standard.Scale[0] * state.Points[i * 2];

    private static double Right(TrainingState state) => Enumerable.Range(0, Options.PoolSize).Count(i => X((LocusState)state, i) > 0) / (double)Options.PoolSize;

    private static Func<ReadOnlySpan<double>, double[]> StandardSetOf(Problem problem)
    {
        var standard = Standardization.Of(problem);
        return u => [standard.Center[0] + standard.Scale[0] * u[0], standard.Center[1] + standard.Scale[1] * u[1]];
    }

    private static SampleSet Scattered(double reach)
    {
        var points = new Points(1024, 2);
        for (var i = 0; i < points.Count; i++)
            for (var d = 0; d < 2; d++) points.Row(i)[d] = reach * (2 * Draws.Uniform(Key.Seed(4), (ulong)i, (uint)d) - 1);
        return new SampleSet(points, null);
    }
}
