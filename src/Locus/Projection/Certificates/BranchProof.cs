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
    private readonly double radius;
    private readonly RootProof equalities;
    private readonly IntervalEvaluator inequalities;
    private readonly InwardStep inward;
    private readonly Interval[] box;
    private readonly double[] trial;
    private readonly bool[] held;
    private readonly List<int> pressed = [];

    /// <summary>A prover.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="variables">The coordinates with their box, [D].</param>
    /// <param name="scale">Length of one unit of each coordinate, [D].</param>
    /// <param name="radius">Largest distance of a true point, in the user's units.</param>
    public BranchProof(Branch branch, IReadOnlyList<Variable> variables, double[] scale, double radius)
    {
        this.branch = branch;
        this.variables = variables;
        this.radius = radius;
        equalities = new RootProof(branch, scale);
        inequalities = new IntervalEvaluator(branch.Inequalities);
        inward = new InwardStep(branch, scale, radius);
        box = new Interval[scale.Length];
        trial = new double[scale.Length];
        held = new bool[scale.Length];
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
        Surround(x, radius);
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
        for (var moves = 0; ;)
        {
            var next = equalities.Enclose(trial, held, c, radius, box);
            if (next.Obstacle == Obstacle.None)
            {
                if (HoldAtEnds()) continue;
                if (On(c, out next) == Holds.Always)
                {
                    var distance = Distance(x);
                    if (distance <= radius) return distance;
                    next = new(Obstacle.Far);
                }
            }
            // What stands in the way at the point itself says more than what did beside it.
            if (moves == 0) ending = next;
            if (next.Obstacle is not (Obstacle.Open or Obstacle.Violated)) return null;
            pressed.Clear();
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
        pressed.Clear();
        branch.Condition.Press(inequalities, pressed);
        var g = inequalities.Value(pressed[0]);
        var obstacle = g.IsUndefined ? Obstacle.Undefined : holds == Holds.Never ? Obstacle.Violated : Obstacle.Open;
        ending = new(obstacle, branch.InequalityOrigins[pressed[0]], g);
        return holds;
    }

    private void Surround(ReadOnlySpan<double> x, double distance)
    {
        for (var i = 0; i < x.Length; i++) box[i] = Interval.Of(x[i]) + new Interval(-distance, distance);
    }

    /// <summary>The largest distance of a point of the box.</summary>
    private double Distance(ReadOnlySpan<double> x)
    {
        Interval square = default;
        for (var i = 0; i < x.Length; i++) square += IntervalFunctions.Square(box[i] - Interval.Of(x[i]));
        return IntervalFunctions.Sqrt(square).Upper;
    }
}
