// Krawczyk's operator (Krawczyk 1969; Rump, Verification methods, Acta Numerica 2010, section 13) for h(p + B y) = 0, y in R^M: with F(y) = w h(p + B y) and
// bounds H of F' on the box Y = [-r, r], K = -F(0) + (I - H) Y. If K lies in the interior of Y, y - F(y) maps Y into itself, so F has a root in K (Brouwer),
// and only one. The columns of B span the row space of dh/dx at p and are chosen so that F'(0) is about I: no preconditioner is left.
using Locus.Engine.Intervals;

namespace Locus.Projection;

/// <summary>Proofs that the equalities of a branch have a common root beside a point. Memory of one caller.</summary>
internal sealed class RootProof
{
    // Room for the box beyond the residual, and for its growth; y is measured in reaches.
    private const double FirstRadius = 1.5, Growth = 2, LeastRadius = 1e-9;
    private const int MostRounds = 6;

    private readonly Branch branch;
    private readonly double[] reach;
    private readonly IntervalEvaluator values;
    private readonly IntervalEvaluator tangents;
    private readonly RowFactors rows;
    private readonly double[] gradients;
    private readonly double[] scratch;
    private readonly double[] weights;
    private readonly double[] unit;
    private readonly double[] step;
    private readonly double[] directions;
    private readonly double[] radii;
    private readonly Interval[] residuals;
    private readonly Interval[] roots;

    /// <summary>A prover for a branch.</summary>
    /// <param name="branch">The branch, with M equalities.</param>
    /// <param name="reach">How far away a root may be in each coordinate, [D]; steps are short in these units.</param>
    public RootProof(Branch branch, double[] reach)
    {
        this.branch = branch;
        this.reach = reach;
        var (m, d) = (branch.Equalities.Outputs, reach.Length);
        values = new IntervalEvaluator(branch.Equalities);
        tangents = new IntervalEvaluator(branch.Equalities, m);
        rows = new RowFactors(m, d);
        gradients = new double[m * d];
        scratch = new double[m > 0 ? branch.EqualityGradients.ScratchRows : 0];
        (weights, unit, radii) = (new double[m], new double[m], new double[m]);
        step = new double[d];
        directions = new double[d * m];
        (residuals, roots) = (new Interval[m], new Interval[m]);
    }

    /// <summary>M.</summary>
    public int Count => weights.Length;

    /// <summary>The equality whose bounds on a box do not contain 0; -1 if there is none.</summary>
    /// <param name="box">The box, [D].</param>
    /// <param name="c">The condition, [C].</param>
    public int Excluded(ReadOnlySpan<Interval> box, ReadOnlySpan<double> c)
    {
        values.Run(box, c);
        for (var j = 0; j < Count; j++)
        {
            if (values.Value(j) is { IsUndefined: false } h && !h.Contains(0)) return j;
        }
        return -1;
    }

    /// <summary>Encloses a common root of the equalities beside a point.</summary>
    /// <param name="p">The point, [D].</param>
    /// <param name="held">The coordinates that the root shares with the point, [D].</param>
    /// <param name="c">The condition, [C].</param>
    /// <param name="enclosure">Receives a box that holds a root, [D].</param>
    /// <returns>What stood in the way.</returns>
    public Ending Enclose(ReadOnlySpan<double> p, ReadOnlySpan<bool> held, ReadOnlySpan<double> c, Span<Interval> enclosure)
    {
        for (var i = 0; i < p.Length; i++) enclosure[i] = Interval.Of(p[i]);
        values.Run(enclosure, c);
        var isRoot = true;
        for (var j = 0; j < Count; j++)
        {
            residuals[j] = values.Value(j);
            if (residuals[j].IsUndefined) return new(Obstacle.Undefined, branch.EqualityOrigins[j], residuals[j]);
            isRoot &= residuals[j] == default;
        }
        if (isRoot) return default;
        if (Directions(p, held, c) is { Obstacle: not Obstacle.None } ending) return ending;
        for (var j = 0; j < Count; j++)
        {
            residuals[j] *= Interval.Of(weights[j]);
            radii[j] = FirstRadius * residuals[j].Magnitude + LeastRadius;
        }
        var failed = -1;
        for (var round = 0; round < MostRounds; round++)
        {
            for (var j = 0; j < Count; j++) roots[j] = new(-radii[j], radii[j]);
            Spread(p, roots, enclosure);
            for (var i = 0; i < p.Length; i++)
            {
                if (!(enclosure[i].Upper - p[i] <= Growth * reach[i])) return failed < 0 ? new(Obstacle.Far) : new(Obstacle.Varies, branch.EqualityOrigins[failed]);
            }
            tangents.Run(enclosure, c, directions);
            failed = Contract();
            if (failed < 0)
            {
                Spread(p, roots, enclosure);
                return default;
            }
            if (!double.IsFinite(roots[failed].Magnitude)) break;
        }
        return new(Obstacle.Varies, branch.EqualityOrigins[failed]);
    }

    /// <summary>Chooses B [D, M] and the weights w, by which each row of dh/dx has length 1 in reaches.</summary>
    private Ending Directions(ReadOnlySpan<double> p, ReadOnlySpan<bool> held, ReadOnlySpan<double> c)
    {
        branch.EqualityGradients.Run(p, c, gradients, scratch);
        rows.Clear();
        var d = p.Length;
        for (var j = 0; j < Count; j++)
        {
            var row = gradients.AsSpan(j * d, d);
            for (var i = 0; i < d; i++) row[i] = held[i] ? 0 : row[i] * reach[i];
            weights[j] = 1 / RowFactors.Normalize(row);
            if (!double.IsFinite(weights[j]) || !rows.TryAdd(row)) return new(Obstacle.Dependent, branch.EqualityOrigins[j]);
        }
        for (var j = 0; j < Count; j++)
        {
            unit[j] = 1;
            rows.Solve(unit, step);
            unit[j] = 0;
            for (var i = 0; i < d; i++) directions[i * Count + j] = reach[i] * step[i];
        }
        return default;
    }

    /// <summary>Replaces Y by K, and the radii by greater ones where that does not lie inside. Returns such a row, or -1.</summary>
    private int Contract()
    {
        var failed = -1;
        for (var j = 0; j < Count; j++)
        {
            var row = tangents.Derivatives(j);
            IntervalSum root = default;
            root.Add(-1, residuals[j]);
            for (var k = 0; k < Count; k++)
            {
                IntervalSum rest = default;
                if (k == j) rest.Add(1, new(1, 1));
                rest.Add(-weights[j], row[k]);
                var size = rest.Value.Magnitude;
                root.Add(radii[k], new(-size, size));
            }
            // A bound of the value says that there is one at every point of the box.
            roots[j] = tangents.Value(j).IsUndefined ? Interval.Undefined : root.Value;
            if (!(roots[j].Magnitude < radii[j])) failed = j;
        }
        for (var j = 0; failed >= 0 && j < Count; j++) radii[j] = Math.Max(radii[j], Growth * roots[j].Magnitude);
        return failed;
    }

    /// <summary>p + B y.</summary>
    private void Spread(ReadOnlySpan<double> p, ReadOnlySpan<Interval> y, Span<Interval> box)
    {
        for (var i = 0; i < p.Length; i++)
        {
            IntervalSum sum = default;
            sum.Add(1, Interval.Of(p[i]));
            for (var j = 0; j < y.Length; j++) sum.Add(directions[i * y.Length + j], y[j]);
            box[i] = sum.Value;
        }
    }
}
