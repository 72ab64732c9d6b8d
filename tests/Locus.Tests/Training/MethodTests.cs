using Locus.Engine.Workers;
using Locus.Formats;
using Locus.Options;
using Locus.Tests.Formats;
using Locus.Runs;
using Locus.Training;

namespace Locus.Tests.Training;

/// <summary>What every method gets from <see cref="Trainer"/>, <see cref="TrainingOptions"/> and <see cref="Checkpoint"/>, shown on one that learns nothing.</summary>
public sealed class MethodTests
{
    private static readonly WalkOptions Walk = new();

    [Fact]
    public void A_training_explores_then_updates_and_tells_each_round_with_its_measures()
    {
        using var team = new Team(1);
        var trainer = Trainer(team);
        var log = new Log();
        trainer.Run(log, CancellationToken.None);
        Assert.True(trainer.Finished);
        Assert.Equal(
            ["walking 0", "walking 0.2", "walking 0.4", "walking 0.6", "walking 0.8",
             "1/12 10 0", "2/12 20 1", "3/12 30 2", "4/12 40 3", "round 1/3: 4 updates, 40 samples, loss 1.5, height 100",
             "5/12 50 4", "6/12 60 5", "7/12 70 6", "8/12 80 7", "round 2/3: 8 updates, 80 samples, loss 5.5, height 101",
             "9/12 90 8", "10/12 100 9", "11/12 110 10", "12/12 120 11", "round 3/3: 12 updates, 120 samples, loss 9.5, height 102"],
            log.Lines);
        // From 0.5 down to 0 along a line over twelve updates.
        Assert.All(trainer.Rates.Select((rate, i) => (rate, i)), r => Assert.Equal(0.5 * (1 - r.i / 12.0), r.rate, 1e-12));
        Assert.True(trainer.State.Seconds > 0);
        trainer.Run(log, CancellationToken.None);
        Assert.Equal(20, log.Lines.Count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(9)]
    public void A_training_that_was_stopped_after_so_many_events_goes_on_from_its_checkpoint(int events)
    {
        using var folder = new TemporaryFolder();
        using var team = new Team(1);
        var whole = new Log();
        Trainer(team).Run(whole, CancellationToken.None);

        using var cancellation = new CancellationTokenSource();
        var log = new Log { Stop = () => cancellation.Cancel(), After = events };
        var stopped = Trainer(team);
        stopped.Run(log, cancellation.Token);
        Assert.False(stopped.Finished);
        Checkpoint.Write(folder["state"], stopped);
        var state = Walk.NewState(Trainings.Ring);
        Checkpoint.Read(folder["state"], Trainings.Ring.ToYaml(), Walk, 1, state);
        Assert.Equal(stopped.State.Seconds, state.Seconds);
        var resumed = Walk.Trainer(Trainings.Ring, 1, team, state);
        resumed.Run(log, CancellationToken.None);
        Assert.Equal(whole.Lines, log.Lines);
        Assert.True(resumed.State.Seconds >= state.Seconds);
    }

    [Fact]
    public void A_checkpoint_of_another_method_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var team = new Team(1);
        Checkpoint.Write(folder["state"], Trainer(team));
        var message = Assert.Throws<FileContentException>(
            () => Checkpoint.Read(folder["state"], Trainings.Ring.ToYaml(), Trainings.Short, 1, Trainings.Short.NewState(Trainings.Ring))).Message;
        Assert.Contains("its method is 'walk', here it is 'self-training'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_that_diverges_ends_the_training_and_is_not_counted()
    {
        using var team = new Team(1);
        var trainer = (Walk with { Bad = 5 }).Trainer(Trainings.Ring, 1, team);
        var message = Assert.Throws<TrainingException>(() => trainer.Run(new Log(), CancellationToken.None)).Message;
        Assert.StartsWith("training diverged in round 2, update 6: loss NaN, gradient norm 1. ", message, StringComparison.Ordinal);
        var state = (WalkState)trainer.State;
        Assert.Equal((1, 1, 50, 4.0), (state.Round, state.RoundUpdates, state.NetworkSamples, state.LossSum));
    }

    [Fact]
    public void A_method_has_its_own_options_first_and_its_own_defaults()
    {
        var rows = OptionTable.Rows(Walk);
        Assert.Equal(["rounds", "updates"], rows.Take(2).Select(row => row.Key));
        Assert.Equal([("batch", "64"), ("hidden", "3")], rows.Where(row => row.Key is "batch" or "hidden").Select(row => (row.Key, row.Default)));
        Assert.Equal(OptionTable.Rows(Trainings.Short).Select(row => row.Key).Skip(16), rows.Skip(2).Select(row => row.Key));
        var set = OptionTable.Set<FlowTrainingOptions>(Walk, [new("updates", "9"), new("sampler.steps", "7"), new("batch", "128")]);
        Assert.Equal((9, 7, 128), (Assert.IsType<WalkOptions>(set).Updates, set.Sampler.Steps, set.Batch));
        Assert.Contains("'passes' is not an option", Assert.Throws<LocusException>(() => OptionTable.Set(Walk, [new("passes", "2")])).Message, StringComparison.Ordinal);
        Assert.Equal(2, (Walk with { Batch = 100, Rounds = 0 }).Validate().Count);
    }

    [Fact]
    public void A_run_has_a_recipe_that_is_known_and_the_options_of_its_method()
    {
        using var folder = new TemporaryFolder();
        var environment = RunEnvironment.Here(1);
        Assert.Contains("there is no recipe 'walk'", Assert.Throws<LocusException>(() => RunFolder.Create(folder["run"], Trainings.Ring, "walk", Walk, 1, environment)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RunFolder.Create(folder["run"], Trainings.Ring, "paper", Walk, 1, environment));
        Assert.False(Directory.Exists(folder["run"]));
        RunFolder.Create(folder["run"], Trainings.Ring, "paper", Trainings.Short, 1, environment);
        var file = Path.Combine(folder["run"], "options.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"paper\"", "\"walk\"", StringComparison.Ordinal));
        var message = Assert.Throws<FileContentException>(() => RunFolder.Open(folder["run"])).Message;
        Assert.StartsWith(file, message, StringComparison.Ordinal);
        Assert.Contains("there is no recipe 'walk'; the recipes are locus, paper", message, StringComparison.Ordinal);
    }

    private static WalkTrainer Trainer(Team team) => (WalkTrainer)Walk.Trainer(Trainings.Ring, 1, team);

    private sealed class Log : TrainingObserver
    {
        public List<string> Lines { get; } = [];

        public int After { get; init; }

        public Action? Stop { get; init; }

        public override void Exploring(string what, double fraction) => Add(FormattableString.Invariant($"{what} {fraction}"));

        public override void Updated(in TrainingProgress progress) =>
            Add(FormattableString.Invariant($"{Math.Round(12 * progress.Fraction, 9)}/12 {progress.NetworkSamples} {progress.Loss}"));

        public override void RoundEnded(RoundInfo info, Trainer trainer)
        {
            Assert.True(double.IsNaN(info.Measure("depth")) && double.IsNaN(info.Measure("width")));
            Add(FormattableString.Invariant($"round {info.Round}/{info.Rounds}: {info.Updates} updates, {info.NetworkSamples} samples, loss {info.Loss}, height {info.Measure("height")}"));
        }

        private void Add(string line)
        {
            Lines.Add(line);
            if (Lines.Count == After) Stop?.Invoke();
        }
    }
}
