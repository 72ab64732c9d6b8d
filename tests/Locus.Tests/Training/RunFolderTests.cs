using System.Text.Json;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Formats;
using Locus.Options;
using Locus.Problems;
using Locus.Tests.Formats;
using Locus.Runs;
using Locus.Training;

namespace Locus.Tests.Training;

public sealed class RunFolderTests
{
    [Fact]
    public void A_run_opens_as_it_was_created()
    {
        using var folder = new TemporaryFolder();
        var created = Create(folder["run"]);
        var opened = RunFolder.Open(folder["run"]);
        Assert.Equal(("paper", -5L), (opened.Recipe, opened.Seed));
        Assert.Equal(Trainings.Ring.ToYaml(), opened.Problem.ToYaml());
        Assert.Equal(OptionTable.ToJson(Trainings.Short).ToJsonString(), OptionTable.ToJson(opened.Options).ToJsonString());
        Assert.False(created.HasCheckpoint);
        Assert.Empty(opened.Metrics());
        Assert.Contains("has no checkpoint yet", Assert.Throws<LocusException>(opened.Sampler).Message, StringComparison.Ordinal);
        Assert.Contains("holds a run already", Assert.Throws<LocusException>(() => Create(folder["run"])).Message, StringComparison.Ordinal);
        using var environment = JsonDocument.Parse(File.ReadAllText(opened.EnvironmentFile));
        Assert.Equal(2, environment.RootElement.GetProperty("threads").GetInt32());
    }

    [Fact]
    public void A_trained_run_is_resumed_and_sampled_from_disk()
    {
        using var folder = new TemporaryFolder();
        using var team = new Team(2);
        var run = Create(folder["run"]);
        var stopped = Trainings.Train(run.Problem, run.Options, team, until: 20, seed: run.Seed);
        Checkpoint.Write(run.CheckpointFile, stopped);
        var trainer = RunFolder.Open(folder["run"]).Trainer(team);
        Assert.Equal(Trainings.Bits(stopped), Trainings.Bits(trainer));
        trainer.Run(new TrainingObserver(), CancellationToken.None);
        Checkpoint.Write(run.CheckpointFile, trainer);
        Assert.Equal(
            trainer.Sampler.Sample(100, Key.Seed(1), team).Points.Values,
            RunFolder.Open(folder["run"]).Sampler().Sample(100, Key.Seed(1), team).Points.Values);
    }

    [Theory]
    [InlineData("problem.yaml")]
    [InlineData("problem.yaml", "environment.json")]
    [InlineData("checkpoints/")]
    public void A_creation_that_was_cut_off_can_be_done_again(params string[] files)
    {
        using var folder = new TemporaryFolder();
        var whole = Create(folder["whole"]);
        Directory.CreateDirectory(folder["run"]);
        foreach (var file in files)
            if (file.EndsWith('/')) Directory.CreateDirectory(Path.Combine(folder["run"], file));
            else File.Copy(Path.Combine(whole.Path, file), Path.Combine(folder["run"], file));
        Assert.False(RunFolder.Exists(folder["run"]));
        Assert.Contains("options.json", Assert.Throws<LocusException>(() => RunFolder.Open(folder["run"])).Message, StringComparison.Ordinal);
        Create(folder["run"]);
        Assert.Equal(-5, RunFolder.Open(folder["run"]).Seed);
    }

