using Locus.Engine.Random;

namespace Locus.Engine.Tests.Random;

public sealed class KeyTests
{
    private static readonly Key Root = Key.Seed(42);

    [Fact]
    public void Different_seeds_have_different_keys()
    {
        long[] seeds = [0, 1, -1, 1L << 32, long.MinValue, long.MaxValue];
        Assert.Equal(seeds.Length, seeds.Select(Key.Seed).Distinct().Count());
    }

    [Fact]
    public void Folding_twice_the_same_is_folding_once_and_again()
    {
        Assert.Equal(Root.Fold("noise"), Root.Fold("noise"));
        Assert.NotEqual(Root.Fold("noise"), Root.Fold("noise").Fold("noise"));
        Assert.NotEqual(Root, Root.Fold("noise"));
    }

    [Fact]
    public void Texts_that_look_alike_are_told_apart()
    {
        Key[] keys =
        [
            Root, Root.Fold(""), Root.Fold("\0"), Root.Fold("\0\0"), Root.Fold("a"), Root.Fold("a\0"), Root.Fold("ab"), Root.Fold("a").Fold("b"),
            Root.Fold("abcdefgh"), Root.Fold("abcdefghi"), Root.Fold("abcdefgh").Fold("i"), Root.Fold("abcdefghabcdefgh"),
            Root.Fold("\u00e9"), Root.Fold("e\u0301"), Root.Fold(0), Root.Fold('a'), Root.Fold(1UL << 32),
            Root.Fold("a").Fold(1), Root.Fold(1).Fold("a"),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    // A million keys of 64 bits: two alike have probability 3e-8.
    [Fact]
    public void A_million_indices_have_a_million_keys()
    {
        var keys = new HashSet<ulong>();
        for (var i = 0UL; i < 1_000_000; i++)
        {
            var key = Root.Fold(i);
            keys.Add(((ulong)key.High << 32) | key.Low);
        }
        Assert.Equal(1_000_000, keys.Count);
    }

    [Fact]
    public void A_missing_purpose_is_refused() => Assert.Throws<ArgumentNullException>(() => Root.Fold(null!));
}
