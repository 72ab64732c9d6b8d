using System.Collections.Concurrent;
using Locus.Engine.Workers;
using Locus.Options;
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

    private readonly ConcurrentBag<SetProof> memories = [];
    private readonly Branch[] branches;
    private readonly double[] reach;

    /// <summary>A certifier of a problem.</summary>
    /// <param name="problem">Whose set.</param>
    /// <param name="options">What counts as near; null for the defaults.</param>
    /// <exception cref="LocusException">An option is out of its range, or the problem has more unions of equalities than can be told apart.</exception>
    public Certifier(Problem problem, CertificateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Problem = problem;
        Options = options ?? new CertificateOptions();
        var mistakes = OptionTable.Findings(Options);
        if (mistakes.Count > 0) throw new LocusException(string.Join(Environment.NewLine, mistakes));
        reach = [.. problem.Region.Upper.Zip(problem.Region.Lower, (upper, lower) => Options.Radius * (upper - lower))];
        branches = [.. Branches.Of(problem.Constraints).Select(parts => new Branch(parts, problem.Dimension, problem.ConditionCount))];
    }

    /// <summary>Whose set.</summary>
    public Problem Problem { get; }

    /// <summary>What counts as near.</summary>
    public CertificateOptions Options { get; }

    /// <summary>How far away in each coordinate a true point may be to count as near, [D], in the user's units.</summary>
    public IReadOnlyList<double> Reach => Array.AsReadOnly(reach);

    /// <summary>Why points of a problem cannot be certified, with the way out; null if they can.</summary>
    /// <param name="problem">The problem.</param>
    public static string? WhyNot(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Branches.WhyNot(problem.Constraints);
    }

    /// <summary>The certificate of one point.</summary>
    /// <param name="x">The point in the user's units, [D].</param>
    /// <param name="c">The parameters in the user's units, [C].</param>
    /// <exception cref="LocusException">The sizes do not fit the problem.</exception>
    public PointCertificate Check(ReadOnlySpan<double> x, ReadOnlySpan<double> c = default)
    {
        RequireSizes(x.Length, c.Length);
        var memory = Take();
        var certificate = memory.Check(x, c);
        memories.Add(memory);
        return certificate;
    }

    /// <summary>The certificates of N points; the same for any number of threads.</summary>
    /// <param name="points">x [N, D] in the user's units.</param>
    /// <param name="conditions">c [N, C] in the user's units, or [1, C] where all have the same; null for a problem without parameters.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the proofs between two chunks of points.</param>
    /// <returns>[N].</returns>
    /// <exception cref="LocusException">The sizes do not fit together; all mistakes are listed.</exception>
    /// <exception cref="OperationCanceledException">The proofs were cancelled.</exception>
    public PointCertificate[] Check(Points points, Points? conditions, Team team, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(team);
        var pairs = conditions is null || conditions.Count == 1 ? points.Count : conditions.Count;
        RequireSizes(points.Dimension, conditions?.Dimension ?? 0, points.Count, pairs);
        cancellation.ThrowIfCancellationRequested();
        var work = new Work(this, points, conditions, cancellation);
        team.Run(work, (points.Count + Chunk - 1) / Chunk);
        return work.Certificates;
    }

    /// <summary>The certificate of one point in words: the verdict, the constraint that decides it, and why.</summary>
    /// <param name="x">The point in the user's units, [D].</param>
    /// <param name="c">The parameters in the user's units, [C].</param>
    /// <exception cref="LocusException">The sizes do not fit the problem.</exception>
    public string Explain(ReadOnlySpan<double> x, ReadOnlySpan<double> c = default)
    {
        RequireSizes(x.Length, c.Length);
        var memory = Take();
        var certificate = memory.Check(x, c);
        var text = Explanation.Of(Problem, Options.Radius, certificate, memory.Ending);
        memories.Add(memory);
        return text;
    }

    private SetProof Take() => memories.TryTake(out var memory) ? memory : new SetProof(branches, Problem, reach);

    private void RequireSizes(int dimension, int parameters, int points = 1, int conditions = 1)
    {
        List<string> wrong = [];
        if (dimension != Problem.Dimension) wrong.Add($"the points have {dimension} coordinates, '{Problem.Name}' has {Problem.Dimension}");
        if (parameters != Problem.ConditionCount)
            wrong.Add($"{parameters} parameters are given, '{Problem.Name}' has {Problem.ConditionCount}; give those that the points were drawn for");
        if (conditions != points) wrong.Add($"there are {points} points and {conditions} sets of parameters; give one for each, or one for all");
        if (wrong.Count > 0) throw new LocusException("certifying points: " + string.Join("; ", wrong));
    }

    /// <summary>One run: a task is a chunk of points, and each point has a place of its own in the result.</summary>
    private sealed class Work(Certifier certifier, Points points, Points? conditions, CancellationToken cancellation) : IWork
    {
        public PointCertificate[] Certificates { get; } = new PointCertificate[points.Count];

        public void Execute(int task, int worker)
        {
            cancellation.ThrowIfCancellationRequested();
            var memory = certifier.Take();
            for (var i = task * Chunk; i < Math.Min(points.Count, (task + 1) * Chunk); i++)
                Certificates[i] = memory.Check(points[i], conditions is null ? default : conditions[conditions.Count == 1 ? 0 : i]);
            certifier.memories.Add(memory);
        }
    }
}
