using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Projection;

/// <summary>
/// The step of Levenberg (1944) and Marquardt (1963) for equalities, inequalities and a box: with weighted rows b + A s, the smallest s that brings rows of equalities to
/// 0 and rows of inequalities to 0 or below. Over the rows that take part s = -A' (A A' + lambda I)^-1 b, or (A' A + lambda I) s = -A' b where there are more rows than
/// coordinates. Which inequalities take part is found by exchanging them in blocks (Portugal, Judice, Vicente 1994): those that the step would violate come in,
/// those that would pull go out. A coordinate that would leave the box stops at its bound, and the others take over.
/// </summary>
internal sealed class LeastNormStep
{
    private const int Rounds = 8;

    // Exchanges could go round in circles: later rounds only take in.
    private const int RoundsWithDrops = 4;

    // Rows of length 1 with less than this left beside those before them add nothing but rounding.
    private const double SmallestPivot = 1e-13;
    private readonly Linearization rows;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly bool byRows;
    private readonly DoubleBlock matrix;
    private readonly DoubleBlock system;
    private readonly DoubleBlock unknowns;
    private readonly DoubleBlock step;

    // Of the 8 lanes that are being solved: b [R], which rows take part [R], b + A s [R], which coordinates have stopped [D].
    private readonly Lanes[] offset;
    private readonly Lanes[] takesPart;
    private readonly Lanes[] predicted;
    private readonly Lanes[] stopped;

    /// <summary>Memory for steps.</summary>
    /// <param name="rows">The rows of the constraints.</param>
    /// <param name="lower">Lower end of the box in u, [D].</param>
    /// <param name="upper">Upper end of the box in u, [D].</param>
    public LeastNormStep(Linearization rows, double[] lower, double[] upper)
    {
        (this.rows, this.lower, this.upper) = (rows, lower, upper);
        var (m, n) = (rows.Rows, rows.Columns);
        byRows = m <= n;
        Damping = byRows ? 0 : 1e-12;
        var size = Math.Min(m, n);
        var arena = new Arena(checked((m * n + LaneSystem.PackedRows(size) + size + n) * DoubleBlock.FloatsPerRow));
        (matrix, system) = (arena.DoubleRows(m * n), arena.DoubleRows(LaneSystem.PackedRows(size)));
        (unknowns, step) = (arena.DoubleRows(size), arena.DoubleRows(n));
        (offset, takesPart, predicted, stopped) = (new Lanes[m], new Lanes[m], new Lanes[m], new Lanes[n]);
    }

    /// <summary>The least lambda: none by rows, where one that depends on others is left out; by columns just enough that coordinates which rows do not tell apart share the step.</summary>
    public double Damping { get; }

    /// <summary>The step that was solved for last, [D].</summary>
    public LaneRows Step(int group) => new(step, group);

    /// <summary>Solves for the points that the rows were run at and whose weights were kept.</summary>
    /// <param name="u">The points [D], inside the box.</param>
    /// <param name="damping">lambda.</param>
    /// <param name="needed">Mask of lanes whose step is wanted; what the others get has no meaning.</param>
    /// <param name="group">Which lanes.</param>
    /// <returns>Half the derivative of the merit along the step, and the length of the step.</returns>
    public (Lanes Slope, Lanes Length) Solve(LaneRows u, Lanes damping, Lanes needed, int group)
    {
        Begin(group);
        for (var round = 0; round < Rounds; round++)
        {
            Fill(group);
            if (byRows) SolveByRows(damping, group);
            else SolveByColumns(damping, group);
            Predict(group);
            var changed = Exchange(round < RoundsWithDrops, group) | Stop(u, group);
            if ((changed & needed) == Lanes.Zero) break;
        }
        return Summary(group);
    }

    private void Begin(int group)
    {
        var values = rows.Values(group);
        var kinds = rows.Kinds(group);
        var weights = rows.Weights(group);
        var noise = rows.Noise(group);
        for (var i = 0; i < offset.Length; i++)
        {
            var known = GreaterThan(weights[i], Lanes.Zero);
            // Inequalities are brought a hair inside, so that rounding does not leave them a hair outside.
            offset[i] = ConditionalSelect(known, weights[i] * FusedMultiplyAdd(0.5 * noise[i], kinds[i], values[i]), Lanes.Zero);
            takesPart[i] = known & (LessThanOrEqual(kinds[i], Lanes.Zero) | GreaterThan(values[i], Lanes.Zero));
        }
        Array.Clear(stopped);
    }

    // A, with zeros for rows that do not take part and for coordinates that have stopped.
    private void Fill(int group)
    {
        var jacobian = rows.Jacobian(group);
        var weights = rows.Weights(group);
        var a = new LaneRows(matrix, group);
        var n = stopped.Length;
        for (var i = 0; i < offset.Length; i++)
            for (var d = 0; d < n; d++) a[i * n + d] = ConditionalSelect(takesPart[i] & ~stopped[d], weights[i] * jacobian[i * n + d], Lanes.Zero);
    }

    // b of the rows that take part, with what the stopped coordinates add.
    private Lanes Target(int i, int group)
    {
        var jacobian = rows.Jacobian(group);
        var weight = rows.Weights(group)[i];
        var fixedSteps = Step(group);
        var target = offset[i];
        for (var d = 0; d < stopped.Length; d++)
        {
            if (stopped[d] != Lanes.Zero) target += ConditionalSelect(stopped[d], weight * jacobian[i * stopped.Length + d] * fixedSteps[d], Lanes.Zero);
        }
        return ConditionalSelect(takesPart[i], target, Lanes.Zero);
    }

