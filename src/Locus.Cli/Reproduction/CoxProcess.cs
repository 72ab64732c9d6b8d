using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>The last columns of table 1: the log-Gaussian Cox process of 1,600 cells, whose log Z is not known: the higher both estimates, the better.</summary>
/// <param name="updates">From updates at full effort to a setting.</param>
internal sealed class CoxProcess(Func<int, string> updates) : Study
{
    private const string Name = "log-gaussian-cox";

    private static readonly (string Method, string Bound, string Weights)[] Published =
    [
        ("pis", "381.1 ± 1.4", "414.4 ± 2.1"), ("pis-lp", "471.5 ± 0.2", "487.8 ± 2.3"), ("tb", "336.7 ± 56.2", "379.5 ± 50.0"), ("tb-expl", "346.1 ± 55.5", "389.2 ± 44.1"), ("vargrad-expl", "370.4 ± 0.3", "410.4 ± 6.7"),
        ("fl-subtb", "365.2 ± 6.1", "402.7 ± 8.4"), ("fl-subtb-lp", "465.4 ± 1.3", "483.9 ± 2.0"), ("tb-expl-ls", "384.9 ± 0.8", "419.6 ± 2.1"), ("tb-expl-lp", "452.8 ± 1.5", "477.6 ± 1.8"),
        ("tb-expl-lp-ls", "471.1 ± 0.3", "489.0 ± 1.4"), ("vargrad-expl-lp-ls", "468.7 ± 0.6", "487.3 ± 1.3"), ("DDS", "471.6 ± 1.2", "489.3 ± 0.6"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs =>
    [
        new Job("cox", Recipe.LocusEnergy.Name, Name, 1, Recipe.LocusEnergy, [updates(200), "batch=128", "particles=2048"])
        {
            FromData = data => Gallery.Gallery.FromData.Single(entry => entry.Name == Name).Open([data]), Count = 1000, Source = $"{Name} --data DIR",
        },
    ];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        var own = results[0];
        page.Section("Table 1: the log-Gaussian Cox process");
        page.Paragraph("1,600 dimensions; log Z is not known, and the higher, the better. Published rows take 10,000 or 25,000 updates of 300 paths; here an update of 128 paths takes half a second, so that only `locus-energy` is run, with 200 updates on 1,000 paths.");
        page.Table(["recipe", "lower bound", "by weights", "core seconds"],
            Published.Select(row => (IReadOnlyList<string>)[$"{row.Method}, published", row.Bound, row.Weights, ""]).Append(
                ["`locus-energy`", own.Number(r => r[Quantity.LowerBound]), own.Number(r => r[Quantity.ByWeights]), own.Number(r => r.CoreSeconds)]));
        page.Commands(results.Select(r => r.Job.Command));
    }
}
