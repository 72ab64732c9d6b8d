namespace Locus.Projection;

/// <summary>How the projection of one sample ended.</summary>
public enum ProjectionOutcome
{
    /// <summary>It was on the set and has not been moved.</summary>
    OnSet,

    /// <summary>It was moved onto the set.</summary>
    Projected,

    /// <summary>It stopped beside the set, where no direction lowers the violation.</summary>
    Stalled,

    /// <summary>It was still on its way when the steps were used up.</summary>
    StepsExhausted,

    /// <summary>Its coordinates, conditions, or the constraints at it are not finite; it has not been moved.</summary>
    NotFinite,
}
