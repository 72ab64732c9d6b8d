using Locus.Engine.Intervals;
using Locus.Problems;

namespace Locus.Projection;

/// <summary>
/// Proofs about one branch of a set, in the memory of one caller. A point that lies on the edge of an inequality to rounding proves nothing, so a few true
/// points are sought beside it: with the coordinates that lie at an end of their box held there, and moved inward by a little.
/// </summary>
internal sealed class BranchProof
{
    private readonly Branch branch;
    private readonly IReadOnlyList<Variable> variables;
    private readonly double[] reach;
    private readonly RootProof equalities;
    private readonly IntervalEvaluator inequalities;
    private readonly InwardStep inward;
    private readonly Interval[] box;
    private readonly double[] trial;
    private readonly bool[] held;
    private readonly List<int> pressed = [];
    private readonly List<int> deciding = [];

    /// <summary>A prover.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="variables">The coordinates with their box, [D].</param>
    /// <param name="reach">The half axes of the ellipsoid about a point in which a true point is sought, in the user's units, [D].</param>
    public BranchProof(Branch branch, IReadOnlyList<Variable> variables, double[] reach)
    {
        this.branch = branch;
        this.variables = variables;
        this.reach = reach;
        equalities = new RootProof(branch, reach);
        inequalities = new IntervalEvaluator(branch.Inequalities);
        inward = new InwardStep(branch, reach);
        box = new Interval[reach.Length];
        trial = new double[reach.Length];
        held = new bool[reach.Length];
    }

    /// <summary>What is proven about a point and this branch.</summary>
    /// <param name="x">The point, [D], finite.</param>
    /// <param name="c">The condition, [C], finite.</param>
    /// <param name="ending">What stood in the way of a proof that it is inside or near.</param>
    public PointCertificate Check(ReadOnlySpan<double> x, ReadOnlySpan<double> c, out Ending ending)
    {
        Ending violation = default;
        if (equalities.Count == 0)
        {
            Surround(x, 0);
            var at = On(c, out ending);
            if (at == Holds.Always) return new(Certificate.Inside, 0);
            if (at == Holds.Never) violation = ending;
        }
        Surround(x, 1);
        if (equalities.Excluded(box, c) is >= 0 and var j)
        {
            ending = new(Obstacle.NoRoot, branch.EqualityOrigins[j]);
            return new(Certificate.Outside, double.NaN);
        }
        if (On(c, out ending) == Holds.Never) return new(Certificate.Outside, double.NaN);
        if (IsNear(x, c, out ending) is { } distance) return new(distance == 0 ? Certificate.Inside : Certificate.Near, distance);
        if (violation.Obstacle == Obstacle.None) return new(Certificate.Undecided, double.NaN);
        ending = violation;
        return new(Certificate.Outside, double.NaN);
    }

    private double? IsNear(ReadOnlySpan<double> x, ReadOnlySpan<double> c, out Ending ending)
    {
        for (var i = 0; i < trial.Length; i++)
        {
            trial[i] = Math.Clamp(x[i], variables[i].Lower, variables[i].Upper);
            held[i] = IsEnd(i);
        }
        ending = default;
        pressed.Clear();
        for (var moves = 0; ;)
        {
            var next = equalities.Enclose(trial, held, c, box);
            if (next.Obstacle == Obstacle.None)
            {
                if (HoldAtEnds()) continue;
                if (On(c, out next) == Holds.Always)
                {
                    if (Length(x, reach) <= 1) return Length(x, null);
                    next = new(Obstacle.Far);
                }
            }
            // What stands in the way at the point itself says more than what did beside it.
            if (moves == 0) ending = next;
            if (next.Obstacle is not (Obstacle.Open or Obstacle.Violated)) return null;
            // What was pressed before stays pressed: in a corner, one inequality would rise again when the next one falls.
            branch.Condition.Press(inequalities, pressed);
            if (!inward.Move(trial, held, c, inequalities, pressed, moves++)) return null;
            for (var i = 0; i < trial.Length; i++)
            {
                trial[i] = Math.Clamp(trial[i], variables[i].Lower, variables[i].Upper);
                held[i] = IsEnd(i);
            }
        }
    }

    private bool IsEnd(int i) => trial[i] == variables[i].Lower || trial[i] == variables[i].Upper;

    // Each coordinate is moved to an end at most once in a row, so this comes to an end.
    private bool HoldAtEnds()
    {
        var moved = false;
        for (var i = 0; i < trial.Length; i++)
        {
            if (held[i]) continue;
            if (box[i].Lower < variables[i].Lower) trial[i] = variables[i].Lower;
            else if (box[i].Upper > variables[i].Upper) trial[i] = variables[i].Upper;
            held[i] = IsEnd(i);
            moved |= held[i];
        }
        return moved;
    }

    /// <summary>Does the condition hold on the box, the ends of the coordinates included?</summary>
    private Holds On(ReadOnlySpan<double> c, out Ending ending)
    {
        var ends = Holds.Always;
        ending = default;
        for (var i = 0; i < box.Length && ends != Holds.Never; i++)
        {
            if (box[i].Lower >= variables[i].Lower && box[i].Upper <= variables[i].Upper) continue;
            ends = box[i].Upper < variables[i].Lower || box[i].Lower > variables[i].Upper ? Holds.Never : Holds.Open;
            ending = new(Obstacle.Box, i, box[i]);
        }
        if (ends == Holds.Never) return ends;
        inequalities.Run(box, c);
        var holds = branch.Condition.On(inequalities);
        if (holds == Holds.Always) return ends;
        deciding.Clear();
        branch.Condition.Press(inequalities, deciding);
        var g = inequalities.Value(deciding[0]);
        var obstacle = g.IsUndefined ? Obstacle.Undefined : holds == Holds.Never ? Obstacle.Violated : Obstacle.Open;
        ending = new(obstacle, branch.InequalityOrigins[deciding[0]], g);
        return holds;
    }

    private void Surround(ReadOnlySpan<double> x, double share)
    {
        for (var i = 0; i < x.Length; i++) box[i] = Interval.Of(x[i]) + new Interval(-share * reach[i], share * reach[i]);
    }

    /// <summary>The largest distance of a point of the box, with coordinates in the units given, or in the user's.</summary>
    private double Length(ReadOnlySpan<double> x, double[]? units)
    {
        Interval square = default;
        for (var i = 0; i < x.Length; i++)
        {
            var offset = box[i] - Interval.Of(x[i]);
            square += IntervalFunctions.Square(units is null ? offset : offset / Interval.Of(units[i]));
        }
        return IntervalFunctions.Sqrt(square).Upper;
    }
}