    [Fact]
    public void Damaged_options_are_refused_with_their_file_and_never_crash()
    {
        using var folder = new TemporaryFolder();
        Create(folder["run"]);
        var file = Path.Combine(folder["run"], "options.json");
        var bytes = File.ReadAllBytes(file);
        var refused = 0;
        // A tenth of all places, each with a bit turned, a letter and a bracket put in its place, and the end cut off there.
        for (var i = 0; i < bytes.Length; i += 10)
            foreach (var damaged in new[] { Put(bytes, i, (byte)(bytes[i] ^ 4)), Put(bytes, i, (byte)'x'), Put(bytes, i, (byte)'{'), bytes[..i], Put(bytes, i, 0xFF) })
            {
                File.WriteAllBytes(file, damaged);
                var error = Record.Exception(() => RunFolder.Open(folder["run"]));
                if (error is null) continue;
                refused++;
                if (error is not LocusException) Assert.Fail($"byte {i}: {error}");
                Assert.Contains("options.json", error.Message, StringComparison.Ordinal);
            }
        // Only another value can still be options.
        Assert.InRange(refused, bytes.Length / 10 * 4, bytes.Length / 10 * 5 + 5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"training\": {}, \"seed\": 1}")]
    [InlineData("{\"training\": {}, \"recipe\": \"paper\"}")]
    [InlineData("{\"training\": {}, \"recipe\": \"paper\", \"seed\": 1.5}")]
    [InlineData("{\"training\": {}, \"recipe\": 3, \"seed\": 1}")]
    [InlineData("{\"training\": 3, \"recipe\": \"paper\", \"seed\": 1}")]
    [InlineData("{\"training\": {\"rounds\": 0}, \"recipe\": \"paper\", \"seed\": 1}")]
    [InlineData("{\"training\": {\"roundz\": 5}, \"recipe\": \"paper\", \"seed\": 1}")]
    [InlineData("{\"training\": {\"rounds\": 5, \"rounds\": 6}, \"recipe\": \"paper\", \"seed\": 1}")]
    [InlineData("{\"training\": {}, \"training\": {}, \"recipe\": \"paper\", \"seed\": 1}")]
    public void Options_that_Locus_did_not_write_are_refused_with_their_file(string text)
    {
        using var folder = new TemporaryFolder();
        Create(folder["run"]);
        File.WriteAllText(Path.Combine(folder["run"], "options.json"), text);
        var error = Assert.Throws<FileContentException>(() => RunFolder.Open(folder["run"]));
        Assert.StartsWith(Path.Combine(folder["run"], "options.json"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_problem_is_refused_with_its_file()
    {
        using var folder = new TemporaryFolder();
        Create(folder["run"]);
        var file = Path.Combine(folder["run"], "problem.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("norm", "nrom", StringComparison.Ordinal));
        Assert.Contains("problem.yaml", Assert.Throws<ProblemException>(() => RunFolder.Open(folder["run"])).Message, StringComparison.Ordinal);
        File.Delete(file);
        Assert.Contains("problem.yaml", Assert.ThrowsAny<LocusException>(() => RunFolder.Open(folder["run"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_are_cut_back_to_the_checkpoint()
    {
        using var folder = new TemporaryFolder();
        using var team = new Team(1);
        var run = Create(folder["run"]);
        const string five = "{\"round\":1}\n{\"round\":2}\n{\"round\":3}\n{\"round\":4}\n{\"rou";
        File.WriteAllText(run.MetricsFile, five);
        Checkpoint.Write(run.CheckpointFile, Trainings.Train(run.Problem, run.Options, team, until: 2 * Trainings.UpdatesPerRound + 3, seed: run.Seed));
        Assert.Equal(4, run.Metrics().Count);
        run.Trainer(team);
        Assert.Equal("{\"round\":1}\n{\"round\":2}\n", File.ReadAllText(run.MetricsFile));

        // Without a checkpoint all rounds are done again.
        File.Delete(run.CheckpointFile);
        run.Trainer(team);
        Assert.Equal("", File.ReadAllText(run.MetricsFile));
    }

    [Fact]
    public void Free_and_last_folders_count_from_one()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(folder["ring-001"], RunFolder.Free(folder[""], "ring"));
        Assert.Equal(folder["ring-001"], RunFolder.Last(folder[""], "ring"));
        foreach (var name in new[] { "ring-001", "ring-002", "other-003" }) Directory.CreateDirectory(folder[name]);
        Assert.Equal(folder["ring-003"], RunFolder.Free(folder[""], "ring"));
        Assert.Equal(folder["ring-002"], RunFolder.Last(folder[""], "ring"));
    }

    private static byte[] Put(byte[] bytes, int place, byte value)
    {
        byte[] damaged = [.. bytes];
        damaged[place] = value;
        return damaged;
    }

    private static RunFolder Create(string path) => RunFolder.Create(path, Trainings.Ring, "paper", Trainings.Short, -5, RunEnvironment.Here(2));
}
