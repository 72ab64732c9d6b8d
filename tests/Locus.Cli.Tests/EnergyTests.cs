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
        using var compared = JsonDocument.Parse(LocusProgram.Call("report", folder["run"], "--count", "500", "--json", "--quiet", "--rivals", "0.5").Done().Output);
        // 300 updates of 256 paths with a score in each of 40 steps, half of them with a reward at the end, and the annealing: 4 and 8 sqrt(2) rises of 9 calls, and the start.
        const long calls = 300 * 256 * 40 + 150 * 256 + 8192 * (1 + 5 * 9) + 5 * 4096 * (1 + 11 * 9);
        Assert.Equal(calls, compared.RootElement.GetProperty("rivals").GetProperty("energyCalls").GetInt64());
        Assert.Equal(40, compared.RootElement.GetProperty("sampler").GetProperty("energyCalls").GetInt64());
        Assert.Equal(["smc", "mala", "hmc", "tempering"], compared.RootElement.GetProperty("rivals").GetProperty("rivals").EnumerateArray().Select(rival => rival.GetProperty("name").GetString()));
        var weights = LocusProgram.Call("sample", folder["run"], "--count", "500", "--weights", "--out", folder["w.csv"]).Done();
        Assert.Matches(@"exact ones; the largest weight is [\d.]+ times the mean; log Z 10\.\d+ ± 0\.0\d+", weights.Error);
        Assert.Equal("x[0],x[1],weight,logDensity", File.ReadLines(folder["w.csv"]).First());
    }

    [Fact]
    public void What_a_recipe_does_not_follow_is_refused_before_any_time_is_spent()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("wells.yaml", Wells);
        LocusProgram.Call("train", file, "--recipe", "locus", "--out", folder["run"]).Refused(ExitCode.Usage, "'wells' has an energy", "--recipe locus-energy");
        LocusProgram.Call("train", "three-rings", "--recipe", "tb", "--out", folder["run"]).Refused(ExitCode.Usage, "'three-rings' has no energy");
        var boxed = folder.Write("boxed.yaml", Wells.Replace("{ size: 2 }", "{ size: 2, box: [-3, 3] }", StringComparison.Ordinal));
        LocusProgram.Call("train", boxed, "--out", folder["run"]).Refused(ExitCode.Usage, "'wells' has boxes beside its energy");
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public void An_energy_that_is_nowhere_a_number_leaves_no_folder()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("root.yaml", "name: root\nvariables: { x: {} }\nenergy: sqrt(-1 - x^2)\n");
        LocusProgram.Call("train", file, "--out", folder["run"], "--quiet").Refused(ExitCode.Usage, "no finite number at any of", "locus check");
        Assert.False(Directory.Exists(folder["run"]));
        Assert.Equal(ExitCode.Usage, LocusProgram.Call("check", file).Code);
    }
}
