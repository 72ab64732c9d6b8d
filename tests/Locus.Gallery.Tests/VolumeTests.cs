using Locus.Engine.Random;

namespace Locus.Gallery.Tests;

/// <summary>The stated sizes of sets with an interior, and the shares of their parts, by uniform points of a box.</summary>
public sealed class VolumeTests
{
    [Theory]
    [InlineData("gear", -1.25, 1.25, 400_000)]
    [InlineData("wave", 0, 2 * Math.PI, 400_000)]
    [InlineData("ellipsoids", -2.7, 1.8, 1_000_000)]
    [InlineData("shell", -1.001, 1.001, 1_000_000)]
    [InlineData("polytope", -1, 1, 400_000)]
    [InlineData("cut-box", 0, 1, 400_000)]
    public void The_volume_is_the_share_of_a_box_around_the_set(string name, double lower, double upper, int count) =>
        Measure(name, [.. Enumerable.Repeat((lower, upper), Gallery.Find(name)!.Problem.Dimension)], count);

    [Fact]
    public void The_volume_of_the_lens_is_the_share_of_a_small_box_around_it() =>
        Measure("lens", [(1.29, 1.71), (-1.21, -0.79), (0.29, 0.71)], 400_000);

    [Fact]
    public void The_volume_of_the_beam_is_the_share_of_its_box()
    {
        var region = Gallery.Find("beam")!.Problem.Region;
        Measure("beam", [.. region.Lower.Zip(region.Upper)], 400_000);
    }

    [Theory]
    [InlineData("lens", 1.2e-5)]
    [InlineData("shell", 2.6e-5)]
    public void A_small_set_fills_little_of_its_own_box(string name, double share)
    {
        var (region, size) = (Gallery.Find(name)!.Problem.Region, Gallery.Find(name)!.Size!.Value);

        // Stated to two digits.
        Assert.InRange(size / region.Lower.Zip(region.Upper, (a, b) => b - a).Aggregate((a, b) => a * b), share - 5e-7, share + 5e-7);
    }

    private static void Measure(string name, (double Lower, double Upper)[] box, int count)
    {
        var entry = Gallery.Find(name)!;
        var key = Key.Seed(12).Fold(name);
        var (x, scratch, slack) = (new double[box.Length], new double[entry.Problem.Slack.ScratchRows], new double[1]);
        var inside = new int[entry.Truth!.Components.Count];
        for (var i = 0ul; i < (ulong)count; i++)
        {
            for (var d = 0; d < x.Length; d++) x[d] = box[d].Lower + (box[d].Upper - box[d].Lower) * Draws.Uniform(key, i, (uint)d);
            entry.Problem.Slack.Run(x, [], slack, scratch);
            if (slack[0] == 0) inside[entry.Truth!.Component(x)]++;
        }

        var volume = box.Aggregate(1.0, (product, side) => product * (side.Upper - side.Lower));
        for (var part = 0; part < inside.Length; part++)
        {
            var share = entry.Truth!.Shares[part] * entry.Size!.Value / volume;
            // Four standard errors of a share of count draws; each test sees a hundred points and more.
            var within = 4 * Math.Sqrt(share * (1 - share) / count);
            Assert.InRange((double)inside[part] / count, share - within, share + within);
            Assert.InRange(inside[part], 100, count);
        }
    }
}
