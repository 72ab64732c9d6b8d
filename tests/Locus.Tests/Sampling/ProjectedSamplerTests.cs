using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;
using Locus.Projection;
using Locus.Sampling;
using Locus.Tests.Flows;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Sampling;

/// <summary>Samples on the set from a network whose samples are plain noise.</summary>
public sealed class ProjectedSamplerTests
{
    private static readonly Key Key = Key.Seed(31);

    private static readonly Problem Ring = Problem.Define("ring", [new Variable("x", -2, 2), new("y", -2, 2)], [new Parameter("radius", 0.5, 1.5)], (x, c) => [Norm(x) == c[0]]);

    // Left of 0 the constraint is flat: nothing says where the set is.
    private static readonly Problem Cliff = Problem.Define("cliff", 1, x => [1 - Max(x[0], 0) <= 0]);

    [Fact]
    public void Sample_i_is_the_same_for_any_count_and_any_number_of_threads()
    {
        var sampler = Sampler(Ring);
        using Team one = new(1), three = new(3);
        // More than one wave of 256 blocks, and a last block that is not full.
        var all = sampler.Sample(17_000, Key, three).Samples;
        foreach (var count in new[] { 0, 1, 31, 63, 64, 65, 1000 })
        {
            var some = sampler.Sample(count, Key, one).Samples;
            Assert.Equal(all.Points.Values[..(2 * count)], some.Points.Values);
            Assert.Equal(all.Conditions!.Values[..count], some.Conditions!.Values);
        }
        Assert.All(Enumerable.Range(0, 17_000), i => Assert.Equal(all.Conditions![i][0], Math.Sqrt(all.Points[i][0] * all.Points[i][0] + all.Points[i][1] * all.Points[i][1]), 1e-9));
    }

    [Fact]
    public void What_cannot_be_brought_onto_the_set_is_replaced_by_the_next_of_the_stream()
    {
        using var team = new Team(2);
        var raw = Plain(Cliff).Sample(1000, Key, team).Points;
        var expected = new Projector(Cliff).Project(raw, null, team);
        var good = Enumerable.Range(0, 1000).Where(i => expected.Outcomes[i] is ProjectionOutcome.OnSet or ProjectionOutcome.Projected).Take(300).ToList();
        Assert.Equal(300, good.Count);

        var drawn = Sampler(Cliff).Sample(300, Key, team);

        Assert.Equal(good.Select(i => expected.Points[i][0]), drawn.Samples.Points.Values);
        Assert.Equal(good.Select(i => expected.Moves[i]), drawn.Moves);
        Assert.Equal(good[^1] + 1, drawn.Draws);
        Assert.Equal(drawn.Draws - 300, drawn.Failed.Count(ProjectionOutcome.Stalled));
        Assert.Equal(good.Count(i => expected.Outcomes[i] == ProjectionOutcome.Projected), drawn.Moved);
        Assert.Equal(good.Sum(i => expected.Moves[i]) / 300, drawn.MeanMove, 1e-15);
        Assert.StartsWith($"{drawn.Draws - 300} of {drawn.Draws} samples (slack 1 to 1): each stopped beside the set", Assert.Single(drawn.Failed.Findings(drawn.Draws)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Where_nothing_can_be_brought_onto_the_set_ten_times_as_many_draws_are_the_end(int count)
    {
        var never = Problem.Define("never", 2, x => [Norm(x) <= -1]);
        using var team = new Team(2);

        var drawn = Sampler(never).Sample(count, Key, team);

        Assert.Equal(0, drawn.Samples.Points.Count);
        Assert.Equal(10 * count, drawn.Draws);
        Assert.Equal(10 * count, drawn.Failed.Failed);
        Assert.True(double.IsNaN(drawn.MeanMove));
    }

    [Fact]
    public void Progress_tells_of_samples_not_of_draws()
    {
        using var team = new Team(2);
        var told = new List<int>();
        Sampler(Cliff).Sample(20_000, Key, team, progress: new Listener(told));
        Assert.Equal(20_000, told[^1]);
        Assert.Equal(told.Order(), told);
        Assert.True(told.Count > 2);
    }

    [Fact]
    public void Mistakes_are_those_of_the_sampler()
    {
        using var team = new Team(1);
        Assert.Contains("radius = 9", Assert.Throws<LocusException>(() => Sampler(Ring).Sample(0, Key, team, new Dictionary<string, double> { ["radius"] = 9 })).Message, StringComparison.Ordinal);
        Assert.Contains("do not fit into one array", Assert.Throws<LocusException>(() => Sampler(Ring).Sample(int.MaxValue, Key, team)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sampler(Ring).Sample(-1, Key, team));
        Assert.Contains("mostSteps", Assert.Throws<LocusException>(() => new ProjectedSampler(Plain(Ring), new ProjectorOptions { MostSteps = 0 })).Message, StringComparison.Ordinal);
    }

    private static ProjectedSampler Sampler(Problem problem) => new(Plain(problem));

    /// <summary>A network whose samples are what is left of the noise: all of it where the flow stands still, a quarter where two clipped steps lead half of the way to 0.</summary>
    private static FlowSampler Plain(Problem problem)
    {
        var (shape, parameters) = problem.ConditionCount == 0 ? KnownNetworks.Standing(problem.Dimension) : KnownNetworks.Constant(problem.ConditionCount, new float[problem.Dimension]);
        return new FlowSampler(problem, shape, parameters, new FlowOptions { Steps = 2, GridPower = 1, Clip = 1 });
    }

    private sealed class Listener(List<int> told) : IProgress<int>
    {
        public void Report(int value) => told.Add(value);
    }
}
