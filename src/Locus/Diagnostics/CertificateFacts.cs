using Locus.Engine.Workers;
using Locus.Problems;
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
    /// <summary>Certifies points, for a report; null where the problem has no certificates.</summary>
    /// <param name="problem">Whose set.</param>
    /// <param name="points">[N, D] in the user's units, N at least 1.</param>
    /// <param name="conditions">c [N, C], or [1, C] where all have the same; null for a problem without parameters.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static CertificateFacts? Of(Problem problem, Points points, Points? conditions, Team team, CancellationToken cancellation = default)
    {
        if (Certifier.WhyNot(problem) is not null) return null;
        var certifier = new Certifier(problem);
        return Of(certifier.Check(points, conditions, team, cancellation), certifier.Options.Radius);
    }

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
