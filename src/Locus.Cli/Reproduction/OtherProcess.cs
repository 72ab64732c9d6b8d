using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>Appendix C.2: the variance-preserving process in place of Brownian motion, on many-well-32.</summary>
/// <param name="updates">From updates at full effort to a setting.</param>
internal sealed class OtherProcess(Func<int, string> updates) : Study
{
    private static readonly (Recipe Recipe, int Updates, string Bound, string Weights, string Transport)[] Rows =
    [
        (Recipe.TbExplLp, 10_000, "7.55 ± 2.85", "1.49 ± 1.30", "5.68"),
        (Recipe.TbExplLpLs, 10_000, "4.52 ± 0.21", "1.23 ± 0.07", "5.75"),
        (Recipe.VarGradExpl, 25_000, "4.04", "2.65", "6.17"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs =>
        [.. Rows.Select(row => new Job("process", row.Recipe.Name, "many-well-32", 1, row.Recipe, [updates(row.Updates), "sampler.process=variance-preserving", "sampler.variance=1"]))];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        page.Section("Appendix C.2: the variance-preserving process");
        page.Paragraph("many-well-32, the rate linear from 4 to 0.01; one seed.");
        page.Table(["recipe", "lower bound published", "measured", "by weights published", "measured", "W2 published", "measured", "core seconds"], Rows.Zip(results, (row, result) => (IReadOnlyList<string>)
        [
            row.Recipe.Name, row.Bound, result.Number(r => r.BoundError), row.Weights, result.Number(r => r.WeightsError), row.Transport, result.Number(r => r[Quantity.Transport]), result.Number(r => r.CoreSeconds),
        ]));
        page.Commands(results.Select(r => r.Job.Command));
    }
}
