using Locus.Engine.Blocks;

namespace Locus.Engine.Tests.Blocks;

public sealed class BlockTests
{
    [Fact]
    public void Rows_lie_one_behind_the_other_and_slices_see_the_same_memory()
    {
        var block = new Arena(5 * Block.Lanes).Rows(5);
        for (var i = 0; i < block.Values.Length; i++) block.Values[i] = i;
        Assert.Equal(2 * 64 + 7, block[2][7]);
        var slice = block.Slice(1, 3);
        Assert.Equal(3, slice.Rows);
        Assert.Equal(block[1].ToArray(), slice[0].ToArray());
        Assert.Equal(block[3].ToArray(), slice[2].ToArray());
        slice.Slice(2, 1).Values.Fill(-1);
        Assert.All(block[3].ToArray(), value => Assert.Equal(-1f, value));
        Assert.Equal(4 * 64, block[4][0]);
    }

    [Fact]
    public void Empty_slices_and_the_default_block_have_no_values()
    {
        var block = new Arena(2 * Block.Lanes).Rows(2);
        Assert.Equal(0, block.Slice(2, 0).Values.Length);
        Assert.Equal(0, block.Slice(0, 0).Rows);
        Assert.Equal(0, default(Block).Rows);
        Assert.True(default(Block).Values.IsEmpty);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 4)]
    [InlineData(3, 1)]
    [InlineData(2, -1)]
    [InlineData(4, 0)]
    [InlineData(int.MaxValue, 1)]
    [InlineData(1, int.MaxValue)]
    public void Slices_that_leave_the_block_are_refused(int first, int count)
    {
        var block = new Arena(8 * Block.Lanes).Rows(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => block.Slice(first, count));
    }

    [Fact]
    public unsafe void Blocks_of_doubles_are_cut_from_the_same_arena()
    {
        var arena = new Arena(3 * Block.Lanes + 4 * DoubleBlock.FloatsPerRow);
        var (before, block, after) = (arena.Rows(1), arena.DoubleRows(4), arena.Rows(2));
        fixed (double* first = block.Values) Assert.Equal(0u, (nuint)first & 63);
        for (var i = 0; i < block.Values.Length; i++) block.Values[i] = i;
        Assert.Equal(2 * 64 + 7.0, block[2][7]);
        Assert.Equal(block[3].ToArray(), block.Slice(1, 3)[2].ToArray());
        Assert.All(before.Values.ToArray().Concat(after.Values.ToArray()), value => Assert.Equal(0f, value));
        Assert.Equal(0, block.Slice(4, 0).Values.Length);
        Assert.True(default(DoubleBlock).Values.IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => block.Slice(2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => block[4].Length);
        Assert.Throws<InvalidOperationException>(() => arena.DoubleRows(1));
        Assert.Throws<InvalidOperationException>(() => arena.DoubleRows(1 << 25));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    public void Rows_outside_are_refused(int row)
    {
        var block = new Arena(8 * Block.Lanes).Rows(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => block[row].Length);
    }
}
