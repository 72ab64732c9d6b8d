using Locus.Engine.Intervals;

namespace Locus.Projection;

/// <summary>What keeps a point from a certificate.</summary>
internal enum Obstacle
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A coordinate or a condition is NaN or infinite.</summary>
    NotFinite,

    /// <summary>A coordinate is outside of its box.</summary>
    Box,

    /// <summary>An equality has no root within the radius.</summary>
    NoRoot,

    /// <summary>An inequality is violated.</summary>
    Violated,

    /// <summary>The bounds of an inequality contain 0, and moving the point inward did not help.</summary>
    Open,

    /// <summary>A constraint has no value, or none that can be bounded, next to the point.</summary>
    Undefined,

    /// <summary>The gradients of the equalities are dependent.</summary>
    Dependent,

    /// <summary>The derivatives vary too much around the point for a root to be enclosed.</summary>
    Varies,

    /// <summary>The true point that was found is further away than the radius.</summary>
    Far,
}

/// <summary>Where a proof ended.</summary>
/// <param name="Obstacle">What stood in the way.</param>
/// <param name="Origin">Number of the constraint, or of the variable for <see cref="Obstacle.Box"/>; -1 for none.</param>
/// <param name="Bounds">The bounds that did not suffice.</param>
internal readonly record struct Ending(Obstacle Obstacle, int Origin = -1, Interval Bounds = default);
