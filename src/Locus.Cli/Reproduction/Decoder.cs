using Locus.Problems;
using Locus.Problems.Energies;
using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>Table 2: the posterior of the latent coordinates of images under a decoder, with bounds image by image.</summary>
/// <param name="updates">From updates at full effort to a setting.</param>
/// <param name="data">Folder of the public files.</param>
internal sealed class Decoder(Func<int, string> updates, string data) : Study
{
    private const int Images = 100;

    private static readonly (string Method, string Bound)[] Published =
    [
        ("pis", "-102.54 ± 0.44"), ("pis-lp", "-99.89 ± 0.37"), ("tb", "-162.73 ± 35.55"), ("tb-expl", "-148.04 ± 4.05"), ("vargrad-expl", "-103.39 ± 0.69"), ("fl-subtb", "-147.99 ± 22.67"), ("fl-subtb-lp", "-111.54 ± 1.03"),
        ("tb-expl-ls", "-245.78 ± 13.80"), ("tb-expl-lp", "-112.45 ± 0.67"), ("tb-expl-lp-ls", "-117.26 ± 2.50"), ("vargrad-expl with LP", "-99.47 ± 0.26"), ("vargrad-expl-lp-ls", "-99.78 ± 0.31"), ("GGNS, one run", "-82.41 ± 0.88"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs =>
    [
        .. Enumerable.Range(0, Images).Select(image =>
        {
            var name = $"mnist-vae-{image}";
            return new Job("vae", Recipe.LocusEnergy.Name, name, 1, Recipe.LocusEnergy, [updates(200), "rounds=2", "particles=4096", "batch=128", "sampler.steps=50"])
            {
                FromData = () => Posterior(name, image), Count = 1000, Source = $"runs/{Sendera2024.Name}/vae-{Recipe.LocusEnergy.Name}-{name}-1/problem.yaml",
            };
        }),
    ];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        List<JobResult> done = [.. results.Where(r => r.Missing is null)];
        page.Section("Table 2: posteriors under the decoder of a variational autoencoder");
        if (done.Count == 0)
        {
            page.Paragraph("Not run.");
            return;
        }
        double[] bounds = [.. done.Select(r => r.Report.Energy!.LowerBound)], weights = [.. done.Select(r => r.Report.Energy!.LogZ)];
        page.Paragraph($"20 dimensions; the mean of the lower bound of log Z over images. Published networks are trained once for all images, on which these lie; Locus trains one for each of the first {Images} test images of MNIST. The published estimate \"by weights\" is the logarithm of a mean "
            + "over different images, which the easiest ones rule, and is left out: here each image has its own.");
        page.Table(["recipe", "lower bound, mean", "by weights, mean over images", "seconds an image"],
            Published.Select(row => (IReadOnlyList<string>)[$"{row.Method}, published", row.Bound, "", ""]).Append(
                ["`locus-energy`", $"{bounds.Average():0.00}", $"{weights.Average():0.00}", PageBuilder.Figure(Math.Round(done.Average(r => r.Report.Training!.Seconds), 1))]));
        page.Paragraph(FormattableString.Invariant($"{done.Count} of {Images} images; the lower bound is on average {done.Average(r => r.Report.Energy!.LogZ - r.Report.Energy.LowerBound):0.00} below the estimate by weights, at most {done.Max(r => r.Report.Energy!.LogZ - r.Report.Energy.LowerBound):0.00}. Over images the estimates range from {weights.Min():0.0} to {weights.Max():0.0}."));
        page.Commands(results.Take(1).Select(r => r.Job.Command));
    }

    private Problem Posterior(string name, int image)
    {
        var paths = Gallery.Gallery.FromData.Single(entry => entry.Name == "mnist-vae").Paths([data]);
        return Problem.OfEnergy(name, new VaePosterior(paths[0], paths[1], image), description: $"Latent coordinates of test image {image} of MNIST under a decoder (Sendera et al. 2024).");
    }
}
