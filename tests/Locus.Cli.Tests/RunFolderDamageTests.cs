namespace Locus.Cli.Tests;

/// <summary>Run folders that are none, are damaged, or were changed by hand.</summary>
public class RunFolderDamageTests(TrainedRuns runs) : IClassFixture<TrainedRuns>
{
    [Fact]
    public void What_is_no_run_is_refused()
    {
        using var folder = new TemporaryFolder();
        var plain = folder.Write("plain", "text");
        foreach (var verb in new[] { "sample", "report" })
        {
            LocusProgram.Call(verb, folder["missing"], "--count", "1").Refused(ExitCode.Usage, folder["missing"], "there is no such run folder");
            LocusProgram.Call(verb, folder.Path, "--count", "1").Refused(ExitCode.Usage, folder.Path, "is not a run folder");
            LocusProgram.Call(verb, plain, "--count", "1").Refused(ExitCode.Usage, plain);
            LocusProgram.Call(verb, "", "--count", "1").Refused(ExitCode.Usage, "RUN is empty");
        }
        Assert.Equal(["plain"], RunFiles.Names(folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("{}")]
    [InlineData("{\"seed\":1")]
    [InlineData("{\"seed\":1,\"recipe\":\"paper\"}")]
    [InlineData("{\"seed\":\"x\",\"recipe\":\"paper\",\"training\":{}}")]
    [InlineData("{\"seed\":1e300,\"recipe\":\"paper\",\"training\":{}}")]
    [InlineData("{\"seed\":1,\"seed\":2,\"recipe\":\"paper\",\"training\":{}}")]
    [InlineData("{\"seed\":1,\"recipe\":3,\"training\":{}}")]
    [InlineData("{\"seed\":1,\"recipe\":\"paper\",\"training\":[]}")]
    [InlineData("{\"seed\":1,\"recipe\":\"paper\",\"training\":{\"rounds\":{}, \"roundz\":3}}")]
    [InlineData("{\"seed\":1,\"recipe\":\"paper\",\"training\":{\"sampler\":5}}")]
    [InlineData("{\"seed\":1,\"recipe\":\"paper\",\"training\":{\"batch\":100}}")]
    [InlineData("{\"seed\":1,\"recipe\":\"paper\",\"training\":{\"hidden\":[]}}")]
    [InlineData("{\"seed\":1,\"recipe\":\"paper\",\"training\":{\"hidden\":[null]}}")]
    [InlineData("{\"seed\":1,\"recipe\":\"paper\",\"training\":{\"rounds\":3,\"rounds\":4}}")]
    public void Damaged_options_are_named(string text)
    {
        using var folder = new TemporaryFolder();
        var run = folder.Copy(runs.Rings, "run");
        var file = folder.Write("run/options.json", text);
        LocusProgram.Call("sample", run, "--count", "1").Refused(ExitCode.Usage, file);
        LocusProgram.Call("report", run, "--count", "1").Refused(ExitCode.Usage, file);
        LocusProgram.Call("train", "three-rings", "--out", run, "--resume").Refused(ExitCode.Usage, file);
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Theory]
    // The description belongs to the text as well: the run says so rather than guess what an edit meant.
    [InlineData("problem.yaml", "radii", "radius")]
    [InlineData("problem.yaml", "0.5) <= 0.1", "0.5) <= 0.2")]
    [InlineData("problem.yaml", "norm(x)", "norm(y)")]
    [InlineData("options.json", "\"poolSteps\": 4", "\"poolSteps\": 5")]
    [InlineData("options.json", "\"seed\": 5", "\"seed\": 6")]
    [InlineData("options.json", "32", "16")]
    public void A_run_whose_problem_or_options_were_edited_is_refused(string name, string from, string to)
    {
        using var folder = new TemporaryFolder();
        var run = folder.Copy(runs.Rings, "run");
        var text = File.ReadAllText(folder[$"run/{name}"]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        folder.Write($"run/{name}", text.Replace(from, to, StringComparison.Ordinal));
        LocusProgram.Call("sample", run, "--count", "1").Refused(ExitCode.Usage, run);
        LocusProgram.Call("report", run, "--count", "1").Refused(ExitCode.Usage, run);
        LocusProgram.Call("train", "three-rings", "--out", run, "--resume").Refused(ExitCode.Usage, run);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"threads\":\"two\"}")]
    public void A_damaged_environment_is_named_where_it_is_used(string text)
    {
        using var folder = new TemporaryFolder();
        var run = folder.Copy(runs.Rings, "run");
        var file = folder.Write("run/environment.json", text);
        LocusProgram.Call("sample", run, "--count", "1").Done();
        LocusProgram.Call("report", run, "--count", "64").Refused(ExitCode.Usage, file);
    }

    [Theory]
    [InlineData("x\n")]
    [InlineData("{}\n")]
    [InlineData("{\"round\":\"x\"}\n")]
    [InlineData("{\"round\":1.5}\n")]
    [InlineData("{\"round\":1,\"loss\":[]}\n")]
    public void Damaged_metrics_are_named(string text)
    {
        using var folder = new TemporaryFolder();
        var run = folder.Copy(runs.Rings, "run");
        var file = folder.Write("run/metrics.jsonl", text);
        LocusProgram.Call("train", "three-rings", "--out", run, "--resume", "--quiet", "--count", "64").Refused(ExitCode.Usage, file);
    }

    [Theory]
    [InlineData("problem.yaml", ExitCode.Failed)]
    [InlineData("options.json", ExitCode.Usage)]
    [InlineData("checkpoints/last.safetensors", ExitCode.Usage)]
    [InlineData("environment.json", ExitCode.Failed)]
    public void A_missing_file_is_named(string name, int code)
    {
        using var folder = new TemporaryFolder();
        var run = folder.Copy(runs.Rings, "run");
        File.Delete(folder[$"run/{name}"]);
        LocusProgram.Call("report", run, "--count", "64").Refused(code, run);
    }

    [Fact]
    public void A_run_keeps_its_problem_seed_recipe_and_options()
    {
        LocusProgram.Call("train", "shield", "--out", runs.Rings, "--resume").Refused(ExitCode.Usage, runs.Rings, "its problem is not the 'shield'");
        LocusProgram.Call("train", "three-rings", "--out", runs.Rings, "--resume", "--seed", "6", "--set", "rounds=4")
            .Refused(ExitCode.Usage, "begun with seed 5, not 6", "there and here are rounds 3 and 4");
        LocusProgram.Call("train", "three-rings", "--out", runs.Rings).Refused(ExitCode.Usage, runs.Rings, "holds a run already", "--resume");
    }

    [Fact]
    public void A_lost_checkpoint_folder_or_metrics_file_comes_back_on_the_way()
    {
        using var folder = new TemporaryFolder();
        var run = folder.Copy(runs.Rings, "run");
        var samples = File.ReadAllBytes(folder["run/samples.npy"]);
        Directory.Delete(folder["run/checkpoints"], recursive: true);
        File.Delete(folder["run/metrics.jsonl"]);
        File.Delete(folder["run/samples.npy"]);
        LocusProgram.Call(["train", "three-rings", "--out", run, "--resume", "--seed", "5", .. LocusProgram.Tiny]).Done();
        Assert.Equal(RunFiles.All, RunFiles.Names(run));
        Assert.Equal(samples, File.ReadAllBytes(folder["run/samples.npy"]));
    }

    [Fact]
    public void A_run_does_not_begin_among_other_things_nor_over_a_file()
    {
        using var folder = new TemporaryFolder();
        const string Mine = "# by hand\nname: mine\nvariables:\n  x: { size: 2, box: [-2, 2] }\nconstraints:\n  - norm(x) <= 1\n";
        var file = folder.Write("problem.yaml", Mine);
        LocusProgram.Call(["train", file, "--out", folder.Path, .. LocusProgram.Tiny]).Refused(ExitCode.Usage, folder.Path, "problem.yaml");
        LocusProgram.Call(["train", file, "--out", file, .. LocusProgram.Tiny]).Refused(ExitCode.Usage, file, "is a file");
        LocusProgram.Call(["train", file, "--out", Path.Combine(file, "run"), .. LocusProgram.Tiny]).Refused(ExitCode.Usage, file, "is a file, not a folder");
        Assert.Equal(["problem.yaml"], RunFiles.Names(folder.Path));
        Assert.Equal(Mine, File.ReadAllText(file));
        // An empty folder, and one that a killed beginning left, are as good as none.
        Directory.CreateDirectory(folder["empty/checkpoints"]);
        folder.Write("empty/.options.json.0123abcd.tmp", "{");
        LocusProgram.Call(["train", file, "--out", folder["empty"], .. LocusProgram.Tiny]).Done();
        Assert.Equal(RunFiles.All, RunFiles.Names(folder["empty"]));
    }
}
