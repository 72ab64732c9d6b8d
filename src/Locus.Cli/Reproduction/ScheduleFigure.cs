using Locus.Cli.Runs;
using Locus.Formats;
using Locus.Runs;
using Locus.Training;

namespace Locus.Cli.Reproduction;

/// <summary>Figure 3: three noise schedules on the disks in 50 dimensions, 100 epochs.</summary>
/// <param name="passes">From passes at full effort to a setting.</param>
internal sealed class ScheduleFigure(Func<int, string> passes) : Study
{
    private static readonly (string Label, string Name, string[] Settings)[] Rows =
    [
        ("low", "0.25 to 0", ["noiseStart=0.25", "noiseEnd=0"]),
        ("tuned", "1 to 0.25", []),
        ("high", "1 to 0.9", ["noiseStart=1", "noiseEnd=0.9"]),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs => [.. Rows.Select(row => new Job("figure3", row.Label, "disks-50", 1, Recipe.Paper, [passes(6), .. Disks.Settings, .. row.Settings]))];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        const string file = "burghoff-2025-figure-3.svg";
        page.Section("Figure 3: three noise schedules, d = 50, 100 epochs");
        page.Paragraph("The paper's figure, in its words: with low initial noise the slack falls fast while the energy distance gets worse at the end (mode collapse); with too much noise the slack stays high. Its exact schedules are not printed.");
        var named = Rows.Zip(results, (row, result) => (row.Name, Result: result)).ToList();
        page.Table(["noise share gamma", "mean slack, round 10", "round 100", "energy distance, smallest", "round 100"], named.Select(n =>
        {
            var rounds = n.Result.Rounds;
            return (IReadOnlyList<string>)
            [
                n.Name, PageBuilder.Figure(rounds[Math.Min(9, rounds.Count - 1)][RoundInfo.MeanSlack]), PageBuilder.Figure(rounds[^1][RoundInfo.MeanSlack]),
                PageBuilder.Figure(rounds.Min(r => r[RoundLine.EnergyDistance])), PageBuilder.Figure(rounds[^1][RoundLine.EnergyDistance]),
            ];
        }));
        page.Commands(results.Select(r => r.Job.Command));
        new Figure(
            Pictures.Curves("mean slack of the model's samples", named, r => r[RoundInfo.MeanSlack], true),
            Pictures.Curves("energy distance (1,000 samples)", named, r => r[RoundLine.EnergyDistance], true)) { PlotWidth = 460, PlotHeight = 320 }.Write(Path.Combine(folder, file));
        page.Picture("Slack and energy distance over the rounds for three noise schedules", file);
    }
}
