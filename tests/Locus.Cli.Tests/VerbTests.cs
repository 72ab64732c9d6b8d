using System.Text.Json;
using Locus.Formats;

namespace Locus.Cli.Tests;

public class VerbTests(TrainedRuns runs) : IClassFixture<TrainedRuns>
{
    private static readonly string[] Names = [.. Gallery.Gallery.All.Select(entry => entry.Problem.Name), .. Gallery.Gallery.FromData.Select(entry => entry.Name)];

    [Fact]
    public void The_name_alone_and_help_show_the_verbs_by_the_name_that_people_type()
    {
        var bare = LocusProgram.Call().Done();
        Assert.Equal(bare.Output, LocusProgram.Call("--help").Done().Output);
        Assert.Contains("locus [command] [options]", bare.Output, StringComparison.Ordinal);
        foreach (var verb in new[] { "list", "new", "check", "train", "sample", "report", "reproduce", "bench", "options" })
        {
            Assert.Contains($"\n  {verb} ", bare.Output, StringComparison.Ordinal);
            var help = LocusProgram.Call(verb, "--help").Done();
            Assert.Contains($"locus {verb}", help.Output, StringComparison.Ordinal);
            Assert.Empty(help.Error);
        }
        Assert.Matches(@"^\d+\.\d+\.\d+", LocusProgram.Call("--version").Done().Output);
    }

