using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;
using Locus.Walks;

namespace Locus.Sampling;

/// <summary>
/// Brings projected samples nearer to the uniform law of their set, or to that of its energy: from each a chain makes K reversible steps that leave that law as it is, and stay on the set; conditions are kept.
/// Projection leaves too many points on boundaries; a few steps take them off. What the sampler gets wrong on a larger scale takes more steps, and shares of parts between
/// which no step leads stay as they are. Sample i ends in the same bits whatever the others are and however many threads work.
/// </summary>
public sealed class ExactChain
{
    // Between two looks at the cancellation.
    private const int StepsPerRun = 16;

    // Steps are this long or shorter by up to 6 octaves: no chain has to learn what fits, so that each is reversible from its first step.
    private const double LongestStep = 2, Octaves = 6;

    private readonly StandardSet set;

    /// <summary>Chains on the set of a problem.</summary>
    /// <param name="problem">Whose set.</param>
    /// <param name="standard">Coordinates in which the set is of order 1; null for those of <see cref="Standardization.Of(Problem)"/>.</param>
    public ExactChain(Problem problem, Standardization? standard = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        set = StandardSet.Slices(problem, standard ?? Standardization.Of(problem));
    }

    /// <summary>Chains on the set that a network draws from, in its coordinates: training has found out where the set lies and how far it reaches.</summary>
    /// <param name="sampler">The network.</param>
    public ExactChain(Sampler sampler)
        : this(sampler?.Problem!, sampler?.Standard)
    {
    }

    /// <summary>Makes K steps from each of N samples; they are left as they are.</summary>
    /// <param name="projected">Samples on the set; those whose projection failed are passed on.</param>
    /// <param name="conditions">c [N, C] in the user's units, or [1, C] where all have the same; null for a problem without parameters.</param>
    /// <param name="steps">K, 0 or more.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the chains after some steps.</param>
    /// <exception cref="LocusException">The sizes do not fit together; all mistakes are listed.</exception>
    /// <exception cref="OperationCanceledException">The chains were cancelled.</exception>
    /// <exception cref="Engine.Programs.OpaqueFunctionException">A function of the user has thrown.</exception>
    public ChainedPoints Run(ProjectedPoints projected, Points? conditions, int steps, Key key, Team team, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(projected);
        ArgumentNullException.ThrowIfNull(team);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        var points = projected.Points;
        RequireSizes(points, conditions);
        if (points.Count == 0) return new ChainedPoints(points, [], []);
        var walk = new Walk(set, Starts(projected), conditions is null ? null : Standardized(conditions, points.Count), key.Fold("exact chain"), team.Threads, Octaves);
        Array.Fill(walk.Sizes, LongestStep);
        if (set.Problem.Energy is not null) walk.Power = 1;
        for (var done = 0; done < steps; done += StepsPerRun)
        {
            cancellation.ThrowIfCancellationRequested();
            walk.Run(team, Math.Min(StepsPerRun, steps - done), adapts: false);
        }
        return Ends(projected, conditions, walk.Points);
    }

    private static bool IsOnSet(ProjectedPoints projected, int i) => projected.Outcomes[i] is ProjectionOutcome.OnSet or ProjectionOutcome.Projected;

    // Samples that are not on the set may be no numbers: what their lanes do is not looked at.
    private Points Starts(ProjectedPoints projected)
    {
        var (standard, starts) = (set.Standard, new Points(projected.Points.Count, set.Dimension));
        for (var i = 0; i < starts.Count; i++)
            if (IsOnSet(projected, i))
                for (var d = 0; d < set.Dimension; d++) starts.Row(i)[d] = (projected.Points[i][d] - standard.Center[d]) / standard.Scale[d];
        return starts;
    }

    private Points Standardized(Points conditions, int count)
    {
        var (standard, all) = (set.Standard, new Points(count, conditions.Dimension));
        for (var i = 0; i < count; i++)
        {
            for (var k = 0; k < conditions.Dimension; k++)
            {
                var value = conditions[conditions.Count == 1 ? 0 : i][k];
                all.Row(i)[k] = double.IsFinite(value) ? (value - standard.ConditionCenter[k]) / standard.ConditionScale[k] : 0;
            }
        }
        return all;
    }

    // A coordinate that the box holds ends in it exactly.
    private ChainedPoints Ends(ProjectedPoints projected, Points? conditions, Points u)
    {
        var (problem, standard) = (set.Problem, set.Standard);
        var ends = new Points([.. projected.Points.Values], set.Dimension);
        double[] residuals = [.. projected.Residuals], moves = new double[ends.Count], slack = new double[1], scratch = new double[problem.Slack.ScratchRows];
        var starts = Starts(projected);
        for (var i = 0; i < ends.Count; i++)
        {
            if (!IsOnSet(projected, i) || u[i].SequenceEqual(starts[i])) continue;
            for (var d = 0; d < set.Dimension; d++)
            {
                var end = Math.Clamp(standard.Center[d] + standard.Scale[d] * u[i][d], problem.Variables[d].Lower, problem.Variables[d].Upper);
                moves[i] += (end - ends[i][d]) * (end - ends[i][d]);
                ends.Row(i)[d] = end;
            }
            moves[i] = Math.Sqrt(moves[i]);
            problem.Slack.Run(ends[i], conditions is null ? [] : conditions[conditions.Count == 1 ? 0 : i], slack, scratch);
            residuals[i] = slack[0];
        }
        return new ChainedPoints(ends, residuals, moves);
    }

    private void RequireSizes(Points points, Points? conditions)
    {
        var problem = set.Problem;
        List<string> wrong = [];
        if (points.Dimension != problem.Dimension) wrong.Add($"the points have {points.Dimension} coordinates, '{problem.Name}' has {problem.Dimension}");
        if ((conditions?.Dimension ?? 0) != problem.ConditionCount)
            wrong.Add($"{conditions?.Dimension ?? 0} parameters are given, '{problem.Name}' has {problem.ConditionCount}; give those that the points were drawn for");
        if (conditions is not null && conditions.Count != 1 && conditions.Count != points.Count)
            wrong.Add($"there are {points.Count} points and {conditions.Count} sets of parameters; give one for each, or one for all");
        if (wrong.Count > 0) throw new LocusException("chains from projected points: " + string.Join("; ", wrong));
    }
}
