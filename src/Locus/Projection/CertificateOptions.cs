using Locus.Options;

namespace Locus.Projection;

/// <summary>What counts as near.</summary>
public sealed record CertificateOptions
{
    /// <summary>Largest distance to a point of the set, each coordinate in edges of the problem's region.</summary>
    [Option("Largest distance to a true point that is still a certificate, each coordinate measured in edges of the region. Projection ends within 1e-14; 1e-9 leaves room for a step off the edge of an inequality. Smaller is stricter, and below 1e-14 rounding leaves little to prove.", Min = 0, Max = 1, Above = true)]
    public double Radius { get; init; } = 1e-9;
}
