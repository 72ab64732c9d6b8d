using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>A small sweep of the four parameters (3) around their tuned values, on the disks in 10 dimensions.</summary>
/// <param name="passes">From passes at full effort to a setting.</param>
internal sealed class Tuning(Func<int, string> passes) : Study
{
    private static readonly string[][] Rows =
    [
        [], ["alphaVelocity=0.3"], ["alphaConstraint=3"], ["noiseStart=0.5"], ["noiseEnd=0"],
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs =>
        [.. Rows.Select(settings => new Job("tuning", settings.Length == 0 ? "tuned" : settings[0], "disks-10", 1, Recipe.Paper, [passes(8), .. Disks.Settings, .. settings]))];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        page.Section("Tuning: one parameter at a time");
        page.Paragraph("The tuned values (3) are alpha_vel = alpha_con = 1, gamma from 1 to 0.25. Each row changes one of them; disks in 10 dimensions, half of the training above, one seed.");
        page.Table(["changed", "energy distance", "mean slack", "success", "largest share gap"], results.Select(r => (IReadOnlyList<string>)
        [
            r.Job.Label == "tuned" ? "nothing" : $"`{r.Job.Label}`", PageBuilder.Figure(r.EnergyDistance), PageBuilder.Figure(r.Slack), PageBuilder.Figure(r.Success),
            PageBuilder.Figure(r.Report.Raw.Shares!.Zip(r.Report.Raw.TrueShares!, (a, b) => Math.Abs(a - b)).Max()),
        ]));
    }
}
