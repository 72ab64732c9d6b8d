using System.Globalization;
using System.Text.Json;
using Locus.Formats;
using Locus.Projection;

namespace Locus.Cli.Tests;

/// <summary>locus sample with --project, --exact, --certify, --weights and --resample.</summary>
public class DeliveryTests(TrainedRuns runs) : IClassFixture<TrainedRuns>
{
    // Left of 0 the constraint is flat, and a network that was hardly trained leaves samples there.
    private const string Cliff = """
        name: cliff
        variables:
          x: { box: [-2, 2] }
          radius: { box: [-2, 2] }
        constraints:
          - 1 - max(x, 0) <= 0

        """;

    [Theory]
    [InlineData("--project --certify")]
    [InlineData("--exact 20 --certify")]
    [InlineData("--weights")]
    [InlineData("--resample --certify")]
    public void All_ways_out_hold_the_same_numbers(string words)
    {
        using var folder = new TemporaryFolder();
        string[] sample = ["sample", runs.Hole, "--count", "300", "--quiet", .. words.Split(' ')];
        LocusProgram.Call([.. sample, "--out", folder["a.npy"]]).Done();
        LocusProgram.Call([.. sample, "--out", folder["a.csv"]]).Done();
        var printed = LocusProgram.Call(sample).Done();
        Assert.Empty(printed.Error);
        Assert.Equal(File.ReadAllText(folder["a.csv"]), printed.Output);

        var tensor = NpyReader.Read(folder["a.npy"]);
        var cells = printed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        string[] more = [.. words.Contains("weights", StringComparison.Ordinal) ? ["weight", "logDensity"] : Array.Empty<string>(), .. words.Contains("certify", StringComparison.Ordinal) ? ["certificate", "radius"] : Array.Empty<string>()];
        Assert.Equal(["x[0]", "x[1]", "y", "hole", "width", .. more], cells[0]);
        Assert.Equal([300, cells[0].Length], tensor.Shape);
        Assert.Equal(tensor.ToArray<double>(), cells.Skip(1).SelectMany(line => line).Select(Number));

        using var json = JsonDocument.Parse(LocusProgram.Call([.. sample, "--json"]).Done().Output);
        Assert.Equal(cells[0], json.RootElement.GetProperty("names").EnumerateArray().Select(n => n.GetString()));
        Assert.Equal(cells.Skip(1).SelectMany(line => line), json.RootElement.GetProperty("samples").EnumerateArray().SelectMany(row => row.EnumerateArray())
            .Select(v => v.ValueKind == JsonValueKind.String ? v.GetString() : CsvWriter.Text(v.GetDouble())));
        if (words.Contains("certify", StringComparison.Ordinal))
            Assert.Equal(300, new[] { "inside", "near", "undecided", "outside" }.Sum(verdict => json.RootElement.GetProperty("certificates").GetProperty(verdict).GetInt32()));
    }

    [Fact]
    public void Projected_samples_meet_every_constraint_and_say_how_far_they_were_moved()
    {
        var answer = LocusProgram.Call("sample", runs.Rings, "--count", "500", "--project", "--certify").Done();
        var rows = answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => line.Split(',')).ToList();
        Assert.Equal(500, rows.Count);
        Assert.All(rows, row => Assert.Equal(["inside", "0"], row[2..]));
        Assert.Matches(@"projected: [\d,]+ of 500 samples moved, mean move 0\.\d+; 0 draws left out\n", answer.Error.ReplaceLineEndings("\n"));
        Assert.Contains("certified: 500 of 500 samples (500 inside, 0 near)", answer.Error, StringComparison.Ordinal);

