namespace Locus.Cli.Reproduction;

/// <summary>The experiments of Burghoff, Braun and Toussaint 2025.</summary>
/// <param name="effort">Factor on the training samples of every run.</param>
internal sealed class Burghoff2025(double effort) : ReproductionPage(effort)
{
    /// <summary>The name on the command line, and of the page.</summary>
    public const string Name = "burghoff-2025";

    /// <summary>Seeds of the repeated runs: the paper has five.</summary>
    public static readonly IReadOnlyList<long> Seeds = [1, 2, 3, 4, 5];

    /// <inheritdoc/>
    protected override IReadOnlyList<Study> Studies => [new TableOne(Passes), new NoiseFigure(Passes), new Disks(Passes), new ScheduleFigure(Passes), new Tuning(Passes), new Readings(Passes)];

    /// <inheritdoc/>
    protected override void Introduction(PageBuilder page, string machine)
    {
        page.Title("Data-free training of diverse neural samplers for constrained sets")
            .Paragraph("T. Burghoff, C. V. Braun, M. Toussaint, extended abstract, 2nd German Robotics Conference, 2025: every number and figure of the paper, published beside measured.")
            .Paragraph("All of it is made by one command, which goes on where it was interrupted:")
            .Commands([$"./locus reproduce {Name}"])
            .Paragraph($"Measured on {machine}. Every run is made from the recipe `paper` with the settings that its command shows. "
                + "The network, the losses, the clip and the noise schedule are the paper's; what the paper leaves open is listed with reasons in [options](../options.md). Numbers are taken on 10,000 raw samples (no filter, no projection); "
                + "the energy distance is the root of the V-statistic of 5,000 samples against 5,000 exact ones, and its floor that of two exact sets. A ± is the standard deviation over seeds.");
    }

    private string Passes(int passes) => Effort("passes", passes);
}
