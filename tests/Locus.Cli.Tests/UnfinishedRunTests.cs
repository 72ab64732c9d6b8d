using System.Text.Json;
using Locus.Engine.Workers;
using Locus.Runs;
using Locus.Training;

namespace Locus.Cli.Tests;

/// <summary>Runs whose training was interrupted: they can be drawn from and measured, and say that they are not done.</summary>
public class UnfinishedRunTests(TrainedRuns runs) : IClassFixture<TrainedRuns>
{
    [Fact]
    public void Samples_and_reports_of_an_interrupted_training_say_so()
    {
        using var folder = new TemporaryFolder();
        var run = Interrupted(folder["run"]);
        var note = $"{run}: training is unfinished: round 2 of 3; go on with: locus train {run}/problem.yaml --out {run} --resume\n";
        Assert.Equal(note, LocusProgram.Call("sample", run, "--count", "1").Done().Error.ReplaceLineEndings("\n"));
        Assert.Empty(LocusProgram.Call("sample", run, "--count", "1", "--quiet").Done().Error);
        var report = LocusProgram.Call("report", run, "--count", "100").Done();
        Assert.Equal(note, report.Error.ReplaceLineEndings("\n"));
        Assert.Contains("\nunfinished   round 2 of 3; ", report.Output, StringComparison.Ordinal);
        Assert.Equal("{\"round\":2,\"rounds\":3}", Training(run).GetProperty("unfinished").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal));

        LocusProgram.Call("train", Path.Combine(run, "problem.yaml"), "--out", run, "--resume", "--count", "100").Done();
        Assert.False(Training(run).TryGetProperty("unfinished", out _));
    }

    [Fact]
    public void A_training_that_went_to_its_end_says_nothing_of_the_kind()
    {
        Assert.Empty(LocusProgram.Call("sample", runs.Rings, "--count", "1").Done().Error);
        Assert.False(Training(runs.Rings).TryGetProperty("unfinished", out _));
    }

    /// <summary>A run like that of the rings, interrupted after its first round.</summary>
    private string Interrupted(string path)
    {
        var whole = RunFolder.Open(runs.Rings);
        using var team = new Team(1);
        var run = RunFolder.Create(path, whole.Problem, whole.Recipe, whole.Options, whole.Seed, RunEnvironment.Here(1));
        using var cancellation = new CancellationTokenSource();
        var trainer = run.Trainer(team);
        trainer.Run(new Interruption(cancellation), cancellation.Token);
        Checkpoint.Write(run.CheckpointFile, trainer);
        return path;
    }

    private static JsonElement Training(string run) =>
        JsonDocument.Parse(LocusProgram.Call("report", run, "--count", "100", "--json", "--quiet").Done().Output).RootElement.GetProperty("training");

    /// <summary>Asks for an end as soon as a round is done.</summary>
    private sealed class Interruption(CancellationTokenSource source) : TrainingObserver
    {
        public override void RoundEnded(RoundInfo info, Trainer trainer) => source.Cancel();
    }
}