    [Fact]
    public void List_names_the_gallery_as_a_table_and_as_json()
    {
        var list = LocusProgram.Call("list").Done();
        Assert.Contains("many-well-N, N even from 2 to 512", list.Error, StringComparison.Ordinal);
        var table = list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["name", .. Names], table.Select(line => line.Split(' ')[0]));
        using var json = JsonDocument.Parse(LocusProgram.Call("list", "--json").Done().Output);
        Assert.Equal(Names, json.RootElement.EnumerateArray().Select(e => e.GetProperty("name").GetString()));
        Assert.Equal([2, 2, 2, 2, 10, 50], json.RootElement.EnumerateArray().Take(6).Select(e => e.GetProperty("dimension").GetInt32()));
        Assert.Equal("surface", json.RootElement[3].GetProperty("measure").GetString());
    }

    [Fact]
    public void Options_are_listed_with_default_and_reason()
    {
        Assert.Contains("\nsampler.steps ", LocusProgram.Call("options").Done().Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(LocusProgram.Call("options", "--json", "--recipe", "paper").Done().Output);
        Assert.All(json.RootElement.EnumerateArray(), row => Assert.NotEmpty(row.GetProperty("purpose").GetString()!));
        Assert.StartsWith("#", LocusProgram.Call("options", "--markdown").Done().Output, StringComparison.Ordinal);
        LocusProgram.Call("options", "--recipe", "papper").Refused(ExitCode.Usage, "'papper'", "paper");
    }

    [Fact]
    public void A_new_file_checks_and_trains()
    {
        using var folder = new TemporaryFolder();
        var file = folder["plate.yaml"];
        var made = LocusProgram.Call("new", file).Done();
        Assert.Empty(made.Output);
        Assert.Contains($"wrote {file}", made.Error, StringComparison.Ordinal);
        Assert.Contains("name: plate", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Empty(LocusProgram.Call("new", folder["quiet.yaml"], "--quiet").Done().Error);
        Assert.Equal($"{{\"file\":\"{folder["json.yaml"]}\"}}", LocusProgram.Call("new", folder["json.yaml"], "--json").Done().Output.TrimEnd());
        LocusProgram.Call("new", file).Refused(ExitCode.Usage, file, "exists already");

        Assert.Contains("ok ", LocusProgram.Call("check", file).Done().Output, StringComparison.Ordinal);
        LocusProgram.Call(["train", file, "--out", folder["run"], .. LocusProgram.Tiny]).Done();
        Assert.Equal(RunFiles.All, RunFiles.Names(folder["run"]));
        Assert.StartsWith("x[0],x[1],hole\n", LocusProgram.Call("sample", folder["run"], "--count", "2").Done().Output, StringComparison.Ordinal);

        // In the plane the page shows samples over the set, which needs a value of the parameter.
        var page = File.ReadAllText(folder["run/report.html"]);
        Assert.Contains("<figcaption>Raw samples for hole = 0 m over the set: all coordinates.", page, StringComparison.Ordinal);
        Assert.Contains("hole, at random within range, anew for each sample. The numbers are over all that were drawn; the pictures show samples for one value.", page, StringComparison.Ordinal);
        LocusProgram.Call("report", folder["run"], "--count", "100", "--given", "hole=0.5", "--out", folder["given.html"]).Done();
        page = File.ReadAllText(folder["given.html"]);
        Assert.Contains("<figcaption>Raw samples for hole = 0.5 m over the set: all coordinates.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("drawn at random", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_tells_of_gallery_problems_and_of_sets_that_no_point_meets()
    {
        using var folder = new TemporaryFolder();
        using var rings = JsonDocument.Parse(LocusProgram.Call("check", "three-rings", "--json", "--seed", "2").Done().Output);
        Assert.Equal("three-rings", rings.RootElement.GetProperty("problem").GetString());
        Assert.Equal("volume", rings.RootElement.GetProperty("measure").GetString());
        Assert.Equal("ok", rings.RootElement.GetProperty("findings")[0].GetProperty("level").GetString());

        var hole = LocusProgram.Call("check", runs.HoleFile).Done().Output;
        Assert.Contains("sizes: 3 variables, 2 parameters, 2 inequalities, 0 equalities", hole, StringComparison.Ordinal);
        Assert.DoesNotContain("condition", hole, StringComparison.Ordinal);

        var never = folder.Write("never.yaml", "name: never\nvariables:\n  x: { size: 2, box: [-2, 2] }\nconstraints:\n  - norm(x) <= -1\n");
        var answer = LocusProgram.Call("check", never);
        Assert.Equal(ExitCode.Usage, answer.Code);
        Assert.Contains("no point found meets norm(x) <= -1", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_writes_every_file_of_a_run_and_each_is_whole()
    {
        Assert.Equal(RunFiles.All, RunFiles.Names(runs.Rings));
        RunFiles.AreWhole(runs.Rings);
        using var options = JsonDocument.Parse(File.ReadAllText(Path.Combine(runs.Rings, "options.json")));
        Assert.Equal(5, options.RootElement.GetProperty("seed").GetInt64());
        Assert.Equal("paper", options.RootElement.GetProperty("recipe").GetString());
        Assert.Equal(3, options.RootElement.GetProperty("training").GetProperty("rounds").GetInt32());
        Assert.Equal("cosine", options.RootElement.GetProperty("training").GetProperty("learningRateDecay").GetString());
        var rounds = JsonLines.Read(Path.Combine(runs.Rings, "metrics.jsonl"));
        Assert.Equal([1, 2, 3], rounds.Select(r => r.GetProperty("round").GetInt32()));
        Assert.Equal([500, 2], NpyReader.Read(Path.Combine(runs.Rings, "samples.npy")).Shape);
        Assert.Equal([500, 5], NpyReader.Read(Path.Combine(runs.Hole, "samples.npy")).Shape);
    }

    [Fact]
    public void Training_in_a_fresh_folder_numbers_its_runs()
    {
        using var folder = new TemporaryFolder();
        string[] train = ["train", "rectangle", "--quiet", .. LocusProgram.Tiny];
        var first = LocusProgram.Run(folder.Path, train).Done();
        Assert.Empty(first.Error);
        Assert.StartsWith("problem      rectangle", first.Output, StringComparison.Ordinal);
        LocusProgram.Run(folder.Path, [.. train, "--seed", "2"]).Done();
        Assert.Equal(RunFiles.All.Select(f => "runs/rectangle-001/" + f).Concat(RunFiles.All.Select(f => "runs/rectangle-002/" + f)), RunFiles.Names(folder.Path));
        Assert.NotEqual(File.ReadAllBytes(folder["runs/rectangle-001/samples.npy"]), File.ReadAllBytes(folder["runs/rectangle-002/samples.npy"]));
        // Without --out the last run is the one that goes on; this one is done, and only its report is made again.
        var resumed = LocusProgram.Run(folder.Path, [.. train, "--resume", "--json"]).Done();
        using var json = JsonDocument.Parse(resumed.Output);
        Assert.Equal(2, json.RootElement.GetProperty("training").GetProperty("seed").GetInt64());
    }

    [Fact]
    public void Quiet_training_says_nothing_but_its_result_and_json_is_all_of_the_output()
    {
        using var folder = new TemporaryFolder();
        var quiet = LocusProgram.Call(["train", "shield", "--out", folder["a"], "--quiet", "--json", .. LocusProgram.Tiny]).Done();
        Assert.Empty(quiet.Error);
        using var json = JsonDocument.Parse(quiet.Output);
        Assert.Equal(json.RootElement.GetRawText(), JsonDocument.Parse(File.ReadAllText(folder["a/report.json"])).RootElement.GetRawText());
        var loud = LocusProgram.Call(["train", "shield", "--out", folder["b"], .. LocusProgram.Tiny]).Done();
        Assert.Matches(@"\nround 3/3: 100 % .*, success at 0\.001: [01]\.\d\d\d, slack ", loud.Error);
        Assert.DoesNotContain("round ", loud.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(folder["a/samples.npy"]), File.ReadAllBytes(folder["b/samples.npy"]));
    }

    [Fact]
    public void A_report_has_the_keys_that_others_read()
    {
        var answer = LocusProgram.Call("report", runs.Rings, "--count", "300", "--json").Done();
        Assert.Empty(answer.Error);
        using var json = JsonDocument.Parse(answer.Output);
        var report = json.RootElement;
        Assert.Equal("three-rings", report.GetProperty("problem").GetString());
        Assert.Equal(2, report.GetProperty("dimension").GetInt32());
        Assert.Equal(300, report.GetProperty("count").GetInt32());
        Assert.Equal("volume", report.GetProperty("measure").GetString());
        Assert.Equal("euler", report.GetProperty("sampler").GetProperty("method").GetString());
        Assert.Equal(8, report.GetProperty("sampler").GetProperty("steps").GetInt32());
        Assert.Equal(8, report.GetProperty("sampler").GetProperty("networkEvaluations").GetInt32());
        var raw = report.GetProperty("raw");
        foreach (var key in new[] { "meanSlack", "maxSlack", "energyDistance", "energyDistanceFloor" }) Assert.True(double.IsFinite(raw.GetProperty(key).GetDouble()), key);
        foreach (var threshold in new[] { "0.001", "1e-06" }) Assert.InRange(raw.GetProperty("success").GetProperty(threshold).GetDouble(), 0, 1);
        Assert.Equal(3, raw.GetProperty("shares").GetArrayLength());
        Assert.Equal(1, raw.GetProperty("trueShares").EnumerateArray().Sum(s => s.GetDouble()), 9);
        var training = report.GetProperty("training");
        Assert.Equal("paper", training.GetProperty("recipe").GetString());
        Assert.Equal(5, training.GetProperty("seed").GetInt64());
        Assert.Equal(3 * 512, training.GetProperty("networkSamples").GetInt64());
        Assert.True(training.GetProperty("seconds").GetDouble() > 0);
        Assert.True(training.GetProperty("threads").GetInt32() > 0);
        Assert.Equal(JsonValueKind.Object, report.GetProperty("environment").ValueKind);
    }

    [Fact]
    public void A_report_says_which_parameters_were_drawn()
    {
        string[] report = ["report", runs.Hole, "--count", "100", "--given", "width=0.2"];
        var answer = LocusProgram.Call(report).Done();
        Assert.Contains("\ndrawn        hole, at random within range, anew for each sample\n", answer.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("each sample: hole; to choose, write --given hole=VALUE", answer.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(LocusProgram.Call([.. report, "--json"]).Done().Output);
        Assert.Equal("hole", Assert.Single(json.RootElement.GetProperty("drawn").EnumerateArray()).GetString());
        using var given = JsonDocument.Parse(LocusProgram.Call([.. report, "--json", "--given", "hole=0"]).Done().Output);
        Assert.False(given.RootElement.TryGetProperty("drawn", out _));
        var page = File.ReadAllText(Path.Combine(runs.Hole, "report.html"));
        Assert.Contains("<figcaption>Raw samples, each for parameters of its own: the first two of 3 coordinates.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_without_truth_has_no_energy_distance_and_says_that_spread_was_not_measured()
    {
        const string sentence = "\nHow evenly the samples lie was not measured: no exact sampler is known for this set. The paper's method draws its samples together.\n";
        Assert.EndsWith(sentence, LocusProgram.Call("report", runs.Hole, "--count", "100").Done().Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("not measured", LocusProgram.Call("report", runs.Rings, "--count", "100").Done().Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(LocusProgram.Call("report", runs.Hole, "--count", "100", "--json", "--given", "hole=0.5", "--given", "width=0.2").Done().Output);
        Assert.False(json.RootElement.GetProperty("raw").TryGetProperty("energyDistance", out _));
        Assert.Equal(0.5, json.RootElement.GetProperty("given").GetProperty("hole").GetDouble());
    }

    [Fact]
    public void Reporting_leaves_the_run_alone_and_writes_the_page_where_it_is_told()
    {
        using var folder = new TemporaryFolder();
        var before = RunFiles.All.Select(name => File.ReadAllBytes(Path.Combine(runs.Rings, name))).ToList();
        var answer = LocusProgram.Call("report", runs.Rings, "--count", "200", "--set", "sampler.steps=3", "--set", "method=heun", "--out", folder["page.html"]).Done();
        Assert.Contains("heun, 3 steps", answer.Output, StringComparison.Ordinal);
        Assert.Contains("</html>", File.ReadAllText(folder["page.html"]), StringComparison.Ordinal);
        Assert.Equal(before, RunFiles.All.Select(name => File.ReadAllBytes(Path.Combine(runs.Rings, name))).ToList());
    }

    [Fact]
    public void A_required_quality_that_is_missed_ends_with_3_and_the_result_is_printed_all_the_same()
    {
        var missed = LocusProgram.Call("report", runs.Rings, "--count", "100", "--json", "--require", "success=1.5", "--require", "meanSlack=-1", "--require", "maxSlack=1e9");
        Assert.Equal(ExitCode.QualityMissed, missed.Code);
        JsonDocument.Parse(missed.Output).Dispose();
        Assert.Contains("success at 0.001 is ", missed.Error, StringComparison.Ordinal);
        Assert.Contains("at least 1.5 was required", missed.Error, StringComparison.Ordinal);
        Assert.Contains("meanSlack is ", missed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("maxSlack", missed.Error, StringComparison.Ordinal);
        LocusProgram.Call("report", runs.Rings, "--count", "100", "--require", "success=0", "--require", "energyDistance=1e9").Done();
        var unknown = LocusProgram.Call("report", runs.Hole, "--count", "100", "--require", "energyDistance=1");
        Assert.Equal(ExitCode.QualityMissed, unknown.Code);
        Assert.Contains("not known for this problem", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Qualities_of_projected_samples_can_be_required_too()
    {
        string[] report = ["report", runs.Hole, "--count", "200", "--quiet"];
        LocusProgram.Call([.. report, "--require", "projected.success=1", "--require", "projected.maxSlack=1e-9", "--require", "projected.failed=0", "--require", "certified=1", "--require", "effectiveShare=0"]).Done();
        var missed = LocusProgram.Call([.. report, "--require", "projected.success=1.5", "--require", "projected.meanMove=-1", "--require", "certified=1.5", "--require", "effectiveShare=1.5"]);
        Assert.Equal(ExitCode.QualityMissed, missed.Code);
        Assert.Contains("locus: projected.success at 0.001 is 1, at least 1.5 was required", missed.Error, StringComparison.Ordinal);
        foreach (var part in new[] { "projected.meanMove is ", "at most -1 was required", "certified is 1, ", "effectiveShare is 0." }) Assert.Contains(part, missed.Error, StringComparison.Ordinal);
        LocusProgram.Call([.. report, "--require", "projected.sucess=1"]).Refused(ExitCode.Usage, "did you mean \"projected.success\"?");
        LocusProgram.Call([.. report, "--exact", "5", "--require", "chained.success=1", "--require", "chained.still=100", "--require", "chained.certified=1"]).Done();
        LocusProgram.Call([.. report, "--require", "chained.still=0"]).Refused(ExitCode.Usage, "--require chained.still: is measured after reversible steps alone; give their number with --exact K");
        LocusProgram.Call([.. report, "--exact", "5", "--raw-only"]).Refused(ExitCode.Usage, "--raw-only and --exact 5: the steps begin at projected samples");
        LocusProgram.Call([.. report, "--raw-only", "--require", "success=0", "--require", "certified=1", "--require", "projected.failed=0"])
            .Refused(ExitCode.Usage, "--require certified: is not measured with --raw-only", "--require projected.failed: is not measured with --raw-only");
    }

    [Fact]
    public void A_report_compares_with_rivals_where_it_is_asked_to()
    {
        string[] report = ["report", runs.Hole, "--count", "200", "--quiet"];
        using var rivals = JsonDocument.Parse(LocusProgram.Call([.. report, "--json", "--rivals", "0.3"]).Done().Output);
        var compared = rivals.RootElement.GetProperty("rivals");
        Assert.Equal("projected", compared.GetProperty("samples").GetString());
        Assert.Equal(["rejection", "walk", "descent"], compared.GetProperty("rivals").EnumerateArray().Select(rival => rival.GetProperty("name").GetString()));
        Assert.Matches("^For hole = 0, width = 0.3, and perhaps not for other values: The network is (not )?worth its training", compared.GetProperty("verdict").GetString());
        foreach (var time in new[] { "0", "soon", "-1" }) LocusProgram.Call([.. report, "--rivals", time]).Refused(ExitCode.Usage, $"--rivals {time}: is no number of seconds above 0");
        var table = LocusProgram.Call([.. report, "--given", "hole=0.5", "--rivals", "0.3"]).Done().Output;
        Assert.Matches(@"\nrivals +in the same time, on \d+ threads, for hole = 0.5, width = 0.3; the reference is the network, its samples projected\n", table);
        Assert.Matches(@"\nrejection: samples per second +[\d.,e]+ +[\d.,e]+ +each exact\n", table);
        Assert.Contains("\nFor hole = 0.5, width = 0.3, and perhaps not for other values: The network is ", table, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_measures_raw_projected_and_weighted_samples_or_raw_ones_alone()
    {
        string[] report = ["report", runs.Hole, "--count", "200", "--json", "--quiet"];
        var all = LocusProgram.Call(report).Done().Output;
        using var json = JsonDocument.Parse(all);
        var (raw, projected) = (json.RootElement.GetProperty("raw"), json.RootElement.GetProperty("projected"));
        Assert.Equal([.. raw.EnumerateObject().Select(p => p.Name), "meanMove", "failed", "certificates"], projected.EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, projected.GetProperty("success").GetProperty("1e-09").GetDouble());
        Assert.Equal(200, projected.GetProperty("certificates").GetProperty("inside").GetInt32());
        var weights = json.RootElement.GetProperty("weights");
        Assert.Equal(200, weights.GetProperty("count").GetInt32());
        Assert.Equal(20, weights.GetProperty("sampler").GetProperty("steps").GetInt32());
        Assert.False(json.RootElement.GetProperty("sampler").GetProperty("guided").GetBoolean());
        Assert.Equal(all, LocusProgram.Call([.. report, "--threads", "3"]).Done().Output);

        using var alone = JsonDocument.Parse(LocusProgram.Call([.. report, "--raw-only"]).Done().Output);
        Assert.Equal(raw.GetRawText(), alone.RootElement.GetProperty("raw").GetRawText());
        Assert.False(alone.RootElement.TryGetProperty("projected", out _));
        Assert.False(alone.RootElement.TryGetProperty("weights", out _));
        var table = LocusProgram.Call("report", runs.Hole, "--count", "200", "--quiet").Done().Output.ReplaceLineEndings("\n");
        foreach (var group in new[] { "\n\nraw samples  ", "\n\nprojected samples  ", "\n\nweighted samples  " }) Assert.Contains(group, table, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_checks_what_is_required_and_keeps_its_files_when_it_is_missed()
    {
        using var folder = new TemporaryFolder();
        var answer = LocusProgram.Call(["train", "rectangle", "--out", folder["run"], "--require", "success=1.5", .. LocusProgram.Tiny]);
        Assert.Equal(ExitCode.QualityMissed, answer.Code);
        Assert.Equal(RunFiles.All, RunFiles.Names(folder["run"]));
    }
}
