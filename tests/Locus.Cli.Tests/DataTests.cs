using System.Text.Json;

namespace Locus.Cli.Tests;

/// <summary>An energy from data, from the table to the evidence.</summary>
public class DataTests
{
    // Standardised, the column is the same for any shift and scale of it.
    private const string Table = "dose,ill\n10,0\n20,0\n30,1\n40,0\n50,1\n60,1\n70,1\n";

    [Fact]
    public void A_posterior_is_checked_trained_and_reported_and_the_run_knows_its_data()
    {
        using var folder = new TemporaryFolder();
        var table = folder.Write("table.csv", Table);
        var file = folder.Write("ill.yaml", "name: ill\nenergy: { kind: logistic-regression, data: table.csv, prior: 2 }\n");
        LocusProgram.Call("check", file).Done();
        LocusProgram.Call(
            "train", file, "--out", folder["run"], "--count", "2000", "--quiet", "--set", "updates=300", "--set", "rounds=3", "--set", "particles=4096", "--set", "hidden=32,32", "--set", "sampler.steps=40").Done();
        Assert.Contains($"energy: {{ kind: logistic-regression, data: \"{table}\", data-sha256: ", File.ReadAllText(Path.Combine(folder["run"], "problem.yaml")), StringComparison.Ordinal);
        using var report = JsonDocument.Parse(LocusProgram.Call("report", folder["run"], "--count", "4000", "--json", "--quiet").Done().Output);
        var energy = report.RootElement.GetProperty("energy");
        var evidence = Evidence();
        Assert.InRange(energy.GetProperty("logZ").GetDouble(), evidence - 0.1, evidence + 0.1);
        Assert.InRange(energy.GetProperty("lowerBound").GetDouble(), evidence - 1, evidence + 3 * energy.GetProperty("lowerBoundError").GetDouble());

        folder.Write("table.csv", Table.Replace("40,0", "40,1", StringComparison.Ordinal));
        LocusProgram.Call("report", folder["run"], "--quiet").Refused(ExitCode.Usage, "table.csv is not the file that this problem was made from", "bring that file back");
        File.Delete(table);
        LocusProgram.Call("sample", folder["run"], "--count", "5").Refused(ExitCode.Usage, "table.csv: there is no such file");
        LocusProgram.Call("check", "german-credit", "--data", folder["table.csv"]).Refused(ExitCode.Usage, "table.csv: there is no such file", "german-credit is made from");
    }

    [Fact]
    public void What_data_are_needed_and_what_is_wrong_with_them_is_told()
    {
        using var folder = new TemporaryFolder();
        LocusProgram.Call("check", "german-credit").Refused(ExitCode.Usage, "Locus does not ship", "--data PATH", "german.data-numeric");
        LocusProgram.Call("train", "mnist-vae", "--data", folder.Path, "--out", folder["run"]).Refused(ExitCode.Usage, $"{folder.Path}: holds no mnist-vae.safetensors");
        LocusProgram.Call("check", "rectangle", "--data", folder.Path).Refused(ExitCode.Usage, "'rectangle' is no gallery problem from data");
        LocusProgram.Call("check", "german-credit", "--data", "").Refused(ExitCode.Usage, "--data needs the name of a file or folder");
        LocusProgram.Call("sample", "german-credit", "--count", "5").Refused(ExitCode.Usage, "train it first");
        Assert.False(Directory.Exists(folder["run"]));
    }

    // By the trapezoid rule, 20 points a unit.
    private static double Evidence()
    {
        double[] dose = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5];
        bool[] ill = [false, false, true, false, true, true, true];
        const double h = 0.05, end = 16;
        var sum = 0.0;
        for (var a = -end; a < end; a += h)
            for (var b = -end; b < end; b += h)
            {
                var log = -(a * a + b * b) / 8 - Math.Log(2 * Math.PI * 4);
                for (var i = 0; i < dose.Length; i++) log -= double.LogP1(Math.Exp((ill[i] ? -1 : 1) * (a + b * dose[i])));
                sum += Math.Exp(log) * h * h;
            }
        return Math.Log(sum);
    }
}
