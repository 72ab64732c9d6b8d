using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Kernels;

public sealed class LeapKernelTests
{
    private const double Power = 0.3, Pull = 0.7, Size = 0.04;

    private static readonly LeapForce force = new(Power, Pull, Size);

    private delegate void Leap(in LeapForce force, Block score, Block position, Block momentum);

    [Fact]
    public void A_leap_follows_its_formula_with_the_same_bits_on_every_width()
    {
        foreach (var run in new Leap[] { LeapKernel.Leap<Lanes1>, LeapKernel.Leap<Lanes8>, LeapKernel.Leap<Lanes16>, LeapKernel.Leap })
        {
            var (score, position, momentum) = Blocks();
            float[] x = [.. position.Values], e = [.. momentum.Values];
            run(force, score, position, momentum);
            var (_, place, speed) = Blocks();
            LeapKernel.Leap<Lanes1>(force, score, place, speed);
            Assert.Equal(place.Values.ToArray(), position.Values.ToArray());
            Assert.Equal(speed.Values.ToArray(), momentum.Values.ToArray());
            for (var i = 0; i < x.Length; i++)
            {
                var g = Power * score.Values[i] - Pull * x[i];
                Assert.Equal(x[i] + Size * g + Math.Sqrt(2 * Size) * e[i], position.Values[i], 1e-5);
                Assert.Equal(e[i] + Math.Sqrt(Size / 2) * g, momentum.Values[i], 1e-5);
            }
        }
    }

    [Fact]
    public void A_kick_leaves_the_place_alone()
    {
        foreach (var run in new Leap[] { LeapKernel.Kick<Lanes1>, LeapKernel.Kick<Lanes8>, LeapKernel.Kick<Lanes16>, LeapKernel.Kick })
        {
            var (score, position, momentum) = Blocks();
            float[] x = [.. position.Values], e = [.. momentum.Values];
            run(force, score, position, momentum);
            var (_, _, speed) = Blocks();
            LeapKernel.Kick<Lanes1>(force, score, position, speed);
            Assert.Equal(speed.Values.ToArray(), momentum.Values.ToArray());
            Assert.Equal(x, position.Values.ToArray());
            for (var i = 0; i < x.Length; i++) Assert.Equal(e[i] + Math.Sqrt(Size / 2) * (Power * score.Values[i] - Pull * x[i]), momentum.Values[i], 1e-5);
        }
    }

    // Of 64 bits any pattern: none, all, the first and the last, and a mixed one.
    [Theory]
    [InlineData(0UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0x8000_0000_0000_0001UL)]
    [InlineData(0x9E37_79B9_7F4A_7C15UL)]
    public void Lanes_are_taken_whole_and_the_others_stay(ulong lanes)
    {
        var (from, to, _) = Blocks();
        from.Values[5] = float.NaN;
        float[] before = [.. to.Values];
        LeapKernel.Take(lanes, from, to);
        for (var i = 0; i < before.Length; i++) Assert.Equal((lanes >> i % Block.Lanes & 1) != 0 ? from.Values[i] : before[i], to.Values[i]);
    }

    private static (Block Score, Block Position, Block Momentum) Blocks()
    {
        var arena = new Arena(9 * Block.Lanes);
        Block[] blocks = [arena.Rows(3), arena.Rows(3), arena.Rows(3)];
        for (var i = 0; i < blocks.Length; i++) Draws.Normal(Key.Seed(7), 0, (uint)i, blocks[i]);
        return (blocks[0], blocks[1], blocks[2]);
    }
}
