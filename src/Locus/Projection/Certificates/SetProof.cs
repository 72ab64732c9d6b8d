using Locus.Problems;

namespace Locus.Projection;

/// <summary>Proofs about a set that is a union of branches: one that is proven is enough, and all have to be outside. Memory of one caller.</summary>
internal sealed class SetProof
{
    private readonly BranchProof?[] proofs;
    private readonly Func<int, BranchProof> create;

    /// <summary>A prover.</summary>
    /// <param name="branches">The branches of the problem's set.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="reach">The half axes of the ellipsoid about a point in which a true point is sought, in the user's units, [D].</param>
    public SetProof(Branch[] branches, Problem problem, double[] reach)
    {
        proofs = new BranchProof?[branches.Length];
        create = i => new BranchProof(branches[i], problem.Variables, reach);
    }

    /// <summary>What stood in the way of the last certificate: in the branch that came closest.</summary>
    public Ending Ending { get; private set; }

    /// <summary>What is proven about a point.</summary>
    /// <param name="x">The point, [D].</param>
    /// <param name="c">The condition, [C].</param>
    public PointCertificate Check(ReadOnlySpan<double> x, ReadOnlySpan<double> c)
    {
        Ending = new(Obstacle.NotFinite);
        if (!IsFinite(x) || !IsFinite(c)) return new(Certificate.Undecided, double.NaN);
        var verdict = new PointCertificate(Certificate.Outside, double.NaN);
        for (var i = 0; i < proofs.Length; i++)
        {
            var certificate = (proofs[i] ??= create(i)).Check(x, c, out var ending);
            if (certificate.Verdict is Certificate.Inside or Certificate.Near)
            {
                Ending = default;
                return certificate;
            }
            if (i > 0 && certificate.Verdict == Certificate.Outside) continue;
            if (i == 0 || verdict.Verdict == Certificate.Outside) Ending = ending;
            if (certificate.Verdict == Certificate.Undecided) verdict = certificate;
        }
        return verdict;
    }

    private static bool IsFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) return false;
        }
        return true;
    }
}
