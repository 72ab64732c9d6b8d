namespace Locus.Methods.OffPolicy;

/// <summary>Which points of a buffer are drawn.</summary>
public enum ReplayPriority
{
    /// <summary>By the rank of their rewards (Sendera et al. 2024, section 3.2).</summary>
    Rank,

    /// <summary>In proportion to their rewards R.</summary>
    Reward,

    /// <summary>In proportion to the weights R / q' of the paths that led to them, so that they have the density's law, whatever the drift's.</summary>
    Importance,

    /// <summary>Each as likely.</summary>
    Even,
}
