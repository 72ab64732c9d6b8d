using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Gallery.Tests;

/// <summary>The energy distance against published figures for the rotated disks, computed by others with other draws and other rotations.</summary>
public sealed class EnergyFloorTests
{
    // Published to two digits; the mean of 5 pairs scatters by about 3 % (the deviation that the floor itself reports is 5 to 8 % of a pair).
    [Theory]
    [InlineData(10, 1000, 0.038)]
    [InlineData(50, 1000, 0.043)]
    [InlineData(10, 5000, 0.019)]
    [InlineData(50, 5000, 0.022)]
    public void The_floor_is_the_published_one(int dimension, int count, double published)
    {
        var truth = Gallery.Find($"disks-{dimension}")!.Truth;

        var floor = EnergyFloor.Of(truth, Key.Seed(31), count, threads: 2);

        Assert.InRange(floor.Mean, 0.9 * published - 0.0005, 1.1 * published + 0.0005);
        Assert.InRange(floor.Deviation, 0, 0.2 * floor.Mean);
    }

    [Theory]
    [InlineData(10, 0.058)]
    [InlineData(50, 0.062)]
    public void A_missing_disk_is_seen(int dimension, double published)
    {
        var truth = Gallery.Find($"disks-{dimension}")!.Truth;
        var all = truth.Sample(Key.Seed(32), 7000);
        List<float> kept = [];
        for (var i = 0; kept.Count < 5000 * dimension; i++)
            if (truth.Component(all[i]) != 2) kept.AddRange(all[i]);

        var distance = EnergyDistance.Of(new Points([.. kept], dimension), truth.Sample(Key.Seed(33), 5000), threads: 2);

        // The share of one disk is known to 0.006 of 0.2 in each set: the distance moves by about 5 %.
        Assert.InRange(distance, 0.85 * published, 1.15 * published);
    }
}
