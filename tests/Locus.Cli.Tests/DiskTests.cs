using System.Diagnostics;

namespace Locus.Cli.Tests;

/// <summary>Disks that are full and places without rights.</summary>
public class DiskTests(TrainedRuns runs) : IClassFixture<TrainedRuns>
{
    [Theory]
    [InlineData("samples.csv")]
    [InlineData("samples.npy")]
    public void Samples_on_a_full_disk_are_refused(string name)
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder[name], "/dev/full");
        LocusProgram.Call("sample", runs.Rings, "--count", "100", "--out", folder[name]).Refused(ExitCode.Failed, folder[name], "the disk is full");
        LocusProgram.Call("report", runs.Rings, "--count", "100", "--out", folder[name]).Refused(ExitCode.Failed, folder[name], "the disk is full");
    }

    [Theory]
    [InlineData("list")]
    [InlineData("options --json")]
    [InlineData("check rectangle")]
    [InlineData("sample RUN --count 1000")]
    [InlineData("report RUN --count 100")]
    public void Output_that_cannot_be_written_ends_with_1_and_a_sentence(string words)
    {
        var answer = Shell($"dotnet \"$0\" {words.Replace("RUN", "\"$1\"", StringComparison.Ordinal)} > /dev/full", LocusProgram.File, runs.Rings);
        answer.Refused(ExitCode.Failed, "the output cannot be written");
    }

    [Fact]
    public void A_reader_that_goes_away_is_no_fault()
    {
        var answer = Shell("dotnet \"$0\" sample \"$1\" --count 100000 | head -n 1", LocusProgram.File, runs.Rings);
        Assert.Equal(new Answer(0, "x[0],x[1]\n", ""), answer);
    }

    [Fact]
    public void A_training_that_fills_the_disk_names_the_file_and_goes_on_when_there_is_room()
    {
        using var folder = new TemporaryFolder();
        var run = folder["run"];
        string[] train = ["train", "three-rings", "--out", run, "--seed", "5", "--quiet", .. LocusProgram.Tiny];
        // No file may grow beyond 8 blocks: the texts fit, the checkpoint does not. The runtime's own double mapping would be cut too.
        var words = string.Join(' ', train.Select((_, i) => $"\"${{{i + 1}}}\""));
        var answer = Shell($"trap '' XFSZ; ulimit -f 8; export DOTNET_EnableWriteXorExecute=0; exec dotnet \"$0\" {words}", [LocusProgram.File, .. train]);
        answer.Refused(ExitCode.Failed, Path.Combine(run, "checkpoints/last.safetensors"), "choose another place");
        Assert.Equal(["environment.json", "metrics.jsonl", "options.json", "problem.yaml"], RunFiles.Names(run));
        RunFiles.AreWhole(run);

        LocusProgram.Call([.. train, "--resume"]).Done();
        Assert.Equal(RunFiles.All, RunFiles.Names(run));
        Assert.Equal(File.ReadAllBytes(Path.Combine(runs.Rings, "samples.npy")), File.ReadAllBytes(Path.Combine(run, "samples.npy")));
    }

    [Fact]
    public void A_report_that_does_not_fit_leaves_the_training_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var run = folder.Copy(runs.Rings, "run");
        File.Delete(folder["run/samples.npy"]);
        File.CreateSymbolicLink(folder["run/samples.npy"], "/dev/full");
        string[] train = ["train", "three-rings", "--out", run, "--seed", "5", "--quiet", "--resume", .. LocusProgram.Tiny];
        LocusProgram.Call(train).Refused(ExitCode.Failed, folder["run/samples.npy"], "the disk is full");
        File.Delete(folder["run/samples.npy"]);
        LocusProgram.Call(train).Done();
        Assert.Equal(File.ReadAllBytes(Path.Combine(runs.Rings, "samples.npy")), File.ReadAllBytes(folder["run/samples.npy"]));
    }

    [Fact]
    public void A_folder_without_rights_is_named()
    {
        // Nobody may make files in /proc, not even an administrator, whom ordinary rights would not stop.
        LocusProgram.Call(["train", "three-rings", "--out", "/proc/locus", .. LocusProgram.Tiny]).Refused(ExitCode.Failed, "/proc/locus");
        LocusProgram.Call("new", "/proc/locus.yaml").Refused(ExitCode.Failed, "/proc/locus.yaml");
        LocusProgram.Call("sample", runs.Rings, "--count", "1", "--out", "/proc/locus.csv").Refused(ExitCode.Failed, "/proc/locus.csv");
        LocusProgram.Call("report", runs.Rings, "--count", "10", "--out", "/proc/locus.html").Refused(ExitCode.Failed, "/proc/locus.html");
    }

    private static Answer Shell(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        return LocusProgram.End(process);
    }
}
