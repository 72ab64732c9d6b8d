using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Training;

namespace Locus.Tests.Training.Fitting;

public sealed class NoisePairingTests
{
    private static readonly Key Key = Key.Seed(62);

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public void Noise_changes_places_alone_and_the_cost_never_rises(int conditions, int dimension)
    {
        // Neither whole chunks nor whole cells.
        const int count = 3 * 512 + 77;
        using var team = new Team(2);
        var (x, e, c) = Pool(count, dimension, conditions);
        var before = Rows(e, dimension);
        var pairing = new NoisePairing(x, e, dimension, team.Threads, default);
        double first = pairing.Cost, last = first;
        for (var round = 0; round < 4; round++)
        {
            pairing.Run(team, Key.Fold((ulong)round), c);
            // A sum of some thousand doubles; costs inside are floats, whose ties may fall either way.
            Assert.InRange(pairing.Cost, 0, last * (1 + 1e-6));
            last = pairing.Cost;
            Assert.Equal(before, Rows(e, dimension));
        }
        // Pairs at random are sqrt(2 D) apart; the assignment of a few hundred points in two or three dimensions takes more than half of the square.
        Assert.InRange(last / first, 0, 0.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rounds_after_the_first_still_gain(int conditions)
    {
        using var team = new Team(2);
        var (x, e, c) = Pool(4096, 2, conditions);
        var pairing = new NoisePairing(x, e, 2, team.Threads, default);
        pairing.Run(team, Key.Fold(0), c);
        var first = pairing.Cost;
        for (var round = 1ul; round < 3; round++) pairing.Run(team, Key.Fold(round), c);
        // Other chunks, other partners: without conditions, too, two more rounds take about a tenth.
        Assert.InRange(pairing.Cost / first, 0, 0.99);
    }

    [Fact]
    public void A_pool_of_one_chunk_is_paired_at_the_least_cost()
    {
        using var team = new Team(1);
        var (x, e, _) = Pool(300, 2, 0);
        float[] cost = [.. Enumerable.Range(0, 300 * 300).Select(k => Square(x, e, k / 300, k % 300))];
        var columns = new Assignment<float>(300).Solve(cost).ToArray();
        var pairing = new NoisePairing(x, e, 2, 1, default);
        pairing.Run(team, Key, []);
        Assert.Equal(columns.Select((j, i) => (double)cost[i * 300 + j]).Average(), pairing.Cost, 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Noise_tells_nothing_about_the_condition(int conditions)
    {
        const int count = 16384;
        using var team = new Team(2);
        var (x, e, c) = Pool(count, 2, conditions);
        var (y, f, _) = Pool(count, 2, conditions);
        NoisePairing kept = new(x, e, 2, team.Threads, default), mixed = new(y, f, 2, team.Threads, default);
        for (var round = 0ul; round < 3; round++)
        {
            kept.Run(team, Key.Fold(round), c);
            mixed.Run(team, Key.Fold(round), []);
        }
        for (var j = 0; j < conditions; j++)
        {
            // Where |x| grows with c, the nearest noise does, too; at random the correlation is 1 / sqrt(N) = 0.008. In a cell of 1024 points the noise is bound to c, whose
            // deviation there is 1/16 of the whole with one condition, 1/4 with two: it can tell no more than that.
            var bound = conditions == 1 ? 4 * 0.008 + 1.0 / 16 : 4 * 0.008 + 1.0 / 4;
            Assert.InRange(Correlation(e, c[j]), -bound, bound);
            Assert.True(Correlation(f, c[j]) > 1.2 * bound, $"mixed with all conditions, {Correlation(f, c[j])}");
        }
    }

    [Fact]
    public void The_pairs_are_the_same_for_any_number_of_threads()
    {
        using Team one = new(1), five = new(5);
        var (x, e, c) = Pool(2000, 3, 2);
        var (_, f, _) = Pool(2000, 3, 2);
        new NoisePairing(x, e, 3, 1, default).Run(one, Key, c);
        new NoisePairing(x, f, 3, 5, default).Run(five, Key, c);
        Assert.Equal(e, f);
    }

    /// <summary>Points whose distance from the origin is the sum of 1.5 + c over conditions, and noise.</summary>
    private static (float[] X, float[] E, float[][] C) Pool(int count, int dimension, int conditions)
    {
        float[][] c = [.. Enumerable.Range(0, conditions).Select(j => Enumerable.Range(0, count).Select(i => (float)(2 * Draws.Uniform(Key.Fold("c"), (ulong)i, (uint)j) - 1)).ToArray())];
        float[] x = new float[count * dimension], e = new float[count * dimension];
        for (var i = 0; i < count; i++)
        {
            var direction = Enumerable.Range(0, dimension).Select(d => Draws.Normal(Key.Fold("x"), (ulong)i, (uint)d)).ToArray();
            var length = Math.Sqrt(direction.Sum(v => v * v));
            for (var d = 0; d < dimension; d++)
            {
                x[i * dimension + d] = (float)(direction[d] / length * (conditions == 0 ? 1.5 : c.Sum(values => 1.5 + values[i]) / conditions));
                e[i * dimension + d] = (float)Draws.Normal(Key.Fold("e"), (ulong)i, (uint)d);
            }
        }
        return (x, e, c);
    }

    private static List<string> Rows(float[] e, int dimension) => [.. e.Chunk(dimension).Select(row => string.Join(' ', row)).Order()];

    private static float Square(float[] x, float[] e, int i, int j) => (x[2 * i] - e[2 * j]) * (x[2 * i] - e[2 * j]) + (x[2 * i + 1] - e[2 * j + 1]) * (x[2 * i + 1] - e[2 * j + 1]);

    /// <summary>Of |e| and c.</summary>
    private static double Correlation(float[] e, float[] c)
    {
        double[] a = [.. e.Chunk(2).Select(row => Math.Sqrt(row[0] * (double)row[0] + row[1] * (double)row[1]))];
        double meanA = a.Average(), meanC = c.Average(value => (double)value);
        double Mean(Func<double, double, double> f) => a.Select((value, i) => f(value - meanA, c[i] - meanC)).Average();
        return Mean((u, v) => u * v) / Math.Sqrt(Mean((u, _) => u * u) * Mean((_, v) => v * v));
    }
}
