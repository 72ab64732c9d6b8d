using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;
using Locus.Sampling;

namespace Locus.Diagnostics.Rivals;

/// <summary>Runs a network and its rivals and compares them.</summary>
/// <param name="sampler">The network, run as it was measured.</param>
/// <param name="report">Its report: how its samples are delivered, how good they are, what its training took.</param>
/// <param name="reference">The measures of exact samples; null where no truth is known.</param>
/// <param name="options">What is measured.</param>
/// <param name="team">Workers of all.</param>
/// <param name="clock">Tells the time.</param>
public sealed class RivalMeasurement(Sampler sampler, Report report, ExactReference? reference, QualityOptions options, Team team, TimeProvider clock)
{
    // Beyond these, samples are counted and not kept.
    private const int MostKept = 10_000;

    // What the first calls of a method take to compile is not its time.
    private const int PracticeWaves = 2;

    // Of the energy, for a network that was not trained here.
    private const long UsualCalls = 10_000_000;

    private delegate Rival Start(Problem problem, double[] conditions, long budget, int keep, Key key, int threads);

    // Those for energies.
    private static readonly (string Name, Start Begin)[] Energies =
    [
        ("smc", (problem, conditions, budget, keep, key, threads) => new AnnealingRival(problem, conditions, budget, keep, key, threads)),
        ("mala", ChainRival.Langevin),
        ("hmc", ChainRival.Hamiltonian),
        ("tempering", (problem, conditions, budget, keep, key, threads) => new TemperingRival(problem, conditions, budget, keep, key, threads)),
    ];

    /// <summary>Compares.</summary>
    /// <param name="seconds">
    /// Time of each rival; null for as much as the network takes for training and drawing, and for an energy for as many calls of it as the training took, which are the most in any case.
    /// </param>
    /// <param name="key">Randomness.</param>
    /// <param name="cancellation">Ends the comparison with an <see cref="OperationCanceledException"/>.</param>
    public RivalComparison Run(double? seconds, Key key, CancellationToken cancellation = default)
    {
        var problem = sampler.Problem;
        var given = problem.ConditionCount == 0 ? null : problem.Parameters.ToDictionary(p => p.Name, p => report.Given?.TryGetValue(p.Name, out var value) == true ? value : p.Lower + (p.Upper - p.Lower) / 2);
        double[] conditions = given is null ? [] : [.. problem.Parameters.Select(p => given[p.Name])];
        var draw = Draw(key, given, cancellation);
        var training = report.Training?.Seconds ?? 0;
        var keep = Math.Min(MostKept, report.Count);
        var calls = problem is { Energy: not null, IsUnlimited: true } ? report.Training?.EnergyCalls ?? UsualCalls : (long?)null;
        RivalFacts[] rivals = calls is { } budget
            ? [.. Energies.Select(rival => Run(k => rival.Begin(problem, conditions, budget, keep, k, team.Threads), seconds ?? double.PositiveInfinity, key.Fold(rival.Name), conditions, cancellation))]
            : Sets(seconds ?? training + draw, keep, key, conditions, cancellation);
        var (name, quality) = ReportTable.Samples(report)[^1];
        var verdict = new RivalVerdict(report.Count, training, draw, quality) { EnergyCalls = calls, EnergyCallsPerSample = report.Sampler.EnergyCalls ?? 0 }.Text(rivals);
        // The network is trained for all values, its rivals draw for one.
        if (given is { Count: > 0 }) verdict = $"For {string.Join(", ", given.Select(pair => $"{pair.Key} = {ReportTable.Figure(pair.Value)}"))}, and perhaps not for other values: {verdict}";
        return new RivalComparison(name, training, draw, team.Threads, given, rivals, verdict) { EnergyCalls = calls, EnergyCallsPerSample = calls is null ? null : report.Sampler.EnergyCalls ?? 0 };
    }

    private RivalFacts[] Sets(double limit, int keep, Key key, double[] conditions, CancellationToken cancellation)
    {
        var problem = sampler.Problem;
        var walk = Run(k => new WalkRival(problem, conditions, keep, k, team.Threads), limit, key.Fold("walk"), conditions, cancellation);
        // The others know the uniform law alone.
        if (problem.Energy is not null) return [walk];
        return
        [
            RejectionRival.WhyNot(problem) is { } reason
                ? new RivalFacts("rejection", 0, 0, 0, 0) { Exact = true, Unbiased = true, Reason = reason }
                : Run(k => new RejectionRival(problem, conditions, keep, k, team.Threads), limit, key.Fold("rejection"), conditions, cancellation),
            walk,
            Run(k => new DescentRival(problem, conditions, keep, k, team.Threads), limit, key.Fold("descent"), conditions, cancellation),
        ];
    }

    /// <summary>Seconds for a draw of the network, delivered as in the report. The report has called all of it before.</summary>
    private double Draw(Key key, Dictionary<string, double>? given, CancellationToken cancellation)
    {
        var projector = new Projector(sampler.Problem);
        var start = clock.GetTimestamp();
        var samples = sampler.Sample(report.Count, key, team, given, cancellation: cancellation);
        if (report.Projected is not null)
        {
            var projected = projector.Project(samples.Points, samples.Conditions, team, cancellation);
            if (report.Chained?.Steps is { } steps) new ExactChain(sampler).Run(projected, samples.Conditions, steps, key, team, cancellation);
        }
        return clock.GetElapsedTime(start).TotalSeconds;
    }

    private RivalFacts Run(Func<Key, Rival> begin, double limit, Key key, double[] conditions, CancellationToken cancellation)
    {
        var practice = begin(key.Fold("practice"));
        for (var wave = 0; wave < PracticeWaves; wave++) practice.Wave(team, cancellation);
        var (setup, setupCalls, elapsed, start) = (0.0, 0L, 0.0, clock.GetTimestamp());
        var rival = begin(key);
        while (elapsed < limit && !rival.IsSpent)
        {
            var ready = rival.IsReady;
            rival.Wave(team, cancellation);
            elapsed = clock.GetElapsedTime(start).TotalSeconds;
            if (!ready) (setup, setupCalls) = (elapsed, rival.Calls);
        }
        var facts = new RivalFacts(rival.Name, elapsed, setup, rival.Samples, rival.Samples > 0 && elapsed > setup ? rival.Samples / (elapsed - setup) : 0)
        {
            Exact = rival.IsExact,
            Unbiased = rival.IsUnbiased,
            Reason = rival.Samples > 0 ? null : WhyNone(rival),
        };
        if (rival is EnergyRival energy)
            facts = facts with
            {
                EnergyCalls = energy.Calls,
                SetupCalls = setupCalls,
                Setting = energy.Setting,
                LogZ = energy.LogZ?.Value,
                LogZError = energy.LogZ?.Error,
                Acceptance = energy.Acceptance,
                Exchanged = energy.Exchanged,
                RoundTrips = energy.RoundTrips,
            };
        if (rival.Samples == 0 || rival.Kept is not { Count: > 0 } kept) return facts;
        var given = conditions.Length == 0 ? null : new Points(conditions, conditions.Length);
        return facts with { Measured = kept.Count, Quality = QualityMeasurement.Of(sampler.Problem, kept, given, reference, options, team.Threads, cancellation) };
    }

    private static string WhyNone(Rival rival) =>
        rival.IsSpent ? "its calls of the energy were spent before it gave samples" : rival.IsReady && rival is not EnergyRival ? "none of its points is on the set" : "its time was over before its search and warm-up";
}
