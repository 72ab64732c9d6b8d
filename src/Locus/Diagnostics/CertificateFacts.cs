using Locus.Projection;

namespace Locus.Diagnostics;

/// <summary>What is proven about N samples, see <see cref="Certifier"/>.</summary>
/// <param name="Certified">Share of the samples with a proof that they, or a point within the limit, satisfy every constraint; 1 is perfect.</param>
/// <param name="Inside">Samples that satisfy every constraint themselves.</param>
/// <param name="Near">Samples with a point of the set within the limit.</param>
/// <param name="Undecided">Samples about which nothing is proven.</param>
/// <param name="Outside">Samples that violate a constraint and have, where equalities are needed, no point of the set within the limit.</param>
/// <param name="LargestRadius">Largest of the proven distances to the set, in the user's units; null without a certified sample.</param>
/// <param name="Limit">Largest distance that counts as near, as a share of each edge of the region.</param>
public sealed record CertificateFacts(double Certified, int Inside, int Near, int Undecided, int Outside, double? LargestRadius, double Limit)
{
    /// <summary>The facts about some certificates.</summary>
    /// <param name="certificates">One for each sample, [N].</param>
    /// <param name="limit">Largest distance that counts as near, as a share of each edge of the region: <see cref="CertificateOptions.Radius"/>.</param>
    public static CertificateFacts Of(IReadOnlyList<PointCertificate> certificates, double limit)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        int Count(Certificate verdict) => certificates.Count(c => c.Verdict == verdict);
        var certified = certificates.Where(c => c.Verdict is Certificate.Inside or Certificate.Near).ToList();
        return new CertificateFacts(
            (double)certified.Count / certificates.Count,
            Count(Certificate.Inside),
            Count(Certificate.Near),
            Count(Certificate.Undecided),
            Count(Certificate.Outside),
            certified.Count == 0 ? null : certified.Max(c => c.Distance),
            limit);
    }
}
