using Locus.Engine.Blocks;

namespace Locus.Engine.Tests.Blocks;

public sealed unsafe class ArenaTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    public void One_cut_of_the_whole_size_always_fits_and_a_second_never_does(int floats)
    {
        // Where an array begins changes from one to the next, so one arena alone proves little.
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var arena = new Arena(floats);
            Assert.Equal(floats, arena.Vector(floats).Length);
            Assert.Throws<InvalidOperationException>(() => arena.Vector(1));
        }
    }

    [Fact]
    public void Every_cut_is_aligned_zero_and_apart_from_the_others()
    {
        int[] counts = [1, 15, 16, 17, 0, 64, 3];
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var arena = new Arena(counts.Sum(Arena.Rounded) + 2 * Block.Lanes);
            var vectors = counts.Select(arena.Vector).ToArray();
            var block = arena.Rows(2);
            fixed (float* first = block) Assert.Equal(0u, (nuint)first & 63);
            for (var i = 0; i < counts.Length; i++)
            {
                fixed (float* start = vectors[i].Span) Assert.Equal(0u, (nuint)start & 63);
                foreach (var value in vectors[i].Span) Assert.Equal(0f, value);
                vectors[i].Span.Fill(i + 1);
            }
            block.Values.Fill(-1);
            for (var i = 0; i < counts.Length; i++)
                foreach (var value in vectors[i].Span) Assert.Equal(i + 1f, value);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    public void A_cut_is_rounded_up_to_whole_cells(int count, int taken) => Assert.Equal(taken, Arena.Rounded(count));

    [Fact]
    public void Sizes_that_are_negative_or_beyond_any_memory_are_refused()
    {
        var arena = new Arena(64);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Arena(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.Vector(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.Rows(-1));
        Assert.Throws<InvalidOperationException>(() => arena.Vector(int.MaxValue));
        // 2^26 rows are 2^32 floats: a product that wraps around to 0 must not pass for an empty block.
        Assert.Throws<InvalidOperationException>(() => arena.Rows(1 << 26));
        Assert.Throws<InvalidOperationException>(() => arena.Rows(int.MaxValue));
        Assert.Equal(64, arena.Rows(1).Values.Length);
    }

    [Fact]
    public void A_refused_cut_takes_nothing()
    {
        var arena = new Arena(2 * Block.Lanes);
        arena.Rows(1);
        Assert.Contains("64 floats left, 128 were asked for", Assert.Throws<InvalidOperationException>(() => arena.Rows(2)).Message, StringComparison.Ordinal);
        Assert.Equal(1, arena.Rows(1).Rows);
    }
}
