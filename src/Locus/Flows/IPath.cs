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

    /// <summary>Where the ratio of the step from x_i is added, log p(step) / p(step without drift), [64]; steps may share one.</summary>
    /// <param name="i">0 to T - 1.</param>
    Span<double> Ratio(int i);

    /// <summary>Sets all ratios to 0.</summary>
    void ClearRatios();
}
