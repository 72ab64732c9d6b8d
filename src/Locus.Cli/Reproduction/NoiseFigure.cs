using Locus.Cli.Runs;
using Locus.Formats;
using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>Figure 1: with little noise the model trains on its own samples, and one component of the shield feeds on the other.</summary>
/// <param name="passes">From passes at full effort to a setting.</param>
internal sealed class NoiseFigure(Func<int, string> passes) : Study
{
    private static readonly (string Label, string Name, string[] Settings)[] Rows =
    [
        ("low", "low noise: 0.1 throughout", [.. TableOne.Shield, "noiseStart=0.1", "noiseEnd=0.1"]),
        ("tuned", "the paper's schedule: 1 to 0.25", TableOne.Shield),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs =>
        [.. from row in Rows from seed in Burghoff2025.Seeds.Take(3) select new Job("figure1", row.Label, "shield", seed, Recipe.Paper, [passes(24), .. row.Settings])];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        const string file = "burghoff-2025-figure-1.svg";
        page.Section("Figure 1: low noise loses a component");
        page.Paragraph("The paper shows the middle disk of the shield almost vanish under low noise. The disk holds 1/8 of the area.");
        page.Table(["noise share", "seed", "share of the middle disk", "success", "mean slack", "energy distance"], results.Select(r => (IReadOnlyList<string>)
            [NameOf(r), $"{r.Job.Seed}", PageBuilder.Figure(r.Report.Raw.Shares![0]), PageBuilder.Figure(r.Success), PageBuilder.Figure(r.Slack), PageBuilder.Figure(r.EnergyDistance)]));
        var shares = Rows.Select(row => results.Where(r => r.Job.Label == row.Label).Select(r => r.Report.Raw.Shares![0]).Order().ToList()).ToList();
        page.Paragraph($"Over the seeds the disk ends with {Range(shares[0])} of the samples under low noise and with {Range(shares[1])} under the paper's schedule: "
            + (Spread(shares[0]) > 2 * Spread(shares[1])
                ? "with little noise the component that leads feeds on the other, whichever it is; the paper shows a case in which the disk loses."
                : "at this length of training the contrast of the figure is not reproduced."));
        page.Commands(Rows.Select(row => results.First(r => r.Job.Label == row.Label).Job.Command));
        var shown = Rows.Select(row => (row, run: results.First(r => r.Job.Label == row.Label))).ToList();
        new Figure(
        [
            .. shown.Select(s => Pictures.Samples(s.run, s.row.Name)),
            Pictures.Curves("energy distance", shown.Select(s => (s.row.Name, s.run)), r => r[RoundLine.EnergyDistance], true),
        ]) { PlotWidth = 320, PlotHeight = 340 }.Write(Path.Combine(folder, file));
        page.Picture("Shield under low noise and under the paper's schedule", file);
    }

    private static string Range(List<double> sorted) => $"{PageBuilder.Figure(sorted[0])} to {PageBuilder.Figure(sorted[^1])}";

    private static double Spread(List<double> sorted) => sorted[^1] - sorted[0];

    private static string NameOf(JobResult result) => Rows.First(row => row.Label == result.Job.Label).Name;
}
