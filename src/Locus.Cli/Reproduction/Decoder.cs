using System.Globalization;
using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Problems.Energies;
using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>Table 2: the posterior of the latent coordinates of images under a decoder, with bounds image by image.</summary>
/// <param name="updates">From updates at full effort to a setting.</param>
internal sealed class Decoder(Func<int, string> updates) : Study
{
    private const int Images = 100, Paths = 200;

    private static readonly (string Method, string Bound)[] Published =
    [
        ("pis", "-102.54 ± 0.44"), ("pis-lp", "-99.89 ± 0.37"), ("tb", "-162.73 ± 35.55"), ("tb-expl", "-148.04 ± 4.05"), ("vargrad-expl", "-103.39 ± 0.69"), ("fl-subtb", "-147.99 ± 22.67"), ("fl-subtb-lp", "-111.54 ± 1.03"),
        ("tb-expl-ls", "-245.78 ± 13.80"), ("tb-expl-lp", "-112.45 ± 0.67"), ("tb-expl-lp-ls", "-117.26 ± 2.50"), ("vargrad-expl with LP", "-99.47 ± 0.26"), ("vargrad-expl-lp-ls", "-99.78 ± 0.31"), ("GGNS, one run", "-82.41 ± 0.88"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Job> Jobs =>
    [
        new Job("vae", "amortised", "mnist-vae-each", 1, Recipe.LocusEnergy, [updates(5000), "loss=pathwise", "hidden=256,128", "learningRate=0.001", "sampler.steps=15"])
        {
            FromData = data => Gallery.Gallery.FromData.Single(entry => entry.Name == "mnist-vae-each").Open([data]), Count = 1000, Source = "mnist-vae-each --data DIR", Measure = OverImages,
        },
        .. Enumerable.Range(0, Images).Select(image =>
        {
            var name = $"mnist-vae-{image}";
            return new Job("vae", Recipe.LocusEnergy.Name, name, 1, Recipe.LocusEnergy, [updates(200), "rounds=2", "particles=4096", "batch=128", "sampler.steps=50"])
            {
                FromData = data => Posterior(name, image, data), Count = 1000, Source = $"runs/{Sendera2024.Name}/vae-{Recipe.LocusEnergy.Name}-{name}-1/problem.yaml",
            };
        }),
    ];

    /// <inheritdoc/>
    public override void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder)
    {
        page.Section("Table 2: posteriors under the decoder of a variational autoencoder");
        page.Paragraph($"20 dimensions; the mean of the lower bound of log Z over images. Published networks are trained once for all images. `locus-energy`, amortised, is one network too, trained on the test images of MNIST by the pathwise loss; `locus-energy` alone is one training for each of the first {Images}. "
            + $"Both are measured on these, image by image. The published estimate \"by weights\" is the logarithm of a mean over different images, which the easiest ones rule, and is left out: here each image has its own, from {Paths} paths of the amortised network and 1,000 of the others.");
        page.Table(["recipe", "lower bound, mean", "by weights, mean over images", "core seconds"],
            [.. Published.Select(row => (IReadOnlyList<string>)[$"{row.Method}, published", row.Bound, "", ""]), Amortised(results[0]), Each([.. results.Skip(1)])]);
        page.Commands(results.Take(2).Select(r => r.Job.Command));
    }

    private static IReadOnlyList<string> Amortised(JobResult result)
    {
        const string name = "`locus-energy`, amortised";
        return result.Missing is { } missing ? [name, missing, "", ""] : [name, Mean([result[Quantity.LowerBound]]), Mean([result[Quantity.ByWeights]]), PageBuilder.Figure(result.CoreSeconds)];
    }

    // The report of the run has means over observations drawn at random; the table is about the first images, one after the other.
    private static Report OverImages(RunFolder run, Report report)
    {
        using var team = new Team(Environment.ProcessorCount);
        var sampler = run.LoadState().Sampler;
        var rows = sampler.Problem.Energy!.Observations!;
        EnergyFacts[] facts =
        [
            .. Enumerable.Range(0, Images).Select(image =>
                EnergyMeasurement.Of(sampler, Paths, Key.Seed(1).Fold((ulong)image), null, null, team, sampler.Problem.Given(rows[image]))!),
        ];
        return report with { Energy = facts[0] with { Count = Images * Paths, Conditions = Images, LowerBound = facts.Average(f => f.LowerBound), LogZ = facts.Average(f => f.LogZ) } };
    }

    private static IReadOnlyList<string> Each(List<JobResult> results)
    {
        List<JobResult> done = [.. results.Where(r => r.Missing is null)];
        var name = done.Count == Images ? "`locus-energy`" : $"`locus-energy`, {done.Count} of {Images} images";
        return done.Count == 0
            ? [name, JobResult.NotRun, "", ""]
            : [name, Mean(done.Select(r => r[Quantity.LowerBound])), Mean(done.Select(r => r[Quantity.ByWeights])), $"{PageBuilder.Figure(done.Average(r => r.CoreSeconds))} an image"];
    }

    private static string Mean(IEnumerable<double> values) => values.Average().ToString("0.00", CultureInfo.InvariantCulture);

    private static Problem Posterior(string name, int image, string data)
    {
        var paths = Gallery.Gallery.FromData.Single(entry => entry.Name == "mnist-vae").Paths([data]);
        return Problem.OfEnergy(name, new VaePosterior(paths[0], paths[1], image), description: $"Latent coordinates of test image {image} of MNIST under a decoder (Sendera et al. 2024).");
    }
}
