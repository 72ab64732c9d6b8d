namespace Locus.Cli.Reproduction;

/// <summary>What the paper's open choices do: each row changes one of them.</summary>
/// <param name="passes">From passes at full effort to a setting.</param>
internal sealed class Readings(Func<int, string> passes) : Study
{
    private static readonly (string Label, string What, string[] Settings)[] Rows =
    [
        ("chosen", "as in Table I, a quarter of the training", []),
        ("filter", "filter on the squared violation, L_con < 0.001 (slack up to 0.03)", ["filter=1e-3"]),
        ("grid", "uniform time grid", ["sampler.gridPower=1"]),
        ("clip", "the clip of 1 - t also while sampling", ["sampler.clip=0.05"]),
        ("sum", "velocity loss summed over the coordinates", ["velocityLoss=sum"]),
        ("literal", "noise points counted as in the pseudocode", ["noiseCount=literal"]),
        ("time", "logit-normal times", ["timeLaw=logit-normal"]),
    ];

    private static readonly string[] Sets = ["shield", "spiral"];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs => [.. from problem in Sets from row in Rows select new Job("readings", row.Label, problem, 1, [passes(15), .. Paper2D.Settings, .. row.Settings])];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        page.Section("What the open choices do");
        page.Paragraph("Each row changes one choice that the paper leaves open; one seed.");
        page.Table(["set", "reading", "success", "mean slack", "energy distance"], results.Select(r => (IReadOnlyList<string>)
            [r.Job.Problem, Rows.First(row => row.Label == r.Job.Label).What, PageBuilder.Figure(r.Success), PageBuilder.Figure(r.Slack), PageBuilder.Figure(r.EnergyDistance)]));
    }
}
