using Locus.Engine.Blocks;

namespace Locus.Training;

/// <summary>Times of a batch that lie everywhere in [0, 1] in every step.</summary>
internal static class StratifiedTimes
{
    /// <summary>Moves uniform numbers so that each equal part of [0, 1] holds one of those of all blocks.</summary>
    /// <param name="uniform">Numbers in [0, 1) of a block [64], overwritten.</param>
    /// <param name="block">Which block, 0 to blocks - 1.</param>
    /// <param name="blocks">Blocks that share [0, 1].</param>
    public static void Spread(Span<float> uniform, int block, int blocks)
    {
        var parts = blocks * Block.Lanes;
        for (var lane = 0; lane < Block.Lanes; lane++) uniform[lane] = (block * Block.Lanes + lane + uniform[lane]) / parts;
    }
}
