using Locus.Cli.Reproduction;
using Locus.Options;

namespace Locus.Cli.Tests;

public sealed class ReproductionTests
{
    public static TheoryData<string> Papers => [.. ReproductionPage.All.Keys];

    [Theory]
    [MemberData(nameof(Papers))]
    public void Every_run_has_a_name_of_its_own_and_options_that_fit_its_problem(string paper)
    {
        var jobs = ReproductionPage.All[paper](1).Jobs;
        Assert.Equal(jobs.Count, jobs.Select(job => job.Folder).Distinct().Count());
        foreach (var job in jobs)
        {
            var options = OptionTable.Set(job.Recipe.Options, job.Settings.Select(s => s.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p[1])));
            Assert.Empty(options.Validate());
            if (job.FromData is null) Assert.Empty(options.Unfit(job.Open(null)));
        }
    }

    [Fact]
    public void Less_effort_is_fewer_updates() =>
        Assert.Contains("updates=2500", Assert.Single(ReproductionPage.All["sendera-2024"](0.1).Jobs, job => job.Folder == "table1-tb-gmm-25-1").Settings);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.00012, "1.2e-4")]
    [InlineData(0.12345678, "0.1235")]
    [InlineData(0.99999, "1.0000")]
    [InlineData(-12.5, "-12.5")]
    [InlineData(1100, "1100")]
    [InlineData(1100.5, "1.1e3")]
    public void Figures_have_the_digits_that_count(double value, string text) => Assert.Equal(text, PageBuilder.Figure(value));

    [Fact]
    public void A_page_of_finished_runs_makes_none()
    {
        using var folder = new TemporaryFolder();
        LocusProgram.Call("reproduce", "sendera-2024", "--finished", "--runs", folder["runs"], "--out", folder["page"]).Refused(ExitCode.Usage, "none of the runs is finished");
        LocusProgram.Call("reproduce", "sendera-2024", "--finished", "--only", "vae", "--runs", folder["runs"]).Refused(ExitCode.Usage, "--finished makes no runs and --only no page");
        LocusProgram.Call("reproduce", "sendera-2024", "--only", "table1-pis-gmm-26", "--runs", folder["runs"]).Refused(ExitCode.Usage, "did you mean \"table1-pis-gmm-25-1\"?", "  table1-pis: gmm-25, funnel, many-well-32");
        LocusProgram.Call("reproduce", "sendera-2024", "--only", "cox", "--runs", folder["runs"]).Refused(ExitCode.Usage, "cox-locus-energy-log-gaussian-cox-1 is made from data: say --data DIR");
        LocusProgram.Call("reproduce", "sendera-2024", "--data", folder["none"], "--runs", folder["runs"]).Refused(ExitCode.Usage, "there is no such folder");
        Assert.False(Directory.Exists(folder["runs"]) || Directory.Exists(folder["page"]));
        // One run of a few updates, and a page that has its numbers and says what is missing.
        LocusProgram.Call("reproduce", "sendera-2024", "--quiet", "--effort", "0.006", "--only", "figure3-fixed", "--runs", folder["runs"]).Done();
        var page = LocusProgram.Call("reproduce", "sendera-2024", "--effort", "0.006", "--finished", "--runs", folder["runs"], "--out", folder["page"]).Done();
        Assert.Contains("**Made with `--effort 0.006`: every run was trained 0.006 times as long as is said here.**", page.Output, StringComparison.Ordinal);
        Assert.Matches(@"\*\*173 of 174 runs are not made yet", page.Output);
        Assert.Matches(@"\| fixed variance \| 1.67 \| [\d.]+ \| -?[\d.]+ \|", page.Output);
        Assert.Contains("| learned variance | 0.62 | not run | not run |", page.Output, StringComparison.Ordinal);
        Assert.Contains("| `locus-energy`, amortised | not run |", page.Output, StringComparison.Ordinal);
        LocusProgram.Call("reproduce", "sendera-2024", "--quiet", "--effort", "0.008", "--only", "figure3-fixed", "--runs", folder["runs"]).Refused(ExitCode.Usage, "figure3-fixed-gmm-25-1", "there and here are updates 60 and 80", "say the same again");
        // The numbers stay when the run is gone, for the same command only.
        Directory.Delete(folder["runs"], recursive: true);
        Assert.Equal(page.Output, LocusProgram.Call("reproduce", "sendera-2024", "--effort", "0.006", "--finished", "--runs", folder["runs"], "--out", folder["page"]).Done().Output);
        LocusProgram.Call("reproduce", "sendera-2024", "--effort", "0.007", "--finished", "--runs", folder["runs"], "--out", folder["page"]).Refused(ExitCode.Usage, "there is nothing to write: none of the runs is finished in", "sendera-2024.csv keeps none of their numbers");
        File.WriteAllText(folder["page/sendera-2024.csv"], "run,command\n");
        LocusProgram.Call("reproduce", "sendera-2024", "--finished", "--runs", folder["runs"], "--out", folder["page"]).Refused(ExitCode.Usage, "the columns are not run, command");
    }
}
