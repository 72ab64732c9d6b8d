using System.IO.Compression;
using Locus.Engine.Random;
using Locus.Formats;
using Locus.Problems;
using Locus.Tests;

namespace Locus.Gallery.Tests;

/// <summary>Energies without an exact sampler, against plain formulas and what others published of them.</summary>
public class OpenEnergyTests
{
    public static TheoryData<string> Names => [.. Gallery.Energies.Where(entry => entry.Truth is null).Select(entry => entry.Problem.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_check_finds_nothing_wrong(string name)
    {
        var result = ProblemCheck.Run(Gallery.Find(name)!.Problem, Key.Seed(16), new CheckOptions { Points = 2000, DerivativePoints = 4, Descents = 4 });
        Assert.Empty(result.Findings.Where(finding => finding.Level != CheckLevel.Ok).Select(finding => $"{finding.Subject}: {finding.Message}"));
    }

    [Theory]
    [InlineData("planar-robot", 1)]
    [InlineData("planar-robot-4", 4)]
    public void The_robot_is_its_prior_times_the_law_of_its_tip(string name, int goals)
    {
        double[] q = [0.3, -0.5, 0.2, -0.1, 0.6, 0.25, -0.4, 0.05, 0.7, -0.35];
        var (angle, x, y, log) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < q.Length; i++)
        {
            angle += q[i];
            (x, y) = (x + Math.Cos(angle), y + Math.Sin(angle));
            log += Normal(q[i], i == 0 ? 1 : 0.2);
        }
        (double X, double Y)[] places = [(7, 0), (-7, 0), (0, 7), (0, -7)];
        log += places.Take(goals).Max(g => Normal(x - g.X, 0.01) + Normal(y - g.Y, 0.01));
        Assert.Equal(log, LogDensity(name, q), Math.Abs(log) * 1e-12);
    }

    // The law of 10,000 exact draws that others made: the mean of q . dE/dq is 1 in each coordinate.
    [PublicDataFact("planar-robot-ground-truth-10k.npz")]
    public void Published_exact_draws_obey_the_virial_theorem()
    {
        using var archive = ZipFile.OpenRead(PublicDataFactAttribute.PathOf("planar-robot-ground-truth-10k.npz"));
        using var file = archive.GetEntry("arr_0.npy")!.Open();
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        memory.Position = 0;
        Points points = new(NpyReader.Read(memory, "arr_0.npy").ToArray<double>(), 10);
        EnergyLawTests.ObeysVirialTheorem(Gallery.Find("planar-robot")!.Problem, points);
    }

    // The icosahedron with one particle in its middle has the least energy of 13 particles, -44.326801 (Hoare and Pal 1971).
    [Fact]
    public void The_icosahedron_has_the_energy_that_is_published()
    {
        var golden = (1 + Math.Sqrt(5)) / 2;
        var corners = new List<double[]> { new double[3] };
        foreach (var a in new[] { -1.0, 1 })
            foreach (var b in new[] { -golden, golden })
                corners.AddRange([[0, a, b], [a, b, 0], [b, 0, a]]);
        var least = double.PositiveInfinity;
        for (var radius = 0.9; radius < 1; radius += 1e-5)
        {
            var scale = radius / Math.Sqrt(1 + golden * golden);
            // The well adds r^2 / 2 for each particle of the shell.
            least = Math.Min(least, -LogDensity("lennard-jones-13", [.. corners.SelectMany(p => p.Select(v => v * scale))]) - 12 * radius * radius / 2);
        }
        Assert.Equal(-44.326801, least, 1e-6);
    }

    private static double LogDensity(string name, double[] x)
    {
        var density = Gallery.Find(name)!.Problem.Energy!;
        return density.Log(x, [], [], new double[density.ScratchNumbers]);
    }

    private static double Normal(double x, double deviation) => -x * x / (2 * deviation * deviation) - Math.Log(deviation) - 0.5 * Math.Log(2 * Math.PI);
}
