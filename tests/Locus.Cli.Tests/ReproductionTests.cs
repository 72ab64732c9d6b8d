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
            Assert.Empty(options.Unfit(Gallery.Gallery.Find(job.Problem)!.Problem));
        }
    }

    [Fact]
    public void Less_effort_is_fewer_updates() =>
        Assert.Contains("updates=2500", Assert.Single(ReproductionPage.All["sendera-2024"](0.1).Jobs, job => job.Folder == "table1-tb-gmm-25-1").Settings);
}
