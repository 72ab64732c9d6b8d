using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Gallery.Tests;

/// <summary>The energy distance against published figures for the rotated disks, computed by others with other draws and other rotations.</summary>
public sealed class EnergyFloorTests
{
    public static TheoryData<string> Names => [.. Gallery.Sets.Select(entry => entry.Problem.Name)];

    // Published to two digits. A pair scatters by about 12 %, so the mean of 5 by 5 %: three times that, and the rounding.
    [Theory]
    [InlineData(10, 1000, 0.038)]
    [InlineData(50, 1000, 0.043)]
    [InlineData(10, 5000, 0.019)]
    [InlineData(50, 5000, 0.022)]
    public void The_floor_is_the_published_one(int dimension, int count, double published)
    {
        var truth = Gallery.Find($"disks-{dimension}")!.Truth!;

        var floor = EnergyFloor.Of(truth, Key.Seed(31), count, threads: 2);

        Assert.InRange(floor.Mean, 0.85 * published - 0.0005, 1.15 * published + 0.0005);
        Assert.InRange(floor.Deviation, 0, 0.3 * floor.Mean);
    }

    [Fact]
    public void The_square_of_the_floor_is_twice_the_mean_distance_over_n()
    {
        // For equal laws the pairs i = i alone lift the V-statistic above zero: E ED^2 = 2 E|X - X'| / n.
        const int count = 500, pairs = 200;
        var truth = Gallery.Find("rectangle")!.Truth!;
        var (squares, distances) = (0.0, 0.0);
        for (var i = 0ul; i < pairs; i++)
        {
            Points x = truth.Sample(Key.Seed(34).Fold(i), count), y = truth.Sample(Key.Seed(35).Fold(i), count);
            squares += Math.Pow(EnergyDistance.Of(x, y, threads: 1), 2) / pairs;
            for (var j = 0; j < count; j++) distances += Math.Sqrt(Math.Pow(x[j][0] - y[j][0], 2) + Math.Pow(x[j][1] - y[j][1], 2)) / (count * pairs);
        }

        // The square of one pair scatters by about 40 % in the plane, the mean of 200 by 3 %.
        Assert.InRange(squares / (2 * distances / count), 0.9, 1.1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_floor_of_every_set_is_that_of_its_mean_distance(string name)
    {
        // As above. The square of a pair scatters by up to its own size where one direction holds all of the distance; the mean of 40 by 16 %.
        const int count = 300;
        var truth = Gallery.Find(name)!.Truth!;

        var floor = EnergyFloor.Of(truth, Key.Seed(36), count, threads: 2, pairs: 40);

        Points x = truth.Sample(Key.Seed(37), 5000), y = truth.Sample(Key.Seed(38), 5000);
        var distance = Enumerable.Range(0, x.Count).Average(i => Math.Sqrt(x[i].ToArray().Zip(y[i].ToArray(), (a, b) => (a - b) * (a - b)).Sum()));
        var square = floor.Mean * floor.Mean + floor.Deviation * floor.Deviation * (floor.Pairs - 1) / floor.Pairs;
        Assert.InRange(square / (2 * distance / count), 0.5, 1.5);
    }

    [Theory]
    [InlineData(10, 0.058)]
    [InlineData(50, 0.062)]
    public void A_missing_disk_is_seen(int dimension, double published)
    {
        var truth = Gallery.Find($"disks-{dimension}")!.Truth!;
        var all = truth.Sample(Key.Seed(32), 7000);
        List<double> kept = [];
        for (var i = 0; kept.Count < 5000 * dimension; i++)
            if (truth.Component(all[i]) != 2) kept.AddRange(all[i]);

        var distance = EnergyDistance.Of(new Points([.. kept], dimension), truth.Sample(Key.Seed(33), 5000), threads: 2);

        // The share of one disk is known to 0.006 of 0.2 in each set: the distance moves by about 5 %.
        Assert.InRange(distance, 0.85 * published, 1.15 * published);
    }
}
