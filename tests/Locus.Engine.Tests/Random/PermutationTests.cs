using Locus.Engine.Random;

namespace Locus.Engine.Tests.Random;

public sealed class PermutationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Each_number_comes_once(int size)
    {
        var target = new int[size];
        Draws.Permutation(Key.Seed(31), target);
        Assert.Equal(Enumerable.Range(0, size), target.Order());
    }

    [Fact]
    public void All_orders_of_four_are_equally_likely()
    {
        var counts = new int[24];
        Span<int> p = stackalloc int[4];
        for (var k = 0; k < 48_000; k++)
        {
            Draws.Permutation(Key.Seed(31).Fold((ulong)k), p);
            // The order's number by its Lehmer code.
            var code = 0;
            for (var i = 0; i < 4; i++)
            {
                var smaller = 0;
                for (var j = i + 1; j < 4; j++) smaller += p[j] < p[i] ? 1 : 0;
                code = code * (4 - i) + smaller;
            }
            counts[code]++;
        }
        Statistics.EquallyLikely(counts);
    }

    [Fact]
    public void Every_place_of_a_long_one_gets_every_number_equally_often()
    {
        var counts = new int[50 * 50];
        var p = new int[50];
        for (var k = 0; k < 5000; k++)
        {
            Draws.Permutation(Key.Seed(32).Fold((ulong)k), p);
            for (var i = 0; i < 50; i++) counts[i * 50 + p[i]]++;
        }
        Statistics.EquallyLikely(counts);
    }

    [Fact]
    public void One_key_gives_one_permutation_and_another_key_another()
    {
        int[] a = new int[100], b = new int[100], c = new int[100];
        Draws.Permutation(Key.Seed(1), a);
        Draws.Permutation(Key.Seed(1), b);
        Draws.Permutation(Key.Seed(2), c);
        Assert.Equal(a, b);
        Assert.NotEqual(a, c);
    }
}
