using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Tests.Diagnostics;

public sealed class EnergyFloorTests
{
    private const int Count = 150;

    // The square of a distance is right to 2e-6 sqrt(2), and no distance here is below 0.05.
    private const double Rounding = 3e-5;
    private static readonly Square Truth = new();
    private static readonly Key Key = Key.Seed(41);

    [Fact]
    public void The_floor_is_mean_and_deviation_of_the_distances_of_pairs()
    {
        var floor = EnergyFloor.Of(Truth, Key, Count, threads: 2, pairs: 4);

        double[] plain = [.. Enumerable.Range(0, 4).Select(pair => EnergyTwin.Of(Truth.Sample(Key.Fold(2 * (ulong)pair), Count), Second(pair)))];
        Assert.Equal(plain.Average(), floor.Mean, Rounding);
        Assert.Equal(Math.Sqrt(plain.Sum(distance => Math.Pow(distance - plain.Average(), 2)) / 3), floor.Deviation, Rounding);
    }

    [Theory]
    [InlineData(Count, Count)]
    [InlineData(70, 70)]
    [InlineData(400, 90)]
    public void The_distance_of_samples_is_the_mean_over_the_second_sets_of_the_pairs(int count, int measured)
    {
        // The middle of the square; what comes behind those that are measured lies far off.
        var samples = new Points([.. Enumerable.Range(0, 2 * count).Select(i => Draws.Uniform(Key.Seed(42), (ulong)i, 0) - 0.5 + (i < 2 * measured ? 0 : 9))], 2);

        var distance = EnergyFloor.Of(Truth, Key, Count, threads: 2, pairs: 3).DistanceOf(samples, measured, threads: 2);

        var first = new Points(samples.Values[..(2 * measured)], 2);
        Assert.Equal(Enumerable.Range(0, 3).Average(pair => EnergyTwin.Of(first, Second(pair))), distance, Rounding);
    }

    [Fact]
    public void Periodic_coordinates_are_measured_across_their_circles()
    {
        // The square as a tube: the ends of its first coordinate are one.
        Variable[] tube = [new("x", -1, 1, Periodic: true), new("y", -1, 1)];
        var samples = Truth.Sample(Key.Seed(43), Count);

        var distance = EnergyFloor.Of(Truth, Key, Count, threads: 2, pairs: 3, tube).DistanceOf(samples, Count, threads: 2);

        Assert.Equal(Enumerable.Range(0, 3).Average(pair => EnergyTwin.Of(Rolled(samples), Rolled(Second(pair)))), distance, Rounding);

        static Points Rolled(Points x) => new([.. Enumerable.Range(0, x.Count).SelectMany(i => new[] { Math.Cos(Math.PI * x[i][0]) / Math.PI, Math.Sin(Math.PI * x[i][0]) / Math.PI, x[i][1] })], 3);
    }

    [Fact]
    public void Exact_samples_are_as_far_as_the_floor_says_and_others_farther()
    {
        const int sets = 20, pairs = 24;
        var floor = EnergyFloor.Of(Truth, Key, Count, threads: 2, pairs: pairs);

        double[] exact = [.. Enumerable.Range(0, sets).Select(set => floor.DistanceOf(Truth.Sample(Key.Seed(44).Fold((ulong)set), Count), Count, threads: 2))];
        var half = Truth.Sample(Key.Seed(45), Count);
        for (var i = 0; i < Count; i++) half.Row(i)[0] = Math.Abs(half[i][0]);

        // A mean over second sets scatters less than a pair, and the law of a pair has a long tail upward alone.
        Assert.All(exact, distance => Assert.InRange(distance, floor.Mean - 4 * floor.Deviation, floor.Mean + 4 * floor.Deviation));
        // Neither the sets nor the floor's pairs are many: both means have their errors.
        var error = floor.Deviation * (1 / Math.Sqrt(sets) + 1 / Math.Sqrt(pairs));
        Assert.InRange(exact.Average(), floor.Mean - 4 * error, floor.Mean + 4 * error);
        Assert.InRange(floor.DistanceOf(half, Count, threads: 2), floor.Mean + 8 * floor.Deviation, 1);
    }

    private static Points Second(int pair) => Truth.Sample(Key.Fold(2 * (ulong)pair + 1), Count);
}
