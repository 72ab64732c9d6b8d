using System.Text.Json;
using Locus.Formats;

namespace Locus.Cli.Tests;

/// <summary>The same problem, options and seed give the same bytes, whatever happens on the way.</summary>
public class SameBitsTests(TrainedRuns runs) : IClassFixture<TrainedRuns>
{
    // Enough rounds that there is a middle; still a second or two in all.
    private static readonly string[] Longer = [.. LocusProgram.Tiny, "--set", "rounds=100", "--quiet"];

    private const string Circle = """
        name: circle
        variables:
          x: { size: 2, box: [-2, 2] }
        parameters:
          radius: { range: [0.5, 1.5] }
        constraints:
          - norm(x) == radius

        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Samples_do_not_depend_on_threads(int threads)
    {
        using var folder = new TemporaryFolder();
        LocusProgram.Call(["train", runs.HoleFile, "--out", folder["run"], "--threads", $"{threads}", .. LocusProgram.Tiny]).Done();
        AssertSame(runs.Hole, folder["run"]);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "AVX2")]
    [InlineData("DOTNET_EnableAVX2", "none")]
    [InlineData("DOTNET_EnableHWIntrinsic", "none")]
    public void Samples_do_not_depend_on_the_processor_s_vectors(string off, string vectors)
    {
        using var folder = new TemporaryFolder();
        LocusProgram.Run(folder.Path, new Dictionary<string, string> { [off] = "0" }, ["train", runs.HoleFile, "--out", folder["run"], .. LocusProgram.Tiny]).Done();
        AssertSame(runs.Hole, folder["run"]);
        AssertSwitched(folder["run"], vectors);
    }

    // A volume, a surface, a volume and a surface for each value of parameters.
    [Theory]
    [InlineData("three-rings")]
    [InlineData("sphere")]
    [InlineData("HOLE")]
    [InlineData("CIRCLE")]
    public void Samples_of_the_default_method_depend_neither_on_threads_nor_on_vectors(string set)
    {
        using var folder = new TemporaryFolder();
        var problem = set switch { "HOLE" => runs.HoleFile, "CIRCLE" => folder.Write("circle.yaml", Circle), _ => set };
        LocusProgram.Call(["train", problem, "--out", folder["1"], "--threads", "1", .. LocusProgram.Small]).Done();
        foreach (var threads in new[] { "2", "3" })
        {
            LocusProgram.Call(["train", problem, "--out", folder[threads], "--threads", threads, .. LocusProgram.Small]).Done();
            AssertSame(folder["1"], folder[threads]);
        }
        foreach (var (off, vectors) in new[] { ("DOTNET_EnableAVX512", "AVX2"), ("DOTNET_EnableAVX2", "none") })
        {
            LocusProgram.Run(folder.Path, new Dictionary<string, string> { [off] = "0" }, ["train", problem, "--out", folder[off], .. LocusProgram.Small]).Done();
            AssertSame(folder["1"], folder[off]);
            AssertSwitched(folder[off], vectors);
        }
    }

    // While the set is looked at from outside, while charts spread over it, while the pool is paired with noise.
    [Theory]
    [InlineData("searching the set")]
    [InlineData("spreading over it")]
    [InlineData("pairing it with noise")]
    public void An_exploration_that_is_interrupted_ends_with_130_and_is_made_again_to_the_same_samples(string moment)
    {
        using var folder = new TemporaryFolder();
        // A larger pool, so that pairing it takes longer than a signal.
        string[] train = ["train", "sphere", .. LocusProgram.Small, "--set", "poolSize=16384", "--set", "updates=8"];
        LocusProgram.Call([.. train, "--out", folder["whole"]]).Done();
        using (var process = LocusProgram.Start(folder.Path, new Dictionary<string, string>(), [.. train, "--out", folder["run"]]))
        {
            while (process.StandardError.ReadLine() is { } line && !line.Contains(moment, StringComparison.Ordinal)) { }
            Signals.Interrupt(process);
            LocusProgram.End(process).Refused(ExitCode.Interrupted, "interrupted before the first update", "the training is saved", "--resume");
        }
        Assert.Equal(["checkpoints/last.safetensors", "environment.json", "metrics.jsonl", "options.json", "problem.yaml"], RunFiles.Names(folder["run"]));
        RunFiles.AreWhole(folder["run"]);
        LocusProgram.Call([.. train, "--out", folder["run"], "--resume"]).Done();
        AssertSame(folder["whole"], folder["run"]);
    }

    [Fact]
    public void A_run_that_is_killed_once_it_has_a_checkpoint_goes_on_to_the_same_samples()
    {
        using var folder = new TemporaryFolder();
        LocusProgram.Call(["train", "shield", "--out", folder["whole"], .. Longer]).Done();
        var path = folder["killed"];
        using (var process = LocusProgram.Start(folder.Path, new Dictionary<string, string>(), ["train", "shield", "--out", path, .. Longer]))
        {
            while (!File.Exists(Path.Combine(path, "checkpoints/last.safetensors")) && !process.HasExited) Thread.Sleep(1);
            process.Kill();
            process.WaitForExit();
        }
        Assert.False(File.Exists(Path.Combine(path, "samples.npy")), "the training was over before it could be killed");
        RunFiles.AreWhole(path);
        LocusProgram.Run(folder.Path, ["train", "shield", "--out", path, "--resume", .. Longer]).Done();
        AssertSame(folder["whole"], path);
        Assert.Equal(Enumerable.Range(1, 100), JsonLines.Read(Path.Combine(path, "metrics.jsonl")).Select(line => line.GetProperty("round").GetInt32()));
    }

    [Fact]
    public void An_interrupted_run_saves_ends_with_130_and_goes_on_to_the_same_samples()
    {
        using var folder = new TemporaryFolder();
        LocusProgram.Call(["train", "spiral", "--out", folder["whole"], .. Longer]).Done();
        var path = folder["interrupted"];
        var interruptions = 0;
        // Interrupted three times, then left to its end.
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var before = Lines(path);
            using var process = LocusProgram.Start(folder.Path, new Dictionary<string, string>(), ["train", "spiral", "--out", path, "--resume", .. Longer]);
            while (attempt < 3 && Lines(path) < before + 10 && !process.HasExited) Thread.Sleep(1);
            if (attempt == 1)
            {
                // Twice, as by those who signal a process and then its group.
                Signals.Terminate(process);
                Signals.Terminate(process);
            }
            else if (attempt < 3) Signals.Interrupt(process);
            var answer = LocusProgram.End(process);
            RunFiles.AreWhole(path);
            if (answer.Code == ExitCode.Done) break;
            answer.Refused(ExitCode.Interrupted, "interrupted in round ", "the training is saved", "--resume");
            interruptions++;
        }
        Assert.True(interruptions > 0, "the training was over before it could be interrupted");
        AssertSame(folder["whole"], path);
        Assert.Equal(Enumerable.Range(1, 100), JsonLines.Read(Path.Combine(path, "metrics.jsonl")).Select(line => line.GetProperty("round").GetInt32()));

        static int Lines(string run) => File.Exists(Path.Combine(run, "metrics.jsonl")) ? File.ReadAllText(Path.Combine(run, "metrics.jsonl")).Count(c => c == '\n') : 0;
    }

    [Fact]
    public void An_interrupted_report_says_that_the_training_is_saved()
    {
        using var folder = new TemporaryFolder();
        var run = folder.Copy(runs.Rings, "run");
        string[] train = ["train", "three-rings", "--out", run, "--seed", "5", "--resume", .. LocusProgram.Tiny[..^2]];
        var checkpoint = File.ReadAllBytes(folder["run/checkpoints/last.safetensors"]);
        // So many samples that drawing them takes far longer than the signal.
        using (var process = LocusProgram.Start(folder.Path, new Dictionary<string, string>(), [.. train, "--count", "20000000"]))
        {
            Assert.Contains("is trained already", process.StandardError.ReadLine(), StringComparison.Ordinal);
            Signals.Interrupt(process);
            LocusProgram.End(process).Refused(ExitCode.Interrupted, "interrupted before the report was made", "the training is saved", $"Go on with: locus train three-rings --out {run} --seed 5 --resume", "--count 20000000");
        }
        Assert.Equal(checkpoint, File.ReadAllBytes(folder["run/checkpoints/last.safetensors"]));
        Assert.Equal(RunFiles.All, RunFiles.Names(run));
        RunFiles.AreWhole(run);
    }

    // The switch did something: at most these vectors are left, on any processor.
    private static void AssertSwitched(string run, string vectors)
    {
        using var environment = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "environment.json")));
        Assert.Contains(environment.RootElement.GetProperty("vectors").GetString(), new[] { vectors, "none" });
    }

    private static void AssertSame(string expected, string actual)
    {
        Assert.Equal(RunFiles.All, RunFiles.Names(actual));
        Assert.Equal(File.ReadAllBytes(Path.Combine(expected, "samples.npy")), File.ReadAllBytes(Path.Combine(actual, "samples.npy")));
        var (a, b) = (SafetensorsReader.Read(Path.Combine(expected, "checkpoints/last.safetensors")), SafetensorsReader.Read(Path.Combine(actual, "checkpoints/last.safetensors")));
        // All of the state but the seconds spent.
        foreach (var name in a.Tensors.Keys.Where(name => name != "seconds")) Assert.True(a.Tensors[name].Bytes.SequenceEqual(b.Tensors[name].Bytes), $"{name} differs");
    }
}
