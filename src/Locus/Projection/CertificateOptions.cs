using Locus.Options;

namespace Locus.Projection;

/// <summary>What counts as near.</summary>
public sealed record CertificateOptions
{
    /// <summary>Largest distance to a point of the set, in longest edges of the problem's region.</summary>
    [Option("Largest distance to a true point that is still a certificate, in longest edges of the region. 1e-9 is what projection reaches with room to spare; smaller is stricter, and below 1e-15 rounding leaves nothing to prove.", Min = 0, Max = 1, Above = true)]
    public double Radius { get; init; } = 1e-9;
}
