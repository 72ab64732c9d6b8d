using System.Collections.Concurrent;
using Locus.Engine.Workers;
using Locus.Problems;

namespace Locus.Projection;

/// <summary>
/// Machine-checked proofs that points lie on a set, or within a small distance of a point of it. Inequalities are bounded by interval arithmetic; equalities
/// need a root beside the point, which Krawczyk's test proves to exist. Then every inequality, and the box of the variables, has to hold on the
/// whole enclosure of that root. The set is the one of the problem's expressions over real numbers, with constants as the graph holds them. The
/// certificate of a point depends on nothing but the problem, the options and that point.
/// </summary>
public sealed class Certifier
{
    private const int Chunk = 64;

    private readonly Branch[] branches;
    private readonly double[] scale;
    private readonly ConcurrentBag<SetProof> idle = [];

    /// <summary>A certifier of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">What counts as near; the defaults if null.</param>
    /// <exception cref="LocusException">The problem has more unions of equalities than can be told apart.</exception>
    /// <exception cref="ArgumentException">The radius is not above 0.</exception>
    public Certifier(Problem problem, CertificateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new CertificateOptions();
        if (!(options.Radius > 0 && options.Radius <= 1)) throw new ArgumentException($"the radius is {options.Radius}; it must be above 0 and at most 1", nameof(options));
        Problem = problem;
        scale = Standardization.Of(problem).Scale;
        Radius = options.Radius * problem.Region.Upper.Zip(problem.Region.Lower, (upper, lower) => upper - lower).Max();
        branches = [.. Branches.Of(problem.Constraints).Select(parts => new Branch(parts, problem.Dimension, problem.ConditionCount))];
    }

    /// <summary>What is certified.</summary>
    public Problem Problem { get; }

    /// <summary>Largest distance to a point of the set that counts as near, in the user's units.</summary>
    public double Radius { get; }

    /// <summary>The certificate of one point.</summary>
    /// <param name="x">The point in the user's units, [D].</param>
    /// <param name="c">The parameters in the user's units, [C].</param>
    /// <exception cref="ArgumentException">A span has not the length that the problem asks for.</exception>
    public PointCertificate Check(ReadOnlySpan<double> x, ReadOnlySpan<double> c = default)
    {
        RequireSizes(x.Length, c.Length);
        var proof = Take();
        var certificate = proof.Check(x, c);
        idle.Add(proof);
        return certificate;
    }

    /// <summary>The certificates of many points; the same for any number of threads.</summary>
    /// <param name="points">Points in the user's units, [N, D].</param>
    /// <param name="conditions">The parameters of each point in the user's units: [N, C], or [1, C] where all have the same; null for a problem without.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the proofs with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>[N].</returns>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public PointCertificate[] Check(Points points, Points? conditions, Team team, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(team);
        RequireSizes(points.Dimension, conditions?.Dimension ?? 0);
        if (conditions is not null && conditions.Count != 1 && conditions.Count != points.Count)
            throw new ArgumentException($"there are {points.Count} points and {conditions.Count} sets of parameters", nameof(conditions));
        var work = new Work(this, points, conditions, team.Threads, cancellation);
        team.Run(work, (points.Count + Chunk - 1) / Chunk);
        cancellation.ThrowIfCancellationRequested();
        return work.Finish();
    }

    /// <summary>The certificate of one point in words: the verdict, the constraint that decides it, and why.</summary>
    /// <param name="x">The point in the user's units, [D].</param>
    /// <param name="c">The parameters in the user's units, [C].</param>
    /// <exception cref="ArgumentException">A span has not the length that the problem asks for.</exception>
    public string Explain(ReadOnlySpan<double> x, ReadOnlySpan<double> c = default)
    {
        RequireSizes(x.Length, c.Length);
        var proof = Take();
        var certificate = proof.Check(x, c);
        var text = Explanation.Of(Problem, Radius, certificate, proof.Ending);
        idle.Add(proof);
        return text;
    }

    private SetProof Take() => idle.TryTake(out var proof) ? proof : new SetProof(branches, Problem, scale, Radius);

    private void RequireSizes(int x, int c)
    {
        if (x == Problem.Dimension && c == Problem.ConditionCount) return;
        throw new ArgumentException(
            $"problem '{Problem.Name}' has {Problem.Dimension} coordinates and {Problem.ConditionCount} parameters; a point of {x} and {c} was given");
    }

    /// <summary>Chunks of points; each worker has a prover, each point its own place in the result.</summary>
    private sealed class Work(Certifier certifier, Points points, Points? conditions, int threads, CancellationToken cancellation) : IWork
    {
        private readonly PointCertificate[] certificates = new PointCertificate[points.Count];
        private readonly SetProof?[] proofs = new SetProof?[threads];

        public void Execute(int task, int worker)
        {
            if (cancellation.IsCancellationRequested) return;
            var proof = proofs[worker] ??= certifier.Take();
            for (var i = task * Chunk; i < Math.Min(points.Count, (task + 1) * Chunk); i++)
                certificates[i] = proof.Check(points[i], conditions is null ? default : conditions[conditions.Count == 1 ? 0 : i]);
        }

        public PointCertificate[] Finish()
        {
            foreach (var proof in proofs.OfType<SetProof>()) certifier.idle.Add(proof);
            return certificates;
        }
    }
}
