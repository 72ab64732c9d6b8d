using Locus.Formats;
using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>Table I and Figure 2: success and mean slack of the four sets in the plane, five seeds.</summary>
/// <param name="passes">From passes at full effort to a setting.</param>
internal sealed class TableOne(Func<int, string> passes) : Study
{
    /// <summary>The settings of the runs on the shield, those of Figure 1 too.</summary>
    public static readonly string[] Shield = ["filter=1e-6", "sampler.gridPower=3", "learningRate=0.003"];

    private static readonly (string Problem, double Success, double Slack, int Passes, string[] Settings)[] Rows =
    [
        ("rectangle", 0.964, 3.2e-4, 30, []),
        ("shield", 0.993, 1e-4, 15, Shield),
        ("three-rings", 0.903, 4.2e-4, 60, []),
        ("spiral", 0.973, 2.5e-4, 60, ["batch=128"]),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs =>
        [.. from row in Rows from seed in Burghoff2025.Seeds select new Job("table1", "tuned", row.Problem, seed, Recipe.Paper, [passes(row.Passes), .. row.Settings])];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        page.Section("Table I: four sets in the plane");
        page.Paragraph($"Success is the share of samples with slack below 0.001. Five seeds; {PageBuilder.Mean(results.Select(r => r.Report.Training!.Seconds))} s and "
            + $"{PageBuilder.Figure(results.Average(r => r.Report.Training!.NetworkSamples) / 1e6)} million training samples a run on {results[0].Report.Training!.Threads} threads.");
        var table = Rows.Select(row =>
        {
            var runs = results.Where(r => r.Job.Problem == row.Problem).ToList();
            double success = runs.Average(r => r.Success), slack = runs.Average(r => r.Slack);
            return (IReadOnlyList<string>)
            [
                row.Problem, PageBuilder.Figure(row.Success), PageBuilder.Mean(runs.Select(r => r.Success)), PageBuilder.Figure(row.Slack), PageBuilder.Mean(runs.Select(r => r.Slack)),
                PageBuilder.Mean(runs.Select(r => r.EnergyDistance)), PageBuilder.Figure(runs.Average(r => r.Report.Raw.EnergyDistanceFloor ?? double.NaN)),
                Verdict(success >= row.Success, slack <= row.Slack),
            ];
        });
        page.Table(["set", "success published", "success measured", "mean slack published", "mean slack measured", "energy distance", "its floor", "published figures"], table);
        page.Paragraph("Success and slack say nothing about spread. The energy distance and the shares do: the method reaches the set, and while it trains on its own samples it draws them together, toward some components and inside each of them.");
        page.Table(["set", "true shares", "measured shares (mean of the seeds)"], Rows.Select(row =>
        {
            var runs = results.Where(r => r.Job.Problem == row.Problem).ToList();
            var shares = Enumerable.Range(0, runs[0].Report.Raw.Shares!.Count).Select(i => PageBuilder.Figure(runs.Average(r => r.Report.Raw.Shares![i])));
            return (IReadOnlyList<string>)[row.Problem, string.Join(", ", runs[0].Report.Raw.TrueShares!.Select(PageBuilder.Figure)), string.Join(", ", shares)];
        }));
        page.Commands(Rows.Select(row => results.First(r => r.Job.Problem == row.Problem).Job.Command));
        page.Paragraph("**Figure 2**, samples of the first seed over the sets:");
        const string file = "burghoff-2025-figure-2.svg";
        new Figure(Rows.Select(row => Pictures.Samples(results.First(r => r.Job.Problem == row.Problem), row.Problem))) { Columns = 4, PlotWidth = 300, PlotHeight = 320 }.Write(Path.Combine(folder, file));
        page.Picture("Samples over the four sets", file);
    }

    private static string Verdict(bool success, bool slack) => (success, slack) switch
    {
        (true, true) => "both met",
        (true, false) => "success met, slack missed",
        (false, true) => "slack met, success missed",
        _ => "missed",
    };
}
