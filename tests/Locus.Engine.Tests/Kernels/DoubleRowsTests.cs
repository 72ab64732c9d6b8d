using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

public sealed class DoubleRowsTests
{
    // Products of numbers near 1: each sum is right to N roundings.
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1003)]
    public void Products_are_those_of_the_plain_loops(int count)
    {
        double[] a = [.. ProductTests.Vector(count, "a").Select(v => v / 3.0)], b = [.. ProductTests.Vector(count, "b").Select(v => v / 7.0)];
        var expected = a.Zip(b, (x, y) => x * y).Sum();
        Assert.Equal(expected, DoubleRows.Dot(a, b), 1e-16 * (1 + a.Zip(b, (x, y) => Math.Abs(x * y)).Sum()) * (1 + count));
        var sum = b.ToArray();
        DoubleRows.AddScaled(-0.3, a, sum);
        Assert.Equal(a.Zip(b, (x, y) => Math.FusedMultiplyAdd(-0.3, x, y)), sum);
    }

    [Fact]
    public void Vectors_of_unequal_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => DoubleRows.Dot([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => DoubleRows.AddScaled(1, [1, 2], new double[1]));
    }
}
