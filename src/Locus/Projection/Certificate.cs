namespace Locus.Projection;

/// <summary>What is proven about a point. Proofs hold for exact real arithmetic; rounding, of the point too, is accounted for.</summary>
public enum Certificate
{
    /// <summary>Nothing is proven; <see cref="Certifier.Explain"/> says what stands in the way.</summary>
    Undecided,

    /// <summary>The point itself satisfies every constraint.</summary>
    Inside,

    /// <summary>A point that satisfies every constraint exists within the distance stated, which is within the radius of the options.</summary>
    Near,

    /// <summary>
    /// The point violates a constraint, and where equalities are needed no point of the set lies within the radius. Of a union this is proven for each member.
    /// </summary>
    Outside,
}
