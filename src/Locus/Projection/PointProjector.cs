using Locus.Engine.Blocks;
using Locus.Engine.Programs;
using Locus.Problems;

namespace Locus.Projection;

/// <summary>One worker's memory for points in the user's units: into u, onto the set, and back.</summary>
internal sealed class PointProjector
{
    private readonly Standardization standardization;
    private readonly IReadOnlyList<Variable> variables;
    private readonly BlockProjector projector;
    private readonly Program slack;
    private readonly DoubleBlock start;
    private readonly DoubleBlock u;
    private readonly DoubleBlock standardC;
    private readonly DoubleBlock x;
    private readonly DoubleBlock c;
    private readonly DoubleBlock residual;
    private readonly DoubleBlock scratch;
    private readonly double[] moves = new double[Block.Lanes];

    /// <summary>Memory for one worker.</summary>
    public PointProjector(Problem problem, Standardization standardization, ProjectorOptions options)
    {
        this.standardization = standardization;
        (variables, slack) = (problem.Variables, problem.Slack);
        projector = new BlockProjector(problem, standardization, options);
        var (d, k) = (problem.Dimension, problem.ConditionCount);
        var arena = new Arena(checked((3 * d + 2 * k + 1 + slack.ScratchRows) * DoubleBlock.FloatsPerRow));
        (start, u, x) = (arena.DoubleRows(d), arena.DoubleRows(d), arena.DoubleRows(d));
        (standardC, c) = (arena.DoubleRows(k), arena.DoubleRows(k));
        (residual, scratch) = (arena.DoubleRows(1), arena.DoubleRows(slack.ScratchRows));
    }

    /// <summary>Projects the points <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1.</summary>
    /// <param name="points">x [N, D].</param>
    /// <param name="conditions">c [N, C], or [1, C], or null.</param>
    /// <param name="first">First point.</param>
    /// <param name="count">Points, at most 64.</param>
    /// <param name="ends">Where the points go, [N, D].</param>
    public void Run(Points points, Points? conditions, int first, int count, Points ends)
    {
        x.Values.Clear();
        c.Values.Clear();
        standardC.Values.Clear();
        u.Values.Clear();
        for (var lane = 0; lane < count; lane++)
        {
            Standardize(points[first + lane], lane);
            if (conditions is not null) Condition(conditions[conditions.Count == 1 ? 0 : first + lane], lane);
        }
        u.Values.CopyTo(start.Values);
        projector.Run(u, standardC, count);
        for (var lane = 0; lane < count; lane++) Return(points[first + lane], lane, ends.Row(first + lane));
        slack.Run(x, c, residual, scratch);
    }

    /// <summary>How the last run ended in a lane: outcome, slack, points tried, distance moved.</summary>
    public (ProjectionOutcome Outcome, double Residual, int Steps, double Move) Result(int lane)
    {
        var outcome = projector.Outcome(lane);
        return (outcome, outcome == ProjectionOutcome.NotFinite ? double.NaN : residual[0][lane], projector.Steps(lane), moves[lane]);
    }

    private void Standardize(ReadOnlySpan<double> point, int lane)
    {
        for (var d = 0; d < point.Length; d++) u[d][lane] = (point[d] - standardization.Center[d]) / standardization.Scale[d];
    }

    // The problem's functions never see a condition that is not finite: its point is taken out instead.
    private void Condition(ReadOnlySpan<double> condition, int lane)
    {
        for (var k = 0; k < condition.Length; k++)
        {
            if (double.IsFinite(condition[k]))
            {
                c[k][lane] = condition[k];
                standardC[k][lane] = (condition[k] - standardization.ConditionCenter[k]) / standardization.ConditionScale[k];
            }
            else u[0][lane] = double.NaN;
        }
    }

    // A coordinate that has not moved keeps its bits; one that has ends in the box exactly.
    private void Return(ReadOnlySpan<double> point, int lane, Span<double> end)
    {
        var square = 0.0;
        var finite = projector.Outcome(lane) != ProjectionOutcome.NotFinite;
        for (var d = 0; d < point.Length; d++)
        {
            end[d] = !finite || u[d][lane] == start[d][lane]
                ? point[d]
                : Math.Clamp(standardization.Center[d] + standardization.Scale[d] * u[d][lane], variables[d].Lower, variables[d].Upper);
            if (!finite) continue;
            x[d][lane] = end[d];
            square += (end[d] - point[d]) * (end[d] - point[d]);
        }
        moves[lane] = finite ? Math.Sqrt(square) : 0;
    }
}
