using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>Figure 3: gmm-25 with ten steps, with fixed and with learned variance, without and with Locus' other ways.</summary>
/// <param name="updates">From updates at full effort to a setting.</param>
internal sealed class FewSteps(Func<int, string> updates) : Study
{
    private static readonly (string Label, string Words, string Published, Recipe Recipe, int Updates, string[] Settings)[] Rows =
    [
        ("fixed", "fixed variance", "1.67", Recipe.TbExplLp, 10_000, ["sampler.variance=5"]),
        ("learned", "learned variance", "0.62", Recipe.TbExplLp, 10_000, ["sampler.variance=5", "learnVariance=true"]),
        ("back", "learned variance and way back", "", Recipe.TbExplLp, 10_000, ["sampler.variance=5", "learnVariance=true", "learnBack=true"]),
        ("own", "`locus-energy`", "", Recipe.LocusEnergy, 10_000, []),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs => [.. Rows.Select(row => new Job("figure3", row.Label, "gmm-25", 1, row.Recipe, [updates(row.Updates), "sampler.steps=10", .. row.Settings]))];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        page.Section("Figure 3: ten steps on gmm-25");
        page.Table(["variance", "lower bound published", "measured", "by weights"], Rows.Zip(results, (row, result) => (IReadOnlyList<string>)
        [
            row.Words, row.Published, result.Number(r => r.BoundError), result.Number(r => r.WeightsError),
        ]));
        page.Commands(results.Select(r => r.Job.Command));
    }
}
