using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

public sealed unsafe class AdamKernelTests
{
    private static readonly AdamStep Step = new(1e-2f, 0.9f, 0.999f, 1.7f, 25f, 1e-8f, 0.1f, 0.05f, 0.37f);

    [Fact]
    public void Every_width_updates_to_the_same_bits()
    {
        var plain = Updated<Lanes1>();
        Assert.Equal(plain, Updated<Lanes8>());
        Assert.Equal(plain, Updated<Lanes16>());
    }

    [Fact]
    public void An_update_is_that_of_the_formula()
    {
        const int count = 160;
        var (g, p, a, m, v) = Start(count);
        var after = Updated<Lanes1>(count);
        for (var i = 0; i < count; i++)
        {
            double gradient = Step.GradientScale * (double)g[i];
            var mi = 0.9 * m[i] + 0.1 * gradient;
            var vi = 0.999 * v[i] + 0.001 * gradient * gradient;
            var pi = p[i] - 1e-2 * (mi * 1.7 / (Math.Sqrt(vi * 25) + 1e-8) + 0.1 * p[i]);
            var ai = a[i] + 0.05 * (pi - a[i]);
            Assert.Equal(pi, after[0][i], 1e-6);
            Assert.Equal(ai, after[1][i], 1e-6);
            Assert.Equal(mi, after[2][i], 1e-6);
            Assert.Equal(vi, after[3][i], 1e-6);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_width_sums_shards_to_the_same_bits_and_to_the_true_sum(int shards)
    {
        var plain = Summed<Lanes1>(shards);
        foreach (var wide in new[] { Summed<Lanes8>(shards), Summed<Lanes16>(shards) })
        {
            Assert.Equal(plain.Total, wide.Total);
            Assert.Equal(BitConverter.DoubleToInt64Bits(plain.Squares), BitConverter.DoubleToInt64Bits(wide.Squares));
        }
        var gradients = ProductTests.Vector(shards * 320, "shards");
        var sums = Enumerable.Range(0, 320).Select(i => Enumerable.Range(0, shards).Sum(s => (double)gradients[s * 320 + i])).ToArray();
        for (var i = 0; i < 320; i++) Assert.Equal(sums[i], plain.Total[i], 2e-6);
        Assert.Equal(1, plain.Squares / sums.Sum(s => s * s), 1e-6);
    }

    private static (float[] G, float[] P, float[] A, float[] M, float[] V) Start(int count) => (
        ProductTests.Vector(count, "g"), ProductTests.Vector(count, "p"), ProductTests.Vector(count, "a"),
        ProductTests.Vector(count, "m"), [.. ProductTests.Vector(count, "v").Select(x => x * x)]);

    private static float[][] Updated<T>(int count = 4096)
        where T : struct, ILanes<T>
    {
        var (g, p, a, m, v) = Start(count);
        fixed (float* pg = g, pp = p, pa = a, pm = m, pv = v) AdamKernel.Update<T>(Step, pg, pp, pa, pm, pv, count);
        return [p, a, m, v];
    }

    private static (float[] Total, double Squares) Summed<T>(int shards)
        where T : struct, ILanes<T>
    {
        var gradients = ProductTests.Vector(shards * 320, "shards");
        double squares;
        fixed (float* start = gradients) squares = AdamKernel.SumShards<T>(start, 320, shards, 320);
        return (gradients[..320], squares);
    }
}
