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
    public void A_leap_follows_its_formula_with_the_same_bits_on_every_width() => Follows(
        [LeapKernel.Leap<Lanes1>, LeapKernel.Leap<Lanes8>, LeapKernel.Leap<Lanes16>, LeapKernel.Leap],
        (x, e, g) => (x + Size * g + Math.Sqrt(2 * Size) * e, e + Math.Sqrt(Size / 2) * g));

    [Fact]
    public void A_kick_leaves_the_place_alone() => Follows(
        [LeapKernel.Kick<Lanes1>, LeapKernel.Kick<Lanes8>, LeapKernel.Kick<Lanes16>, LeapKernel.Kick],
        (x, e, g) => (x, e + Math.Sqrt(Size / 2) * g));

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

    /// <summary>Every width does the same as the first, bit by bit, and that is the formula.</summary>
    private static void Follows(Leap[] widths, Func<double, double, double, (double Position, double Momentum)> formula)
    {
        var (score, x, e) = Blocks();
        var (_, place, speed) = Blocks();
        widths[0](force, score, place, speed);
        for (var i = 0; i < x.Values.Length; i++)
        {
            var expected = formula(x.Values[i], e.Values[i], Power * score.Values[i] - Pull * x.Values[i]);
            Assert.Equal(expected.Position, place.Values[i], 1e-5);
            Assert.Equal(expected.Momentum, speed.Values[i], 1e-5);
        }
        foreach (var run in widths)
        {
            var (_, position, momentum) = Blocks();
            run(force, score, position, momentum);
            Assert.Equal(place.Values.ToArray(), position.Values.ToArray());
            Assert.Equal(speed.Values.ToArray(), momentum.Values.ToArray());
        }
    }

    private static (Block Score, Block Position, Block Momentum) Blocks()
    {
        var arena = new Arena(9 * Block.Lanes);
        Block[] blocks = [arena.Rows(3), arena.Rows(3), arena.Rows(3)];
        for (var i = 0; i < blocks.Length; i++) Draws.Normal(Key.Seed(7), 0, (uint)i, blocks[i]);
        return (blocks[0], blocks[1], blocks[2]);
    }
}
