using System.Runtime.CompilerServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Programs;
using Locus.Problems;

namespace Locus.Projection;

/// <summary>One worker's memory for points in the user's units: into u, onto the set, and back.</summary>
internal sealed class PointProjector
{
    private readonly Standardization standardization;
    private readonly IReadOnlyList<Variable> variables;
    private readonly Circles circles;
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
        (variables, slack, circles) = (problem.Variables, problem.Slack, new Circles(problem.Variables));
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
        Standardize(points, first, count);
        if (conditions is not null) Condition(conditions, first, count);
        u.Values.CopyTo(start.Values);
        projector.Run(u, standardC, count);
        Return(points, first, count, ends);
        slack.Run(x, c, residual, scratch);
    }

    /// <summary>How the last run ended in a lane: outcome, slack, points tried, distance moved.</summary>
    public (ProjectionOutcome Outcome, double Residual, int Steps, double Move) Result(int lane)
    {
        var outcome = projector.Outcome(lane);
        return (outcome, outcome == ProjectionOutcome.NotFinite ? double.NaN : residual[0][lane], projector.Steps(lane), Math.Sqrt(moves[lane]));
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Standardize(Points points, int first, int count)
    {
        for (var d = 0; d < points.Dimension; d++)
        {
            var (center, scale) = (standardization.Center[d], standardization.Scale[d]);
            var values = u[d];
            for (var lane = 0; lane < count; lane++) values[lane] = (points.Values[(first + lane) * points.Dimension + d] - center) / scale;
            values[count..].Clear();
        }
    }

    // The problem's functions never see a condition that is not finite: its point is taken out instead.
    private void Condition(Points conditions, int first, int count)
    {
        for (var k = 0; k < conditions.Dimension; k++)
        {
            var given = c[k];
            var standard = standardC[k];
            given.Fill(standardization.ConditionCenter[k]);
            standard.Clear();
            for (var lane = 0; lane < count; lane++)
            {
                var value = conditions.Values[(conditions.Count == 1 ? 0 : first + lane) * conditions.Dimension + k];
                if (!double.IsFinite(value)) (value, u[0][lane]) = (standardization.ConditionCenter[k], double.NaN);
                given[lane] = value;
                standard[lane] = (value - standardization.ConditionCenter[k]) / standardization.ConditionScale[k];
            }
        }
    }

    // A coordinate that has not moved keeps its bits; one that has ends in the box exactly, and has gone the shorter way round if it is periodic. Lanes without a point are measured at the centre.
    [MethodImpl(Compiled.AtOnce)]
    private void Return(Points points, int first, int count, Points ends)
    {
        moves.AsSpan().Clear();
        for (var d = 0; d < points.Dimension; d++)
        {
            var (center, scale, variable) = (standardization.Center[d], standardization.Scale[d], variables[d]);
            var from = start[d];
            var to = u[d];
            var user = x[d];
            user.Fill(center);
            for (var lane = 0; lane < count; lane++)
            {
                var at = (first + lane) * points.Dimension + d;
                var point = points.Values[at];
                var end = to[lane] == from[lane] || !double.IsFinite(to[lane]) ? point : variable.Inside(center + scale * to[lane]);
                ends.Values[at] = end;
                if (projector.Outcome(lane) == ProjectionOutcome.NotFinite) continue;
                user[lane] = end;
                var move = circles.Shortest(d, end - point);
                moves[lane] += move * move;
            }
        }
    }
}
