using Locus.Engine.Blocks;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Random;

public sealed unsafe class PhiloxTests
{
    // The known answers that come with Random123, the authors' own library.
    public static TheoryData<uint[], uint[], uint[]> KnownAnswers => new()
    {
        { [0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
        {
            [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff],
            [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]
        },
        {
            [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0],
            [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]
        },
    };

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void The_published_answers_come_out_on_every_path(uint[] counter, uint[] key, uint[] answer)
    {
        var k = new Key(key[0], key[1]);
        Span<uint> four = stackalloc uint[4];
        Philox.Draw(k, counter[0], counter[1], counter[2], counter[3], four);
        Assert.Equal(answer, four.ToArray());

        var sample = ((ulong)counter[3] << 32) | counter[2];
        Assert.Equal(answer, FirstLane(Filled<Words16>(k, counter[0], counter[1], sample)));
        Assert.Equal(answer, FirstLane(Filled<Words8>(k, counter[0], counter[1], sample)));
        Assert.Equal(answer, FirstLane(Filled<Words1>(k, counter[0], counter[1], sample)));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(0xFFFF_FFE0UL)] // the low word overflows within the block
    [InlineData(0xFFFF_FFFF_FFFF_FFE0UL)] // and the whole index
    public void All_paths_fill_a_block_with_the_same_words(ulong first)
    {
        var key = Key.Seed(5);
        var plain = Filled<Words1>(key, 3, 4, first);
        Assert.Equal(plain, Filled<Words8>(key, 3, 4, first));
        Assert.Equal(plain, Filled<Words16>(key, 3, 4, first));
        var chosen = new uint[4 * Block.Lanes];
        fixed (uint* p = chosen) Philox.Fill(key, 3, 4, first, p);
        Assert.Equal(plain, chosen);

        Span<uint> four = stackalloc uint[4];
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var sample = unchecked(first + (ulong)lane);
            Philox.Draw(key, 3, 4, (uint)sample, (uint)(sample >> 32), four);
            for (var i = 0; i < 4; i++) Assert.Equal(four[i], plain[i * Block.Lanes + lane]);
        }
    }

    [Fact]
    public void Room_for_anything_but_four_words_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Philox.Draw(default, 0, 0, 0, 0, new uint[3]));
        Assert.Contains("not 3", error.Message, StringComparison.Ordinal);
    }

    private static uint[] Filled<T>(Key key, uint c0, uint c1, ulong first)
        where T : struct, IWords<T>
    {
        var words = new uint[4 * Block.Lanes];
        fixed (uint* p = words) Philox.Fill<T>(key, c0, c1, first, p);
        return words;
    }

    private static uint[] FirstLane(uint[] words) => [words[0], words[Block.Lanes], words[2 * Block.Lanes], words[3 * Block.Lanes]];
}
