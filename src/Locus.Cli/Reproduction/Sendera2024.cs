namespace Locus.Cli.Reproduction;

/// <summary>The experiments of Sendera et al. 2024.</summary>
/// <param name="effort">Factor on the updates of every run.</param>
internal sealed class Sendera2024(double effort) : ReproductionPage(effort)
{
    /// <summary>The name on the command line, and of the page.</summary>
    public const string Name = "sendera-2024";

    /// <inheritdoc/>
    protected override IReadOnlyList<Study> Studies => [new SamplerTable(Updates), new Variants(Updates), new CoxProcess(Updates), new Decoder(Updates), new FewSteps(Updates), new OtherProcess(Updates), new Scaling(Updates)];

    /// <inheritdoc/>
    protected override bool KeepsNumbers => true;

    /// <inheritdoc/>
    protected override void Introduction(PageBuilder page, string machine)
    {
        page.Title("Improved off-policy training of diffusion samplers")
            .Paragraph("M. Sendera, M. Kim, S. Mittal, P. Lemos, L. Scimeca, J. Rector-Brooks, A. Adam, Y. Bengio, N. Malkin, NeurIPS 2024: published beside measured.")
            .Paragraph($"All of it is made by one command, which goes on where it was interrupted; `--only TEXT` makes some of the runs, and `--finished` writes this page from those that there are. Their numbers are kept in [{Name}.csv]({Name}.csv).")
            .Commands([$"./locus reproduce {Name} --data DIR"])
            .Paragraph($"Measured on {machine}. The published rows are the recipes of the same names, with the published numbers of updates, "
                + "100 steps, the published variance of the process for each target, and batches of 320 where the paper has 300. Locus' own is `locus-energy` with its defaults, but for the variance of the funnel's process. Estimates of log Z are taken on 10,000 paths; published ones on 2,000, mean ± deviation of five seeds. "
                + "Errors are log Z minus the estimate: from the lower bound (the mean of the logarithms of the weights) and from the weights (the logarithm of their mean), which can be too small only on average. Core seconds are seconds by the clock times threads; most runs shared the machine with another one, some with more, which makes theirs too many.");
    }

    private string Updates(int updates) => Effort("updates", updates);
}