        // Raw samples of a network that was hardly trained are mostly beside the rings: certificates are of what is delivered.
        var raw = LocusProgram.Call("sample", runs.Rings, "--count", "500", "--certify").Done();
        Assert.Contains(" outside; the first is sample ", raw.Error, StringComparison.Ordinal);
        Assert.Contains("is violated", raw.Error, StringComparison.Ordinal);
        Assert.StartsWith(LocusProgram.Call("sample", runs.Rings, "--count", "1").Done().Output.Split('\n')[1], raw.Output.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Exact_chains_begin_at_the_projected_samples_and_keep_set_and_parameters()
    {
        string[] sample = ["sample", runs.Hole, "--count", "300", "--certify"];
        var before = LocusProgram.Call([.. sample, "--project", "--quiet"]).Done().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => line.Split(',')).ToList();
        var answer = LocusProgram.Call([.. sample, "--exact", "20"]).Done();
        var after = answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => line.Split(',')).ToList();
        Assert.Matches(@"projected: \d+ of 300 samples moved", answer.Error);
        Assert.Matches(@"chains: 20 steps from each of 300 samples, mean move [\d.]+; \d+ never moved", answer.Error);
        Assert.Equal(before.Select(row => (row[3], row[4])), after.Select(row => (row[3], row[4])));
        Assert.All(after, row => Assert.Equal("inside", row[5]));
        using var json = JsonDocument.Parse(LocusProgram.Call([.. sample, "--exact", "20", "--json", "--quiet"]).Done().Output);
        var chains = json.RootElement.GetProperty("chains");
        Assert.Equal(20, chains.GetProperty("steps").GetInt32());
        Assert.Equal(before.Zip(after).Count(pair => pair.First.Take(3).SequenceEqual(pair.Second.Take(3))), chains.GetProperty("still").GetInt32());
        // --project is implied.
        Assert.Equal(answer.Output, LocusProgram.Call([.. sample, "--exact", "20", "--project", "--quiet"]).Done().Output);
    }

    [Theory]
    [InlineData("--project")]
    [InlineData("--exact 20")]
    public void Sample_i_on_the_set_is_the_same_for_any_count_and_any_number_of_threads(string words)
    {
        string[] sample = ["sample", runs.Hole, .. words.Split(' '), "--certify", "--quiet"];
        var many = LocusProgram.Call([.. sample, "--count", "130"]).Done().Output;
        foreach (var count in new[] { 0, 1, 63, 64, 65 })
            Assert.StartsWith(LocusProgram.Call([.. sample, "--count", $"{count}", "--threads", "3"]).Done().Output, many, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--exact 20 --certify")]
    [InlineData("--weights --certify")]
    [InlineData("--resample")]
    public void Neither_threads_nor_the_processor_s_vectors_change_a_bit(string words)
    {
        using var folder = new TemporaryFolder();
        string[] sample = ["sample", runs.Hole, "--count", "200", "--quiet", "--json", .. words.Split(' ')];
        var expected = LocusProgram.Call([.. sample, "--threads", "1"]).Done().Output;
        Assert.Equal(expected, LocusProgram.Call([.. sample, "--threads", "3"]).Done().Output);
        foreach (var off in new[] { "DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic" })
            Assert.Equal(expected, LocusProgram.Run(folder.Path, new Dictionary<string, string> { [off] = "0" }, sample).Done().Output);
    }

    [Fact]
    public void What_cannot_be_brought_onto_the_set_is_replaced_and_told()
    {
        using var folder = new TemporaryFolder();
        LocusProgram.Call(["train", folder.Write("cliff.yaml", Cliff), "--out", folder["run"], .. LocusProgram.Tiny, "--set", "rounds=1"]).Done();
        string[] sample = ["sample", folder["run"], "--count", "200", "--set", "sampler.clip=1", "--project", "--certify"];
        var answer = LocusProgram.Call(sample).Done();
        Assert.Equal(201, answer.Output.Count(c => c == '\n'));
        // The problem has a variable of the name of a column.
        Assert.StartsWith("x,radius,certificate,.radius\n", answer.Output, StringComparison.Ordinal);
        Assert.Matches(@"projected: \d+ of 200 samples moved, mean move [\d.]+; [1-9]\d* draws left out", answer.Error);
        Assert.Matches(@"projection: (\d+) of \d+ samples \(slack 1 to 1\): each stopped beside the set, where no direction lowers the violation: .*'locus check'", answer.Error);
        using var json = JsonDocument.Parse(LocusProgram.Call([.. sample, "--json", "--quiet"]).Done().Output);
        var projection = json.RootElement.GetProperty("projection");
        Assert.Equal(projection.GetProperty("draws").GetInt64() - 200, projection.GetProperty("failed").GetProperty("stalled").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("certificates").GetProperty("certified").GetDouble());
    }

    [Fact]
    public void Where_too_few_draws_end_on_the_set_nothing_is_written_and_the_reasons_are_told()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("never.yaml", "name: never\nvariables:\n  x: { size: 2, box: [-2, 2] }\nconstraints:\n  - norm(x) <= -1\n");
        LocusProgram.Call(["train", file, "--out", folder["run"], .. LocusProgram.Tiny, "--set", "rounds=1"]).Done();
        LocusProgram.Call("sample", folder["run"], "--count", "30", "--project", "--out", folder["a.npy"])
            .Refused(ExitCode.Failed, "only 0 of 300 draws ended on the set, where 30 samples are wanted", "300 of 300 samples (slack 1", "each stopped beside the set");
        Assert.False(File.Exists(folder["a.npy"]));
        LocusProgram.Call("sample", folder["run"], "--count", "30", "--weights").Refused(ExitCode.Failed, "0 of 30 draws are on the set");
        LocusProgram.Call("sample", folder["run"], "--count", "30", "--resample").Refused(ExitCode.Failed, "0 of 120 draws are on the set");
    }

    [Fact]
    public void Weights_sum_to_one_and_resampled_samples_are_on_the_set()
    {
        var answer = LocusProgram.Call("sample", runs.Hole, "--count", "1000", "--weights", "--certify").Done();
        var rows = answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => line.Split(',')).ToList();
        var weights = rows.Select(row => Number(row[5])).ToList();
        Assert.Equal(1, weights.Sum(), 1e-12);
        // What weighs something is proven to be on the set, and what does not is beside it.
        Assert.All(rows, row => Assert.Equal(Number(row[5]) != 0, row[7] == "inside"));
        Assert.Matches(@"weights: of 1,000 draws [\d,]+ are on the set, as good as [\d,]+ uniform ones; the largest weight is .* times the mean; volume ", answer.Error);

        var drawn = LocusProgram.Call("sample", runs.Hole, "--count", "500", "--resample", "--certify").Done();
        Assert.Equal("x[0],x[1],y,hole,width,certificate,radius", drawn.Output.Split('\n')[0]);
        Assert.Contains("certified: 500 of 500 samples (500 inside, 0 near)", drawn.Error, StringComparison.Ordinal);
        Assert.Matches(@"resampled: 500 of 2,000 draws, \d+ different ones", drawn.Error);
    }

    [Fact]
    public void Weighted_samples_are_drawn_in_their_own_way_unless_it_is_set()
    {
        string[] sample = ["sample", runs.Hole, "--count", "100", "--weights", "--json", "--quiet"];
        using var own = JsonDocument.Parse(LocusProgram.Call(sample).Done().Output);
        var sampler = own.RootElement.GetProperty("weights").GetProperty("sampler");
        Assert.Equal((20, 1.5, 0.05), (sampler.GetProperty("steps").GetInt32(), sampler.GetProperty("gridPower").GetDouble(), sampler.GetProperty("clip").GetDouble()));
        using var set = JsonDocument.Parse(LocusProgram.Call([.. sample, "--set", "steps=5", "--set", "clip=0"]).Done().Output);
        sampler = set.RootElement.GetProperty("weights").GetProperty("sampler");
        Assert.Equal((5, 1.5, 0.0), (sampler.GetProperty("steps").GetInt32(), sampler.GetProperty("gridPower").GetDouble(), sampler.GetProperty("clip").GetDouble()));
        Assert.False(set.RootElement.GetProperty("weights").TryGetProperty("volumeTrue", out _));
    }

    [Theory]
    [InlineData("--project --weights", "--project and --weights: samples that were moved have no density")]
    [InlineData("--project --resample", "--project and --resample: samples that were moved have no density")]
    [InlineData("--exact 5 --weights", "--exact 5 and --weights: samples that were moved have no density")]
    [InlineData("--exact 0", "--exact must be at least 1, not 0")]
    [InlineData("--exact some", "--exact takes a whole number, not 'some'")]
    [InlineData("--weights --resample", "--weights and --resample: samples drawn by their weights count the same")]
    [InlineData("--weights --count 1", "--count 1: weights are relative to each other")]
    [InlineData("--resample --count 0", "--count 0: weights are relative to each other")]
    [InlineData("--weights --set method=euler-maruyama", "euler-maruyama adds noise on the way")]
    public void Contradictions_are_refused(string words, string message) =>
        LocusProgram.Call(["sample", runs.Rings, .. words.Contains("--count", StringComparison.Ordinal) ? Array.Empty<string>() : ["--count", "10"], .. words.Split(' ')]).Refused(ExitCode.Usage, message);

    // A count that could not be drawn: what is impossible is judged before.
    [Fact]
    public void Samples_of_a_guided_network_on_a_surface_are_projected_and_certified_but_not_weighted()
    {
        using var folder = new TemporaryFolder();
        LocusProgram.Call(["train", "torus", "--out", folder["run"], "--recipe", "locus", .. LocusProgram.Small]).Done();
        LocusProgram.Call("sample", folder["run"], "--count", "400000000", "--weights")
            .Refused(ExitCode.Usage, "'torus' cannot be weighted: an equality leaves its set no volume", "the network of 'torus' is guided");
        using var json = JsonDocument.Parse(LocusProgram.Call("sample", folder["run"], "--count", "300", "--project", "--certify", "--json").Done().Output);
        var certificates = json.RootElement.GetProperty("certificates");
        Assert.Equal(300, certificates.GetProperty("near").GetInt32());
        Assert.InRange(certificates.GetProperty("largestRadius").GetDouble(), 0, 1e-12);

        using var report = JsonDocument.Parse(File.ReadAllText(folder["run/report.json"]));
        Assert.True(report.RootElement.GetProperty("sampler").GetProperty("guided").GetBoolean());
        Assert.Equal(1, report.RootElement.GetProperty("projected").GetProperty("certificates").GetProperty("certified").GetDouble());
        Assert.False(report.RootElement.TryGetProperty("weights", out _));
        Assert.Contains("guided by the constraints", File.ReadAllText(folder["run/report.html"]), StringComparison.Ordinal);
    }

    /// <summary>A cell as the number that npy holds.</summary>
    private static double Number(string cell) =>
        Enum.TryParse<Certificate>(cell, ignoreCase: true, out var verdict) && !char.IsDigit(cell[0]) && cell[0] != '-' ? (double)verdict : double.Parse(cell, CultureInfo.InvariantCulture);
}
