using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>Section III-B: five rotated disks in R^10 and R^50 with the tuned parameters (3), five seeds.</summary>
/// <param name="passes">From passes at full effort to a setting.</param>
internal sealed class Disks(Func<int, string> passes) : Study
{
    /// <summary>
    /// The settings of all runs on the disks. The filter is wide because the slack adds up over the equalities: a tight one keeps only the disk that is learned first.
    /// Small batches, because the number of updates decides how many disks are found.
    /// </summary>
    public static readonly IReadOnlyList<string> Settings = ["rounds=100", "filter=0.1", "batch=128", "learningRate=0.001"];

    private static readonly (string Problem, string EnergyDistance, double Slack, double Bound, int Passes)[] Rows =
    [
        ("disks-10", "0.072 ± 0.015", 0.002, 0.072, 16),
        ("disks-50", "0.202 ± 0.041", 0.005, 0.202, 12),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs =>
        [.. from row in Rows from seed in Burghoff2025.Seeds select new Job("disks", "tuned", row.Problem, seed, Recipe.Paper, [passes(row.Passes), .. Settings])];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        page.Section("Section III-B: five disks in 10 and 50 dimensions");
        page.Paragraph("The paper gives neither radii nor centres; here five unit disks around the origin, each rotated by a random matrix of SO(d). It does not say either whether its energy distance is the square 2E|X-Y| - E|X-X'| - E|Y-Y'| or its root; "
            + "both are shown, and the verdict is given for both. The slack is the L1 sum over d - 2 equalities and one inequality. Five seeds.");
        page.Table(["set", "energy distance published", "measured, root (floor)", "measured, square", "mean slack published", "measured", "verdict: root", "square", "slack"], Rows.Select(row =>
        {
            var runs = results.Where(r => r.Job.Problem == row.Problem).ToList();
            return (IReadOnlyList<string>)
            [
                row.Problem, row.EnergyDistance,
                $"{PageBuilder.Mean(runs.Select(r => r.EnergyDistance))} ({PageBuilder.Figure(runs.Average(r => r.Report.Raw.EnergyDistanceFloor ?? double.NaN))})",
                PageBuilder.Mean(runs.Select(r => r.EnergyDistance * r.EnergyDistance)), PageBuilder.Figure(row.Slack), PageBuilder.Mean(runs.Select(r => r.Slack)),
                Verdict(runs.Average(r => r.EnergyDistance) <= row.Bound), Verdict(runs.Average(r => r.EnergyDistance * r.EnergyDistance) <= row.Bound), Verdict(runs.Average(r => r.Slack) <= row.Slack),
            ];
        }));
        page.Table(["set", "seed", "shares of the five disks (0.2 each)", "energy distance", "mean slack"], results.Select(r => (IReadOnlyList<string>)
            [r.Job.Problem, $"{r.Job.Seed}", string.Join(", ", r.Report.Raw.Shares!.Select(PageBuilder.Figure)), PageBuilder.Figure(r.EnergyDistance), PageBuilder.Figure(r.Slack)]));
        page.Commands(Rows.Select(row => results.First(r => r.Job.Problem == row.Problem).Job.Command));
    }

    private static string Verdict(bool met) => met ? "met" : "missed";
}
