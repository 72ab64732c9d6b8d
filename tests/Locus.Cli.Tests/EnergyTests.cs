using System.Text.Json;

namespace Locus.Cli.Tests;

/// <summary>A problem with an energy, from the file to the weights.</summary>
public class EnergyTests
{
    private const string Wells = "name: wells\nvariables:\n  x: { size: 2 }\nenergy: x[0]^4 - 6*x[0]^2 + 0.5*x[0] + 0.5*x[1]^2\n";

    [Fact]
    public void An_energy_is_checked_trained_reported_and_weighted()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("wells.yaml", Wells);
        LocusProgram.Call("check", file).Done();
        var answer = LocusProgram.Call(
            "train", file, "--out", folder["run"], "--count", "2000", "--quiet", "--set", "updates=300", "--set", "rounds=3", "--set", "particles=8192", "--set", "hidden=32,32", "--set", "sampler.steps=40").Done();
        Assert.DoesNotContain("slack", answer.Output, StringComparison.Ordinal);
        Assert.Contains("no exact sampler is known for this energy", answer.Output, StringComparison.Ordinal);
        RunFiles.AreWhole(folder["run"]);
        using var report = JsonDocument.Parse(LocusProgram.Call("report", folder["run"], "--count", "4000", "--json", "--quiet").Done().Output);
        var energy = report.RootElement.GetProperty("energy");
        // By quadrature; a bound may lie above by chance, three of its errors.
        const double logZ = 10.293480;
        Assert.InRange(energy.GetProperty("lowerBound").GetDouble(), logZ - 1, logZ + 3 * energy.GetProperty("lowerBoundError").GetDouble());
        Assert.InRange(energy.GetProperty("logZ").GetDouble(), logZ - 0.1, logZ + 0.1);
        Assert.False(report.RootElement.TryGetProperty("transport", out _));
        // 150 of the updates are on the drift's own paths, 320 each; before them 2,560 scouts and 8,192 particles were annealed, by 8 steps after each rise.
        Assert.InRange(report.RootElement.GetProperty("training").GetProperty("energyCalls").GetInt64(), 150 * 320 + (5 * 512 + 8192) * (1 + 8), 150 * 320 + (5 * 512 + 8192) * (1 + 8 * 50));
        using var compared = JsonDocument.Parse(LocusProgram.Call("report", folder["run"], "--count", "500", "--json", "--quiet", "--rivals", "0.5").Done().Output);
        Assert.Equal(report.RootElement.GetProperty("training").GetProperty("energyCalls").GetInt64(), compared.RootElement.GetProperty("rivals").GetProperty("energyCalls").GetInt64());
        Assert.Equal(40, compared.RootElement.GetProperty("sampler").GetProperty("energyCalls").GetInt64());
        Assert.Equal(["smc", "mala", "hmc", "tempering"], compared.RootElement.GetProperty("rivals").GetProperty("rivals").EnumerateArray().Select(rival => rival.GetProperty("name").GetString()));
        var weights = LocusProgram.Call("sample", folder["run"], "--count", "500", "--weights", "--out", folder["w.csv"]).Done();
        Assert.Matches(@"exact ones; the largest weight is [\d.]+ times the mean; log Z 10\.\d+ ± 0\.0\d+", weights.Error);
        Assert.Equal("x[0],x[1],weight,logDensity", File.ReadLines(folder["w.csv"]).First());
        LocusProgram.Call("sample", folder["run"], "--count", "5", "--set", "variance=4", "--set", "steps=20", "--out", folder["v.csv"])
            .Refused(ExitCode.Usage, "'variance' is a part of what the network has learned: it was trained with 1 and cannot be run with 4");
        LocusProgram.Call("sample", folder["run"], "--count", "5", "--set", "method=heun", "--out", folder["v.csv"]).Refused(ExitCode.Usage, "'method' is not an option; there are ", "gridPower");
        LocusProgram.Call("sample", folder["run"], "--count", "5", "--set", "gridPower=9", "--out", folder["v.csv"]).Refused(ExitCode.Usage, "'gridPower' 9 leaves", "single precision");
        var idle = LocusProgram.Call("sample", folder["run"], "--count", "5", "--project", "--certify", "--out", folder["v.csv"]).Done().Error;
        foreach (var option in new[] { "--project", "--certify" }) Assert.Contains($"{option} does nothing here: problem '", idle, StringComparison.Ordinal);
        var raw = LocusProgram.Call("report", folder["run"], "--count", "500", "--raw-only", "--quiet").Done().Output;
        Assert.Matches(@"by weights +10\.", raw);
        Assert.DoesNotContain("slack", raw, StringComparison.Ordinal);
        LocusProgram.Call("report", folder["run"], "--count", "500", "--raw-only", "--quiet", "--require", "effectiveShare=1").Refused(ExitCode.Usage, "effectiveShare: is not measured with --raw-only");
        Assert.Contains("locus: effectiveShare is 0.", LocusProgram.Call("report", folder["run"], "--count", "500", "--quiet", "--require", "effectiveShare=1").Error, StringComparison.Ordinal);
        Assert.Contains("the target is exp(-E) / Z by volume", File.ReadAllText(folder["run/report.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_of_a_known_energy_are_held_against_exact_ones_by_transport()
    {
        using var folder = new TemporaryFolder();
        var answer = LocusProgram.Call(
            "train", "gmm-9", "--out", folder["run"], "--count", "300", "--quiet", "--set", "updates=20", "--set", "rounds=2", "--set", "particles=1024", "--set", "hidden=16", "--set", "sampler.steps=10").Done();
        Assert.Matches(@"distances from exact samples +value +reference", answer.Output);
        Assert.Matches(@"W2 +[\d.]+ +[\d.]+ ± [\d.]+ +[\d.]+ x floor, n = 300", answer.Output);
        Assert.Matches(@"training .* calls of the energy", answer.Output);
        using var report = JsonDocument.Parse(File.ReadAllText(folder["run/report.json"]));
        var transport = report.RootElement.GetProperty("transport");
        Assert.Equal(300, transport.GetProperty("count").GetInt32());
        foreach (var name in new[] { "wasserstein1", "wasserstein2", "sinkhorn", "meanDiscrepancy" })
        {
            var distance = transport.GetProperty(name);
            // So short a training is far off.
            Assert.InRange(distance.GetProperty("value").GetDouble(), distance.GetProperty("floor").GetDouble(), 1e3);
        }
    }

    [Fact]
    public void An_energy_on_a_set_goes_by_the_recipe_for_sets_from_training_to_weights()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("slope.yaml", "name: slope\nvariables:\n  x: { size: 2, box: [0, 1] }\nenergy: 3*x[0]\nconstraints:\n  - x[1] <= 1 - x[0] / 2\n");
        var answer = LocusProgram.Call("train", file, "--out", folder["run"], "--set", "updates=400", "--set", "rounds=4", "--set", "poolSize=4096", "--set", "batch=256", "--count", "1000").Done();
        Assert.Matches(@"recipe +locus\n", answer.Output);
        Assert.Matches(@"exploration +rejection, 4,096 points in 2 dimensions, 1 component, led to the energy's law in [1-9] rises", answer.Output);
        Assert.Matches(@"success at 0.001 +[\d.]+", answer.Output);
        // int_0^1 exp(-3 x) (1 - x / 2) dx = (1 - exp(-3)) / 3 - (1 - 4 exp(-3)) / 18 = 0.272238, whose logarithm is -1.30108; five errors.
        using var report = JsonDocument.Parse(File.ReadAllText(folder["run/report.json"]));
        var weights = report.RootElement.GetProperty("weights");
        Assert.Equal(-1.30108, weights.GetProperty("logZ").GetDouble(), 5 * weights.GetProperty("logZError").GetDouble());
        Assert.False(weights.TryGetProperty("volume", out var volume) && volume.ValueKind != JsonValueKind.Null);
        var weighted = LocusProgram.Call("sample", folder["run"], "--count", "500", "--weights", "--out", folder["weighted.csv"]).Done();
        Assert.Contains("log Z -1.", weighted.Output + weighted.Error, StringComparison.Ordinal);
        var refused = folder.Write("half.yaml", "name: half\nvariables:\n  x: { size: 2, box: [0, inf] }\nenergy: x[0] + x[1]\n");
        LocusProgram.Call("train", refused, "--quiet", "--out", folder["half"]).Refused(ExitCode.Failed, "no end of 'half' was found in x[0], x[1]", "Give a box to them");
    }

    [Fact]
    public void What_a_recipe_does_not_follow_is_refused_before_any_time_is_spent()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("wells.yaml", Wells);
        LocusProgram.Call("train", file, "--recipe", "locus", "--out", folder["run"]).Refused(ExitCode.Usage, "'wells' has an energy", "--recipe locus-energy");
        LocusProgram.Call("train", "three-rings", "--recipe", "tb", "--out", folder["run"]).Refused(ExitCode.Usage, "'three-rings' has no energy");
        var boxed = folder.Write("boxed.yaml", Wells.Replace("{ size: 2 }", "{ size: 2, box: [-3, 3] }", StringComparison.Ordinal));
        LocusProgram.Call("train", boxed, "--recipe", "locus-energy", "--out", folder["run"]).Refused(ExitCode.Usage, "'wells' has boxes beside its energy", "--recipe locus");
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Theory]
    [InlineData("sqrt(-1 - x^2)")]
    [InlineData("x^2 - log(x)")]
    public void An_energy_that_is_no_number_leaves_no_folder(string energy)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("gap.yaml", $"name: gap\nvariables: {{ x: {{}} }}\nenergy: {energy}\n");
        LocusProgram.Call("train", file, "--out", folder["run"], "--quiet").Refused(ExitCode.Usage, "energy: the energy is nan at x = ", "within their domain");
        Assert.False(Directory.Exists(folder["run"]));
        Assert.Equal(ExitCode.Usage, LocusProgram.Call("check", file).Code);
    }
}
