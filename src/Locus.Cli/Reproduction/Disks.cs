namespace Locus.Cli.Reproduction;

/// <summary>Section III-B: five rotated disks in R^10 and R^50 with the tuned parameters (3), five seeds.</summary>
/// <param name="passes">From passes at full effort to a setting.</param>
internal sealed class Disks(Func<int, string> passes) : Study
{
    private static readonly (string Problem, string EnergyDistance, double Slack, double Bound, int Passes)[] Rows =
    [
        ("disks-10", "0.072 ± 0.015", 0.002, 0.072, 12),
        ("disks-50", "0.202 ± 0.041", 0.005, 0.202, 12),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs =>
        [.. from row in Rows from seed in Burghoff2025.Seeds select new Job("disks", "tuned", row.Problem, seed, [passes(row.Passes), .. PaperDisks.Settings])];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        page.Section("Section III-B: five disks in 10 and 50 dimensions");
        page.Paragraph("The paper gives neither radii nor centres; here five unit disks around the origin, each rotated by a random matrix of SO(d). Whether its energy distance is a square or a root is not said; the root is compared, the stricter reading. "
            + "The slack is the L1 sum over d - 2 equalities and one inequality. Five seeds.");
        page.Table(["set", "energy distance published", "measured", "its floor", "mean slack published", "measured", "shares of the five disks (mean of the seeds)", "published figures"], Rows.Select(row =>
        {
            var runs = results.Where(r => r.Job.Problem == row.Problem).ToList();
            var shares = Enumerable.Range(0, 5).Select(i => PageBuilder.Figure(runs.Average(r => r.Report.Raw.Shares![i])));
            bool near = runs.Average(r => r.EnergyDistance) <= row.Bound, tight = runs.Average(r => r.Slack) <= row.Slack;
            return (IReadOnlyList<string>)
            [
                row.Problem, row.EnergyDistance, PageBuilder.Mean(runs.Select(r => r.EnergyDistance)), PageBuilder.Figure(runs.Average(r => r.Report.Raw.EnergyDistanceFloor ?? double.NaN)),
                PageBuilder.Figure(row.Slack), PageBuilder.Mean(runs.Select(r => r.Slack)), string.Join(", ", shares),
                near && tight ? "both met" : near ? "energy distance met, slack missed" : tight ? "slack met, energy distance missed" : "missed",
            ];
        }));
        page.Commands(Rows.Select(row => results.First(r => r.Job.Problem == row.Problem).Job.Command));
    }
}
