using System.Collections.Concurrent;
using Locus.Engine.Blocks;
using Locus.Engine.Workers;
using Locus.Options;
using Locus.Problems;

namespace Locus.Projection;

/// <summary>
/// Moves points onto the set of a problem by Gauss-Newton steps in double precision: each step is the smallest one, in standardised coordinates, that the linearised constraints
/// ask for, so that a point near a smooth set ends next to its nearest point. Sample i ends in the same bits whatever the others are and however many threads work.
/// Several callers may use one projector at once.
/// </summary>
public sealed class Projector
{
    private readonly ConcurrentBag<PointProjector> memories = [];
    private readonly Standardization standardization;

    /// <summary>A projector for a problem.</summary>
    /// <param name="problem">Whose set.</param>
    /// <param name="options">When a point counts as on the set, and how long it is tried; null for the defaults.</param>
    /// <exception cref="LocusException">An option is out of its range; all that are, are listed.</exception>
    public Projector(Problem problem, ProjectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Problem = problem;
        Options = options ?? new ProjectorOptions();
        var mistakes = OptionTable.Findings(Options);
        if (mistakes.Count > 0) throw new LocusException(string.Join(Environment.NewLine, mistakes));
        standardization = Standardization.Of(problem);
    }

    /// <summary>Whose set.</summary>
    public Problem Problem { get; }

    /// <summary>When a point counts as on the set.</summary>
    public ProjectorOptions Options { get; }

    /// <summary>Projects N points; they are left as they are.</summary>
    /// <param name="points">x [N, D] in the user's units.</param>
    /// <param name="conditions">c [N, C] in the user's units, or [1, C] where all have the same; null for a problem without parameters.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the projection between two blocks.</param>
    /// <exception cref="LocusException">The sizes do not fit together; all mistakes are listed.</exception>
    /// <exception cref="OperationCanceledException">The projection was cancelled.</exception>
    /// <exception cref="Engine.Programs.OpaqueFunctionException">A function of the user has thrown.</exception>
    public ProjectedPoints Project(Points points, Points? conditions, Team team, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(team);
        RequireSizes(points, conditions);
        cancellation.ThrowIfCancellationRequested();
        var work = new Work(this, points, conditions, cancellation);
        team.Run(work, (points.Count + Block.Lanes - 1) / Block.Lanes);
        return work.Result;
    }

    private void RequireSizes(Points points, Points? conditions)
    {
        List<string> wrong = [];
        if (points.Dimension != Problem.Dimension) wrong.Add($"the points have {points.Dimension} coordinates, '{Problem.Name}' has {Problem.Dimension}");
        if ((conditions?.Dimension ?? 0) != Problem.ConditionCount)
            wrong.Add($"{conditions?.Dimension ?? 0} parameters are given, '{Problem.Name}' has {Problem.ConditionCount}; give those that the points were drawn for");
        if (conditions is not null && conditions.Count != 1 && conditions.Count != points.Count)
            wrong.Add($"there are {points.Count} points and {conditions.Count} sets of parameters; give one for each, or one for all");
        if (wrong.Count > 0) throw new LocusException("projecting points: " + string.Join("; ", wrong));
    }

    /// <summary>One projection: a task is a block of 64 points.</summary>
    private sealed class Work(Projector projector, Points points, Points? conditions, CancellationToken cancellation) : IWork
    {
        private readonly ProjectionOutcome[] outcomes = new ProjectionOutcome[points.Count];
        private readonly double[] residuals = new double[points.Count];
        private readonly int[] steps = new int[points.Count];
        private readonly double[] moves = new double[points.Count];
        private readonly Points ends = new(points.Count, points.Dimension);

        public ProjectedPoints Result => new(ends, outcomes, residuals, steps, moves);

        public void Execute(int task, int worker)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!projector.memories.TryTake(out var memory)) memory = new PointProjector(projector.Problem, projector.standardization, projector.Options);
            var first = task * Block.Lanes;
            var count = Math.Min(Block.Lanes, points.Count - first);
            memory.Run(points, conditions, first, count, ends);
            for (var lane = 0; lane < count; lane++)
                (outcomes[first + lane], residuals[first + lane], steps[first + lane], moves[first + lane]) = memory.Result(lane);
            projector.memories.Add(memory);
        }
    }
}
