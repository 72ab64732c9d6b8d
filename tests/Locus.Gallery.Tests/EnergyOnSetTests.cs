using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Gallery.Tests;

/// <summary>Exact samplers of energies on sets, their shares and log Z, against integrals by a grid or in closed form.</summary>
public class EnergyOnSetTests
{
    private const int Count = 50_000;

    public static TheoryData<string> Names => [.. Gallery.EnergiesOnSets.Select(entry => entry.Problem.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Draws_lie_on_the_set_in_parts_of_their_shares(string name)
    {
        var entry = Gallery.Find(name)!;
        var points = entry.Truth!.Sample(Key.Seed(3), Count);
        var counts = new int[entry.Truth.Shares.Count];
        double[] slack = [0], scratch = new double[entry.Problem.Slack.ScratchRows];
        for (var i = 0; i < Count; i++)
        {
            entry.Problem.Slack.Run(points[i], [], slack, scratch);
            Assert.InRange(slack[0], 0, 1e-12);
            counts[entry.Truth.Component(points[i])]++;
        }
        Assert.Equal(1, entry.Truth.Shares.Sum(), 1e-12);
        for (var part = 0; part < counts.Length; part++)
        {
            var share = entry.Truth.Shares[part];
            // 4.5 standard errors: once in 150,000.
            Assert.Equal(share, (double)counts[part] / Count, 4.5 * Math.Sqrt(share * (1 - share) / Count) + 1e-9);
        }
    }

    [Fact]
    public void The_rings_have_the_integrals_of_a_fine_grid()
    {
        var entry = Gallery.Find("tilted-rings")!;
        double[] sums = new double[3];
        const int steps = 2000;
        for (var ring = 0; ring < 3; ring++)
            for (var i = 0; i < steps; i++)
                for (var j = 0; j < 200; j++)
                {
                    var r = 0.5 * (ring + 1) - 0.1 + 0.2 * (i + 0.5) / steps;
                    sums[ring] += r * Math.Exp(-2 * r * Math.Cos(2 * Math.PI * j / 200)) * (0.2 / steps) * (2 * Math.PI / 200);
                }
        Assert.Equal(Math.Log(sums.Sum()), entry.LogZ!.Value, 1e-7);
        for (var ring = 0; ring < 3; ring++) Assert.Equal(sums[ring] / sums.Sum(), entry.Truth!.Shares[ring], 1e-7);
    }

    [Fact]
    public void The_orthant_has_the_integral_and_the_means_of_a_grid()
    {
        var entry = Gallery.Find("orthant")!;
        const int cells = 120;
        const double h = 6.0 / cells;
        var scratch = new double[entry.Problem.Energy!.ScratchNumbers];
        var (sum, means) = (0.0, new double[3]);
        for (var i = 0; i < cells; i++)
            for (var j = 0; j < cells; j++)
                for (var k = 0; k < cells; k++)
                {
                    double[] x = [(i + 0.5) * h, (j + 0.5) * h, (k + 0.5) * h];
                    var density = Math.Exp(entry.Problem.Energy.Log(x, [], [], scratch)) * h * h * h;
                    sum += density;
                    for (var d = 0; d < 3; d++) means[d] += x[d] * density;
                }
        Assert.Equal(sum, Math.Exp(entry.LogZ!.Value), 1e-3);
        Means(entry, [.. means.Select(mean => mean / sum)], 1e-3);
    }

    [Fact]
    public void Directions_have_the_integral_and_the_mean_of_Fisher()
    {
        var entry = Gallery.Find("fisher")!;
        Assert.Equal(Math.Log(4 * Math.PI * Math.Sinh(5) / 5), entry.LogZ!.Value, 1e-12);
        Means(entry, [0, 0, 1 / Math.Tanh(5) - 0.2], 0);
    }

    private static void Means(GalleryProblem entry, double[] means, double rounding)
    {
        Points points = entry.Truth!.Sample(Key.Seed(5), Count);
        for (var d = 0; d < means.Length; d++)
        {
            var mean = Enumerable.Range(0, Count).Average(i => points[i][d]);
            var error = Math.Sqrt(Enumerable.Range(0, Count).Average(i => (points[i][d] - mean) * (points[i][d] - mean)) / Count);
            Assert.Equal(means[d], mean, 4.5 * error + rounding);
        }
    }
}