    private void SolveByRows(Lanes damping, int group)
    {
        var (m, n) = (offset.Length, stopped.Length);
        var a = new LaneRows(matrix, group);
        var x = new LaneRows(unknowns, group);
        var s = Step(group);
        for (var i = 0; i < m; i++) x[i] = Target(i, group);
        LaneSystem.Gram(matrix, m, n, n, 1, system, group);
        AddToDiagonal(takesPart, Lanes.Zero, Lanes.One, damping, group);
        LaneSystem.Solve(system, m, unknowns, SmallestPivot, group);
        for (var d = 0; d < n; d++)
        {
            var sum = Lanes.Zero;
            for (var i = 0; i < m; i++) sum = FusedMultiplyAdd(a[i * n + d], x[i], sum);
            s[d] = ConditionalSelect(stopped[d], s[d], -sum);
        }
    }

    private void SolveByColumns(Lanes damping, int group)
    {
        var (m, n) = (offset.Length, stopped.Length);
        var a = new LaneRows(matrix, group);
        var x = new LaneRows(unknowns, group);
        var s = Step(group);
        for (var d = 0; d < n; d++) x[d] = Lanes.Zero;
        for (var i = 0; i < m; i++)
        {
            var target = Target(i, group);
            for (var d = 0; d < n; d++) x[d] = FusedMultiplyAdd(a[i * n + d], -target, x[d]);
        }
        LaneSystem.Gram(matrix, n, m, 1, n, system, group);
        AddToDiagonal(stopped, Lanes.One, Lanes.Zero, damping, group);
        LaneSystem.Solve(system, n, unknowns, SmallestPivot, group);
        for (var d = 0; d < n; d++) s[d] = ConditionalSelect(stopped[d], s[d], x[d]);
    }

    // lambda, and 1 where a row or column is empty: its unknown becomes 0.
    private void AddToDiagonal(Lanes[] masks, Lanes whereSet, Lanes whereClear, Lanes damping, int group)
    {
        var g = new LaneRows(system, group);
        for (var i = 0; i < masks.Length; i++) g[LaneSystem.PackedRows(i) + i] += damping + ConditionalSelect(masks[i], whereSet, whereClear);
    }

    // All rows, whether they take part or not.
    private void Predict(int group)
    {
        var jacobian = rows.Jacobian(group);
        var weights = rows.Weights(group);
        var s = Step(group);
        for (var i = 0; i < offset.Length; i++)
        {
            var sum = Lanes.Zero;
            for (var d = 0; d < stopped.Length; d++) sum = FusedMultiplyAdd(jacobian[i * stopped.Length + d], s[d], sum);
            predicted[i] = FusedMultiplyAdd(weights[i], sum, offset[i]);
        }
    }

    private Lanes Exchange(bool drops, int group)
    {
        var kinds = rows.Kinds(group);
        var weights = rows.Weights(group);
        var noise = rows.Noise(group);
        var x = new LaneRows(unknowns, group);
        var changed = Lanes.Zero;
        for (var i = 0; i < offset.Length; i++)
        {
            var inequality = GreaterThan(kinds[i], Lanes.Zero);
            var comes = inequality & ~takesPart[i] & GreaterThan(predicted[i], 0.5 * weights[i] * noise[i]);
            // The multiplier of a row is its unknown; by columns it is what the step leaves of the row, over lambda, which rounding blurs.
            var pulls = byRows ? LessThan(x[i], Lanes.Zero) : LessThan(predicted[i], Create(-1e-12));
            var goes = drops ? inequality & takesPart[i] & pulls : Lanes.Zero;
            takesPart[i] = (takesPart[i] | comes) & ~goes;
            changed |= comes | goes;
        }
        return changed;
    }

    private Lanes Stop(LaneRows u, int group)
    {
        var s = Step(group);
        var changed = Lanes.Zero;
        for (var d = 0; d < stopped.Length; d++)
        {
            var (low, high) = (Create(lower[d]), Create(upper[d]));
            var below = LessThan(u[d] + s[d], low) & ~stopped[d];
            var above = GreaterThan(u[d] + s[d], high) & ~stopped[d];
            s[d] = ConditionalSelect(below, low - u[d], ConditionalSelect(above, high - u[d], s[d]));
            stopped[d] |= below | above;
            changed |= below | above;
        }
        return changed;
    }

    private (Lanes Slope, Lanes Length) Summary(int group)
    {
        var values = rows.Values(group);
        var kinds = rows.Kinds(group);
        var weights = rows.Weights(group);
        var s = Step(group);
        var (slope, square) = (Lanes.Zero, Lanes.Zero);
        for (var i = 0; i < offset.Length; i++)
        {
            var distance = weights[i] * Linearization.Violation(values[i], kinds[i]);
            slope += ConditionalSelect(GreaterThan(Abs(distance), Lanes.Zero), distance * (predicted[i] - offset[i]), Lanes.Zero);
        }
        for (var d = 0; d < stopped.Length; d++) square = FusedMultiplyAdd(s[d], s[d], square);
        return (slope, Sqrt(square));
    }
}
