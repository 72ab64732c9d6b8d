using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Training;

namespace Locus.Tests.Training.Fitting;

public sealed class StratifiedTimesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Each_equal_part_holds_one_number_of_all_blocks_at_its_uniform_place(int blocks)
    {
        var uniform = new Arena(Block.Lanes).Rows(1);
        var parts = blocks * Block.Lanes;
        for (var block = 0; block < blocks; block++)
        {
            Draws.Uniform(Key.Seed(53), (ulong)(block * Block.Lanes), 0, uniform);
            // Both ends of a part.
            (uniform[0][0], uniform[0][1]) = (0, MathF.BitDecrement(1));
            var before = uniform[0].ToArray();
            StratifiedTimes.Spread(uniform[0], block, blocks);
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                var part = block * Block.Lanes + lane;
                // A float next to 1 has its place to 6e-8.
                Assert.Equal((part + (double)before[lane]) / parts, uniform[0][lane], 1e-7);
                Assert.InRange(uniform[0][lane], 0f, 1f);
            }
        }
    }
}
