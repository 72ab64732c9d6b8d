using Locus.Engine.Blocks;

namespace Locus.Flows;

/// <summary>Where the points of a block of paths are kept.</summary>
internal interface IPath
{
    /// <summary>x_i [D][64]; two that follow each other never lie in the same memory.</summary>
    /// <param name="i">0 to T.</param>
    Block Position(int i);

    /// <summary>The clipped score at x_i [D][64]; asked for only by a drift with a score.</summary>
    /// <param name="i">0 to T - 1.</param>
    Block Score(int i);
}
