using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Tests.Formats;
using Locus.Training;

namespace Locus.Tests.Training;

/// <summary>The default method's result depends on problem, options and seed alone, whatever kind of set it is.</summary>
public sealed class FitSameBitsTests
{
    private static readonly Dictionary<string, Lazy<byte[]>> Unbroken = Trainings.Kinds.ToDictionary(problem => problem.Name, problem => new Lazy<byte[]>(() =>
    {
        using var team = new Team(1);
        return Trainings.Bits(Trainings.Train(problem, Trainings.Fit, team));
    }));

    public static TheoryData<string> Names => [.. Trainings.Kinds.Select(problem => problem.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pool_and_parameters_are_the_same_for_any_number_of_threads(string name)
    {
        foreach (var threads in new[] { 2, 3 })
        {
            using var team = new Team(threads);
            Assert.Equal(Unbroken[name].Value, Trainings.Bits(Trainings.Train(Kind(name), Trainings.Fit, team)));
        }
    }

    // The first update; the end of a pass and of a round, and beside them; the last ones.
    [Theory]
    [InlineData("cap", 1)]
    [InlineData("cap", 8)]
    [InlineData("cap", 9)]
    [InlineData("circles", 10)]
    [InlineData("circles", 11)]
    [InlineData("circles", 39)]
    [InlineData("rectangle", 27)]
    public void A_training_that_was_cancelled_saved_and_resumed_gives_the_bits_of_an_unbroken_one(string name, int update)
    {
        using var folder = new TemporaryFolder();
        using Team two = new(2), one = new(1);
        var stopped = Trainings.Train(Kind(name), Trainings.Fit, two, until: update);
        Assert.Equal(update, stopped.State.Weights.Steps);
        Checkpoint.Write(folder["state"], stopped);
        Assert.Equal(Unbroken[name].Value, Trainings.Bits(Trainings.Train(Kind(name), Trainings.Fit, one, Read(folder["state"], stopped))));
    }

    // While the set is searched, while charts spread, and while the pool is paired with noise.
    [Theory]
    [InlineData("circle", 1)]
    [InlineData("circle", 4)]
    [InlineData("circle", 7)]
    [InlineData("rectangle", 2)]
    public void An_exploration_that_was_cancelled_is_made_again_to_the_same_bits(string name, int moment)
    {
        using var folder = new TemporaryFolder();
        using var team = new Team(2);
        using var cancellation = new CancellationTokenSource();
        var stopped = Trainings.Fit.Trainer(Kind(name), 3, team);
        var interruption = new Interruption(moment, cancellation);
        stopped.Run(interruption, cancellation.Token);
        Assert.Equal(moment, interruption.Seen);
        Assert.Equal((0, false), (stopped.State.Weights.Steps, ((LocusState)stopped.State).Explored));
        Checkpoint.Write(folder["state"], stopped);
        Assert.Equal(Unbroken[name].Value, Trainings.Bits(Trainings.Train(Kind(name), Trainings.Fit, team, Read(folder["state"], stopped))));

        // The same trainer goes on as well.
        stopped.Run(new TrainingObserver(), CancellationToken.None);
        Assert.Equal(Unbroken[name].Value, Trainings.Bits(stopped));
    }

    private static Problem Kind(string name) => Trainings.Kinds.Single(problem => problem.Name == name);

    private static TrainingState Read(string path, Trainer trainer)
    {
        var state = trainer.Options.NewState(trainer.Problem);
        Checkpoint.Read(path, trainer.Problem.ToYaml(), trainer.Options, trainer.Seed, state);
        return state;
    }

    /// <summary>Asks for an end when the set is looked at for the n-th time.</summary>
    private sealed class Interruption(int moment, CancellationTokenSource source) : TrainingObserver
    {
        public int Seen { get; private set; }

        public override void Exploring(string what, double fraction)
        {
            if (++Seen == moment) source.Cancel();
        }
    }
}
