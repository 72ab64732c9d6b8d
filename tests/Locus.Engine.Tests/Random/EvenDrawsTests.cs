using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Random;

public class EvenDrawsTests
{
    private const int Count = 65536;

    /// <summary>Means of waves over random points have the size 1 / sqrt(N) = 0.004; long waves, of one coordinate and of two together, must be far below it.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void LongWavesAverageOut(int dimension)
    {
        EvenDraws draws = new(Key.Seed(5), dimension);
        for (var d = 0; d < dimension; d++)
        {
            Assert.True(Wave(i => draws.Uniform(i, d)) < 1e-3, $"coordinate {d}");
            for (var other = Math.Max(0, d - 6); other < d; other++)
            {
                Assert.True(Wave(i => draws.Uniform(i, d) + draws.Uniform(i, other)) < 1e-3, $"coordinates {d} + {other}");
                Assert.True(Wave(i => draws.Uniform(i, d) - draws.Uniform(i, other)) < 1e-3, $"coordinates {d} - {other}");
            }
        }
    }

    /// <summary>Of random normal numbers mean, variance and covariance would be off by 0.004 to 0.006.</summary>
    [Fact]
    public void NormalNumbersHaveTheMomentsOfTheirLaw()
    {
        const int dimension = 5;
        EvenDraws draws = new(Key.Seed(6), dimension);
        var moments = new double[dimension, dimension];
        var means = new double[dimension];
        for (var i = 0ul; i < Count; i++)
        {
            double[] e = [.. Enumerable.Range(0, dimension).Select(d => draws.Normal(i, d))];
            for (var d = 0; d < dimension; d++)
            {
                means[d] += e[d] / Count;
                for (var k = 0; k < dimension; k++) moments[d, k] += e[d] * e[k] / Count;
            }
        }
        for (var d = 0; d < dimension; d++)
        {
            Assert.InRange(means[d], -1e-3, 1e-3);
            for (var k = 0; k < dimension; k++) Assert.InRange(moments[d, k] - (d == k ? 1 : 0), -2e-3, 2e-3);
        }
    }

    /// <summary>The quantile against the law's own distribution function.</summary>
    [Fact]
    public void NormalNumbersAreTheQuantilesOfUniformOnes()
    {
        EvenDraws draws = new(Key.Seed(8), 3);
        for (var i = 0ul; i < 5000; i++)
            Assert.Equal(draws.Uniform(i, 2), 0.5 * (1 + ElementaryDouble.Erf(draws.Normal(i, 2) / Math.Sqrt(2))), 1e-12);
    }

    /// <summary>The shift makes each point uniform by itself: the mean over 4,096 keys is 1/2 with the error 0.0045, the mean square 1/3 with 0.0047.</summary>
    [Fact]
    public void APointIsUniformOverKeys()
    {
        double[] values = [.. Enumerable.Range(0, 4096).Select(seed => new EvenDraws(Key.Seed(seed), 1).Uniform(17, 0))];
        Assert.InRange(values.Average(), 0.5 - 0.018, 0.5 + 0.018);
        Assert.InRange(values.Average(v => v * v), 1 / 3.0 - 0.019, 1 / 3.0 + 0.019);
        Assert.All(values, v => Assert.InRange(v, 0, 1 - 1e-16));
    }

    [Fact]
    public void CoordinatesDoNotDependOnHowManyThereAre()
    {
        EvenDraws few = new(Key.Seed(7), 2), many = new(Key.Seed(7), 9);
        for (var i = 0ul; i < 10; i++)
            for (var d = 0; d < 2; d++) Assert.Equal(few.Uniform(i, d), many.Uniform(i, d));
    }

    private static double Wave(Func<ulong, double> turn)
    {
        var (re, im) = (0.0, 0.0);
        for (var i = 0ul; i < Count; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * turn(i));
            (re, im) = (re + cos, im + sin);
        }
        return Math.Sqrt(re * re + im * im) / Count;
    }
}
