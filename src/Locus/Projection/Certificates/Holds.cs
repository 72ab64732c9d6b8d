namespace Locus.Projection;

/// <summary>What bounds say about a condition on a box.</summary>
internal enum Holds
{
    /// <summary>It holds at no point.</summary>
    Never,

    /// <summary>The bounds do not decide.</summary>
    Open,

    /// <summary>It holds at every point.</summary>
    Always,
}
