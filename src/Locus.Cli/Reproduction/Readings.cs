using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>What the paper's open choices do: each row changes one of them.</summary>
/// <param name="passes">From passes at full effort to a setting.</param>
internal sealed class Readings(Func<int, string> passes) : Study
{
    private static readonly (string Problem, string Label, string What, int Passes, string[] Settings)[] Rows =
    [
        ("shield", "chosen", "the recipe as it is, less training", 12, []),
        ("shield", "filter", "filter of 0.001 on the squared violation (slack up to 0.03)", 12, ["filter=1e-3"]),
        ("shield", "grid", "uniform time grid", 12, ["sampler.gridPower=1"]),
        ("shield", "sum", "velocity loss summed over the coordinates", 12, ["velocityLoss=sum"]),
        ("shield", "literal", "noise points counted as in the pseudocode", 12, ["noiseCount=literal"]),
        ("shield", "tight", "filter of 1e-6 on the squared violation (slack up to 0.001)", 12, ["filter=1e-6"]),
        ("spiral", "chosen", "as in Table I, a quarter of the training", 15, ["batch=128"]),
        ("spiral", "long", "ten times that training", 150, ["batch=128"]),
        ("spiral", "batch", "the recipe's own batches of 512", 15, []),
        ("spiral", "small batch", "batches of 64", 15, ["batch=64"]),
        ("spiral", "residual", "the network predicts x - z, not x", 15, ["batch=128", "residual=true"]),
        ("spiral", "relu", "ReLU in place of SiLU", 15, ["batch=128", "activation=relu"]),
        ("spiral", "literal", "noise points counted as in the pseudocode", 15, ["batch=128", "noiseCount=literal"]),
        ("spiral", "tight", "filter of 1e-6 on the squared violation (slack up to 0.001)", 15, ["batch=128", "filter=1e-6"]),
        ("spiral", "weight", "alpha_con = 5 in place of 1", 15, ["batch=128", "alphaConstraint=5"]),
        ("disks-10", "chosen", "as above, a quarter of the training", 4, [.. Disks.Settings]),
        ("disks-10", "sum", "velocity loss summed over the coordinates", 4, [.. Disks.Settings, "velocityLoss=sum"]),
        ("disks-10", "filter", "the recipe's own filter of 1e-4", 4, ["rounds=100", "batch=128", "learningRate=0.001"]),
        ("disks-10", "rate", "the recipe's own learning rate of 0.002", 4, ["rounds=100", "filter=0.1", "batch=128"]),
        ("disks-10", "updates", "the recipe's own batches of 512", 4, ["rounds=100", "filter=0.1", "learningRate=0.001"]),
        ("disks-10", "literal", "noise points counted as in the pseudocode", 4, [.. Disks.Settings, "noiseCount=literal"]),
        ("disks-10", "residual", "the network predicts x - z, not x", 4, [.. Disks.Settings, "residual=true"]),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs => [.. Rows.Select(row => new Job("readings", row.Label, row.Problem, 1, Recipe.Paper, [passes(row.Passes), .. row.Settings]))];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        page.Section("What the open choices do");
        page.Paragraph("Each row changes one choice that the paper leaves open; one seed, less training than Table I. For the sets whose published figures are not met, this is what was tried.");
        page.Table(["set", "reading", "settings", "success", "mean slack", "energy distance"], Rows.Zip(results, (row, r) => (IReadOnlyList<string>)
            [row.Problem, row.What, string.Join(" ", r.Job.Settings.Select(s => $"`{s}`")), PageBuilder.Figure(r.Success), PageBuilder.Figure(r.Slack), PageBuilder.Figure(r.EnergyDistance)]));
    }
}
