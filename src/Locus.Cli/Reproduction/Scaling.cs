using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>Appendix C.3: many-well in 8 to 128 dimensions.</summary>
/// <param name="updates">From updates at full effort to a setting.</param>
internal sealed class Scaling(Func<int, string> updates) : Study
{
    private const int Updates = 10_000;

    private static readonly (Recipe Recipe, string Problem, string Bound, string Weights, string[] Settings)[] Rows =
    [
        (Recipe.TbExplLpLs, "many-well-8", "0.25", "0.02", ["sampler.variance=1"]),
        (Recipe.TbExplLpLs, "many-well-128", "66.6", "14.9", ["sampler.variance=1"]),
        (Recipe.LocusEnergy, "many-well-8", "", "", []),
        (Recipe.LocusEnergy, "many-well-64", "", "", []),
        (Recipe.LocusEnergy, "many-well-128", "", "", []),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs =>
        [.. Rows.Select(row => new Job("scaling", row.Recipe.Name, row.Problem, 1, row.Recipe, [updates(Updates), .. row.Settings]))];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        page.Section("Appendix C.3: many-well in more dimensions");
        page.Paragraph($"{Updates} updates; runs of the paper in 128 dimensions were ended after 12 hours. In 32 dimensions: Table 1.");
        page.Table(["recipe", "target", "lower bound published", "measured", "by weights published", "measured", "upper bound minus log Z", "core seconds"], Rows.Zip(results, (row, result) => (IReadOnlyList<string>)
        [
            row.Recipe.Name, row.Problem, row.Bound, result.Number(r => r.BoundError), row.Weights, result.Number(r => r.WeightsError), result.Number(r => r.UpperExcess), result.Number(r => r.CoreSeconds),
        ]));
        page.Commands(results.Select(r => r.Job.Command));
    }
}
