using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Tests.Formats;
using Locus.Training;
using static Locus.Expressions.Functions;
using static Locus.Tests.Training.ExploredSets;

namespace Locus.Tests.Training;

/// <summary>What is said about pools that cannot be relied on, and that it is kept.</summary>
public sealed class VerdictTests
{
    private static readonly ExplorationFacts Good = new(ExplorationMethod.Atlas, 1000, 2, 0.9, 900, 0.01, true, 8000, 2, [0.7, 0.3], [0.01, 0.01], [5000, 3000]);

    [Fact]
    public void Each_fault_has_a_verdict_of_its_own()
    {
        Assert.Empty(Good.Verdicts);
        Assert.Equal(["components-seldom"], Names(Good with { ComponentStarts = [7999, 1] }));
        Assert.Equal(["law-not-settled"], Names(Good with { Settled = false }));
        Assert.Equal(["pool-sparse"], Names(Good with { NeighborShare = 0.3 }));
        Assert.Equal(["draws-few"], Names(Good with { EffectiveSize = 100 }));
    }

    [Fact]
    public void A_thin_curved_layer_does_not_settle()
    {
        // Chains that take steps of a millionth do not come around; where it is thick they do.
        static Problem Ring(double width) => Problem.Define("ring", 2, x => [Abs(Norm(x) - 1) <= width]);
        Assert.False(Walked(Ring(1e-6), 1e9).Settled);
        Assert.True(Walked(Ring(0.3), 1e9).Settled);
    }

    [Fact]
    public void Walks_find_that_a_set_has_no_end() =>
        Assert.Contains("no end of", Assert.Throws<TrainingException>(() => Walked(Problem.Define("slab", 3, x => [Abs(x[0] - x[1]) <= 1e-4]), 1e9)).Message, StringComparison.Ordinal);

    [Fact]
    public void Pools_of_many_dimensions_are_sparse()
    {
        Assert.Contains("pool-sparse", Names(Facts(Problem.Define("box", 20, x => [Sum(x) <= 1], -1, 1))));
        Assert.Empty(Facts(Problem.Define("box", 4, x => [Sum(x) <= 1], -1, 1)).Verdicts);
    }

    [Fact]
    public void Checkpoints_keep_them()
    {
        using var folder = new TemporaryFolder();
        using var team = new Team(2);
        var trainer = Trainings.Train(Trainings.Rectangle, Trainings.Fit, team);
        Checkpoint.Write(folder["state"], trainer);
        var state = trainer.Options.NewState(trainer.Problem);
        Checkpoint.Read(folder["state"], trainer.Problem.ToYaml(), trainer.Options, trainer.Seed, state);
        var (facts, read) = (trainer.State.Exploration!, state.Exploration!);
        Assert.Equal(1, facts.Components);
        Assert.Equal(facts.ComponentShares, read.ComponentShares);
        Assert.Equal(facts with { ComponentShares = [], ComponentErrors = [], ComponentStarts = [] }, read with { ComponentShares = [], ComponentErrors = [], ComponentStarts = [] });
    }

    private static IEnumerable<string> Names(ExplorationFacts facts) => facts.Verdicts.Select(verdict => verdict.Name);
}
