using System.Globalization;
using System.Text.Json;
using Locus.Formats;
using Locus.Problems;
using Locus.Runs;
using Locus.Training;

namespace Locus.Cli.Tests;

public class SampleTests(TrainedRuns runs) : IClassFixture<TrainedRuns>
{
    [Fact]
    public void All_ways_out_hold_the_same_numbers_and_the_output_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string[] sample = ["sample", runs.Hole, "--count", "70", "--quiet"];
        Assert.Equal(new Answer(0, "", ""), LocusProgram.Call([.. sample, "--out", folder["a.npy"]]));
        Assert.Equal(new Answer(0, "", ""), LocusProgram.Call([.. sample, "--out", folder["a.csv"]]));
        var printed = LocusProgram.Call(sample).Done();
        Assert.Empty(printed.Error);
        Assert.Equal(File.ReadAllText(folder["a.csv"]), printed.Output);
        Assert.Equal(printed, LocusProgram.Call([.. sample, "--out", "-"]));

        var tensor = NpyReader.Read(folder["a.npy"]);
        Assert.Equal([70, 5], tensor.Shape);
        var lines = printed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("x[0],x[1],y,hole,width", lines[0]);
        Assert.Equal(tensor.ToArray<double>(), lines.Skip(1).SelectMany(line => line.Split(',')).Select(text => double.Parse(text, CultureInfo.InvariantCulture)));
        using var json = JsonDocument.Parse(LocusProgram.Call([.. sample, "--json"]).Done().Output);
        Assert.Equal(lines[0].Split(','), json.RootElement.GetProperty("names").EnumerateArray().Select(n => n.GetString()));
        Assert.Equal(tensor.ToArray<double>(), json.RootElement.GetProperty("samples").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(v => v.GetDouble()));
    }

    [Theory]
    [InlineData("a.npy")]
    [InlineData("a.csv")]
    public void A_file_that_was_written_is_named_with_its_count(string name)
    {
        using var folder = new TemporaryFolder();
        var file = folder[name];
        string[] sample = ["sample", runs.Rings, "--count", "1500", "--out", file];
        Assert.Equal(new Answer(0, "", $"wrote {file}: 1,500 samples of x[0], x[1]{Environment.NewLine}"), LocusProgram.Call(sample));
        Assert.Equal(new Answer(0, $"{{\"file\":\"{file}\",\"count\":1500}}{Environment.NewLine}", ""), LocusProgram.Call([.. sample, "--json", "--quiet"]));
    }

    [Fact]
    public void Without_a_seed_the_samples_are_those_of_the_run()
    {
        using var folder = new TemporaryFolder();
        LocusProgram.Call("sample", runs.Rings, "--count", "500", "--out", folder["a.npy"]).Done();
        Assert.Equal(File.ReadAllBytes(Path.Combine(runs.Rings, "samples.npy")), File.ReadAllBytes(folder["a.npy"]));
        LocusProgram.Call("sample", runs.Rings, "--count", "500", "--seed", "5", "--threads", "3", "--out", folder["b.npy"]).Done();
        Assert.Equal(File.ReadAllBytes(folder["a.npy"]), File.ReadAllBytes(folder["b.npy"]));
    }

    [Fact]
    public void Sample_i_is_the_same_for_any_count_and_another_for_another_seed()
    {
        var many = LocusProgram.Call("sample", runs.Rings, "--count", "130").Done().Output;
        foreach (var count in new[] { 0, 1, 63, 64, 65 })
        {
            var few = LocusProgram.Call("sample", runs.Rings, "--count", $"{count}").Done().Output;
            Assert.StartsWith(few, many, StringComparison.Ordinal);
            Assert.Equal(count + 1, few.Count(c => c == '\n'));
        }
        var seeds = new[] { "0", "1", "-5", "9223372036854775807", "-9223372036854775808" }.Select(seed => LocusProgram.Call("sample", runs.Rings, "--count", "2", "--seed", seed).Done().Output);
        Assert.Distinct(seeds);
    }

    [Fact]
    public void Given_parameters_are_as_given_and_the_others_drawn_from_their_range()
    {
        var lines = LocusProgram.Call("sample", runs.Hole, "--count", "200", "--given", "hole=0.25").Done().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.All(lines, line => Assert.Equal("0.25", line.Split(',')[3]));
        var widths = lines.Select(line => double.Parse(line.Split(',')[4], CultureInfo.InvariantCulture)).ToList();
        // The rounding of 0.3 - 0.2.
        Assert.All(widths, width => Assert.InRange(width, 0.1 - 1e-16, 0.5));
        Assert.Distinct(widths);
    }

    [Fact]
    public void Parameters_that_are_drawn_are_named_in_a_note()
    {
        string[] sample = ["sample", runs.Hole, "--count", "1"];
        Assert.Equal("parameters drawn at random within range, anew for each sample: hole, width; to choose, write --given hole=VALUE\n", LocusProgram.Call(sample).Done().Error.ReplaceLineEndings("\n"));
        Assert.Contains("each sample: width; to choose, write --given width=VALUE", LocusProgram.Call([.. sample, "--given", "hole=0"]).Done().Error, StringComparison.Ordinal);
        Assert.Empty(LocusProgram.Call([.. sample, "--given", "hole=0", "--given", "width=0.2"]).Done().Error);
        Assert.Empty(LocusProgram.Call([.. sample, "--quiet"]).Done().Error);
        foreach (var verb in new[] { "sample", "report" })
            Assert.DoesNotContain("drawn at random", LocusProgram.Call(verb, runs.Hole, "--count", "1", "--given", "hole=5").Refused(ExitCode.Usage, "hole = 5").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sampler_is_run_as_set()
    {
        string[] sample = ["sample", runs.Rings, "--count", "20"];
        var own = LocusProgram.Call(sample).Done().Output;
        Assert.Equal(own, LocusProgram.Call([.. sample, "--set", "steps=8"]).Done().Output);
        var other = LocusProgram.Call([.. sample, "--set", "steps=9"]).Done().Output;
        Assert.NotEqual(own, other);
        Assert.Equal(other, LocusProgram.Call([.. sample, "--set", "sampler.steps=9"]).Done().Output);
    }

    [Fact]
    public void Mistakes_are_told_all_at_once()
    {
        LocusProgram.Call("sample", runs.Hole, "--count", "1", "--given", "hole=5", "--given", "width=-1", "--given", "hoel=1")
            .Refused(ExitCode.Usage, "hole = 5 lies outside the range [-1, 1]", "width = -1 lies outside", "'hoel' is not a parameter", "hole, width");
        LocusProgram.Call("sample", runs.Hole, "--count", "1", "--given", "hole", "--given", "=1", "--given", "width=wide", "--given", "width=nan")
            .Refused(ExitCode.Usage, "not 'hole'", "not '=1'", "'wide' is not a number", "'nan' is not a number");
        LocusProgram.Call("sample", runs.Hole, "--count", "1", "--given", "hole=0", "--given", "hole=1").Refused(ExitCode.Usage, "'hole' more than once");
        LocusProgram.Call("sample", runs.Rings, "--count", "1", "--given", "hole=0").Refused(ExitCode.Usage, "'three-rings' has no parameters");
        LocusProgram.Call("sample", runs.Hole, "--count", "1", "--set", "steps=0", "--set", "methd=heun", "--set", "method=hoin")
            .Refused(ExitCode.Usage, "'steps' must be at least 1", "'methd' is not an option; did you mean \"method\"?", "'method' takes one of euler, heun");
    }

    [Theory]
    [InlineData("target=[1,2]", "'target' is a vector of 2; write --given \"target[0]=1\" --given \"target[1]=2\"")]
    [InlineData("target=[1,2,3]", "write --given \"target[0]=VALUE\" --given \"target[1]=VALUE\"")]
    [InlineData("target=1", "'target' is a vector of 2; write")]
    [InlineData("target[0]=[1]", "'target[0]' is a single number; write --given \"target[0]=1\"")]
    [InlineData("load=[1,2]", "'load' is a single number; write --given load=VALUE")]
    [InlineData("load[0]=1", "'load' is a single number; write --given load=1")]
    [InlineData("load[0]=1 load=x target=1", "'load' is a single number", "'x' is not a number", "'target' is a vector")]
    public void A_vector_for_a_number_or_a_number_for_a_vector_is_answered_with_what_to_write(string given, params string[] messages)
    {
        using var folder = new TemporaryFolder();
        var reach = ProblemFile.Parse("""
            name: reach
            variables:
              x: { size: 2, box: [-2, 2] }
            parameters:
              target: { size: 2, range: [-1, 1] }
              load: { range: [0, 1] }
            constraints:
              - norm(x - target) <= 1 + load

            """);
        RunFolder.Create(folder["run"], reach, "paper", new PaperOptions(), 1, RunEnvironment.Here(1));
        string[] words = [.. given.Split(' ').SelectMany(text => new[] { "--given", text })];
        LocusProgram.Call(["report", folder["run"], .. words]).Refused(ExitCode.Usage, messages);
    }

    [Theory]
    [InlineData("-1", "at least 0, not -1")]
    [InlineData("many", "whole number, not 'many'")]
    [InlineData("1e5", "whole number, not '1e5'")]
    [InlineData("1.5", "whole number, not '1.5'")]
    [InlineData("", "whole number, not ''")]
    [InlineData("3000000000", "at most 2147483647")]
    [InlineData("99999999999999999999", "too large")]
    [InlineData("2147483647", "at most 134217724 at a time")]
    public void A_count_that_is_none_is_refused(string count, string message) =>
        LocusProgram.Call("sample", runs.Rings, "--count", count).Refused(ExitCode.Usage, message);

    // A count that could not be drawn: the place is judged before.
    [Fact]
    public void A_place_that_cannot_be_written_is_named_before_anything_is_drawn() =>
        LocusProgram.Call("sample", runs.Rings, "--count", "2147483647", "--out", "missing/a.npy").Refused(ExitCode.Usage, "the folder 'missing' does not exist");

    [Theory]
    [InlineData("a.txt", ExitCode.Usage, ".npy or .csv")]
    [InlineData("", ExitCode.Usage, "--out is empty")]
    [InlineData("missing/a.npy", ExitCode.Usage, "does not exist")]
    [InlineData("plain/a.csv", ExitCode.Usage, "is a file, not a folder")]
    [InlineData("plain/deep/a.csv", ExitCode.Usage, "is a file, not a folder")]
    [InlineData("folder.npy", ExitCode.Failed, "this is a folder")]
    public void A_place_that_cannot_be_written_is_named(string name, int code, string message)
    {
        using var folder = new TemporaryFolder();
        folder.Write("plain", "text");
        Directory.CreateDirectory(folder["folder.npy"]);
        var path = name.Length == 0 ? name : folder[name];
        LocusProgram.Call("sample", runs.Rings, "--count", "1", "--out", path).Refused(code, path, message);
        Assert.Equal(["plain"], RunFiles.Names(folder.Path));
    }
}
