using Locus.Engine.Random;
using Locus.Engine.Tests.Kernels;

namespace Locus.Engine.Tests.Random;

public sealed class ScalarDrawsTests
{
    private const int Samples = 100_000;
    private static readonly Key Stream = Key.Seed(21);

    [Fact]
    public void Uniform_doubles_are_uniform() =>
        Statistics.FollowsDistribution(Enumerable.Range(0, Samples).Select(i => Draws.Uniform(Stream, (ulong)i, 0)), x => x);

    [Fact]
    public void Normal_doubles_are_normal() => Statistics.FollowsDistribution(
        Enumerable.Range(0, Samples).Select(i => Draws.Normal(Stream, (ulong)i, 0)), x => 0.5 * (1 + ErrorFunctionSeries.Erf(x / Math.Sqrt(2))));

    [Fact]
    public void Uniform_doubles_use_53_bits()
    {
        var values = Enumerable.Range(0, 1000).Select(i => Draws.Uniform(Stream, (ulong)i, 1) * (1L << 53)).ToArray();
        Assert.All(values, v => Assert.Equal(Math.Floor(v), v));
        Assert.InRange(values.Count(v => (long)v % 2 == 1), 421, 579); // 500 +- 5 sqrt(250)
    }

    [Fact]
    public void Samples_and_draws_differ()
    {
        var values = new HashSet<double>();
        foreach (var index in new[] { 0UL, 1UL, 1UL << 32, ulong.MaxValue })
        {
            foreach (var draw in new[] { 0u, 1u, uint.MaxValue })
            {
                Assert.True(values.Add(Draws.Uniform(Stream, index, draw)));
                Assert.True(values.Add(Draws.Normal(Stream, index, draw)));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(1 << 10)]
    public void Numbers_below_a_bound_are_equally_likely(int bound)
    {
        var counts = new int[bound];
        for (var i = 0; i < Samples; i++) counts[Draws.Below(Stream, (ulong)i, 0, bound)]++;
        if (bound > 1) Statistics.EquallyLikely(counts);
        else Assert.Equal(Samples, counts[0]);
    }

    [Fact]
    public void Numbers_below_the_largest_bound_reach_all_sixteenths_of_it()
    {
        var counts = new int[16];
        for (var i = 0; i < Samples; i++) counts[(int)(Draws.Below(Stream, (ulong)i, 1, int.MaxValue) * 16L / int.MaxValue)]++;
        Statistics.EquallyLikely(counts);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_bound_below_one_is_refused(int bound) => Assert.Throws<ArgumentOutOfRangeException>(() => Draws.Below(Stream, 0, 0, bound));
}
