using System.Runtime.CompilerServices;
using Locus.Engine.Kernels;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Projection;

/// <summary>
/// The step of Levenberg (1944) and Marquardt (1963) for equalities, inequalities and a box. With weighted rows p(s) = b + A s it is the s that minimises
/// sum p_i^2 + lambda |s|^2, over all equalities and those inequalities that p_i &gt; 0 violates: for a small lambda the shortest step that meets all of them. Newton's method
/// finds it (Mangasarian 2002): which inequalities take part is guessed, solved for, and guessed again from the solution; where that would raise the sum, part of the way.
/// A coordinate that would leave the box stops at its bound, and the others take over.
/// </summary>
internal sealed class LeastNormStep
{
    private const int MostRounds = 20;
    private const int MostHalvings = 6;
    private readonly Linearization rows;
    private readonly DampedSystem system;
    private readonly double[] lower;
    private readonly double[] upper;

    // Of the 8 lanes that are being solved: s and its candidate [D], masks of coordinates that have stopped [D]; b, p(s), p(candidate) and masks of rows that take part [R].
    private readonly Lanes[] step;
    private readonly Lanes[] candidate;
    private readonly Lanes[] stopped;
    private readonly Lanes[] offset;
    private readonly Lanes[] reached;
    private readonly Lanes[] proposed;
    private readonly Lanes[] takesPart;

    /// <summary>Memory for steps.</summary>
    /// <param name="rows">The rows of the constraints.</param>
    /// <param name="lower">Lower end of the box in u, [D].</param>
    /// <param name="upper">Upper end of the box in u, [D].</param>
    public LeastNormStep(Linearization rows, double[] lower, double[] upper)
    {
        (this.rows, this.lower, this.upper) = (rows, lower, upper);
        system = new DampedSystem(rows.Rows, rows.Columns);
        (step, candidate, stopped) = (new Lanes[rows.Columns], new Lanes[rows.Columns], new Lanes[rows.Columns]);
        (offset, reached, proposed, takesPart) = (new Lanes[rows.Rows], new Lanes[rows.Rows], new Lanes[rows.Rows], new Lanes[rows.Rows]);
    }

    /// <summary>The least lambda.</summary>
    public double Damping => system.Damping;

    /// <summary>The step that was solved for last, [D].</summary>
    public ReadOnlySpan<Lanes> Step => step;

    /// <summary>Solves for the points that the rows were run at and whose weights were kept.</summary>
    /// <param name="u">The points [D], inside the box.</param>
    /// <param name="damping">lambda.</param>
    /// <param name="needed">Mask of lanes whose step is wanted; what the others get has no meaning.</param>
    /// <param name="looksAhead">
    /// Mask: coordinates stop where the step would leave the box, which ends at once where constraints are nearly linear. Elsewhere only those stop that are at their bound
    /// already, so that the step always descends (Bertsekas 1982), and the caller cuts it off at the box.
    /// </param>
    /// <param name="group">Which lanes.</param>
    /// <returns>Half the derivative of the merit along the step, and the largest entry of the step.</returns>
    public (Lanes Slope, Lanes Length) Solve(LaneRows u, Lanes damping, Lanes needed, Lanes looksAhead, int group)
    {
        Begin(group);
        var unsettled = needed;
        for (var round = 0; round < MostRounds && unsettled != Lanes.Zero; round++)
        {
            Propose(damping);
            var whole = Advance(damping, group);
            unsettled = needed & (~whole | Exchange(group) | Stop(u, looksAhead));
        }
        Refine(~unsettled & LessThanOrEqual(damping, Create(Damping)));
        return Summary(group);
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Begin(int group)
    {
        var values = rows.Values(group);
        var kinds = rows.Kinds(group);
        var weights = rows.Weights(group);
        var noise = rows.Noise(group);
        system.Load(rows.Jacobian(group), weights);
        for (var i = 0; i < offset.Length; i++)
        {
            var known = GreaterThan(weights[i], Lanes.Zero);
            // Inequalities are brought a hair inside, so that rounding does not leave them a hair outside.
            offset[i] = reached[i] = ConditionalSelect(known, weights[i] * FusedMultiplyAdd(0.5 * noise[i], kinds[i], values[i]), Lanes.Zero);
            takesPart[i] = known & (LessThanOrEqual(kinds[i], Lanes.Zero) | GreaterThan(values[i], Lanes.Zero));
        }
        Array.Clear(step);
        Array.Clear(stopped);
    }

    // The minimum if the rows that take part were all there are; coordinates that have stopped keep their part of the step.
    [MethodImpl(Compiled.AtOnce)]
    private void Propose(Lanes damping)
    {
        for (var d = 0; d < step.Length; d++) candidate[d] = ConditionalSelect(stopped[d], step[d], Lanes.Zero);
        system.Predict(offset, candidate, proposed);
        for (var i = 0; i < proposed.Length; i++) proposed[i] = ConditionalSelect(takesPart[i], proposed[i], Lanes.Zero);
        system.Factor(takesPart, stopped, damping);
        system.Solve(proposed, candidate);
        for (var d = 0; d < step.Length; d++) candidate[d] = ConditionalSelect(stopped[d], step[d], candidate[d]);
        system.Predict(offset, candidate, proposed);
    }

    // To the candidate where that lowers the sum, elsewhere a half, a quarter, ... of the way. All bits set where it was the whole way.
    [MethodImpl(Compiled.AtOnce)]
    private Lanes Advance(Lanes damping, int group)
    {
        var (before, mixed, after) = (Lanes.Zero, Lanes.Zero, Lanes.Zero);
        for (var d = 0; d < step.Length; d++)
        {
            before = FusedMultiplyAdd(step[d], step[d], before);
            mixed = FusedMultiplyAdd(step[d], candidate[d], mixed);
            after = FusedMultiplyAdd(candidate[d], candidate[d], after);
        }
        var most = Sum(Lanes.Zero, damping * before, group) * (1 + 1e-10);
        var part = Lanes.One;
        for (var halving = 0; halving < MostHalvings; halving++)
        {
            var rest = Lanes.One - part;
            var high = GreaterThan(Sum(part, damping * (rest * rest * before + 2 * rest * part * mixed + part * part * after), group), most);
            if (high == Lanes.Zero) break;
            part = ConditionalSelect(high, 0.5 * part, part);
        }
        var whole = GreaterThanOrEqual(part, Lanes.One);
        for (var i = 0; i < reached.Length; i++) reached[i] = Mix(whole, part, reached[i], proposed[i]);
        for (var d = 0; d < step.Length; d++) step[d] = Mix(whole, part, step[d], candidate[d]);
        return whole;
    }

    private static Lanes Mix(Lanes whole, Lanes part, Lanes from, Lanes to) => ConditionalSelect(whole, to, FusedMultiplyAdd(part, to - from, from));

    [MethodImpl(Compiled.AtOnce)]
    private Lanes Sum(Lanes part, Lanes damped, int group)
    {
        var kinds = rows.Kinds(group);
        var sum = damped;
        for (var i = 0; i < reached.Length; i++)
        {
            var p = Linearization.Violation(FusedMultiplyAdd(part, proposed[i] - reached[i], reached[i]), kinds[i]);
            sum = FusedMultiplyAdd(p, p, sum);
        }
        return sum;
    }

    // Inequalities come in that would be violated by more than the hair they are kept inside, and go out that would pull.
    [MethodImpl(Compiled.AtOnce)]
    private Lanes Exchange(int group)
    {
        var kinds = rows.Kinds(group);
        var weights = rows.Weights(group);
        var noise = rows.Noise(group);
        var multipliers = system.Multipliers;
        var changed = Lanes.Zero;
        for (var i = 0; i < offset.Length; i++)
        {
            var hair = 0.5 * weights[i] * noise[i];
            var comes = GreaterThan(reached[i], hair);
            var goes = system.ByRows ? LessThan(multipliers[i], Lanes.Zero) : LessThan(reached[i], -hair);
            var changes = GreaterThan(kinds[i], Lanes.Zero) & ConditionalSelect(takesPart[i], goes, comes);
            takesPart[i] ^= changes;
            changed |= changes;
        }
        return changed;
    }

    [MethodImpl(Compiled.AtOnce)]
    private Lanes Stop(LaneRows u, Lanes looksAhead)
    {
        var changed = Lanes.Zero;
        for (var d = 0; d < step.Length; d++)
        {
            var (low, high, s) = (Create(lower[d]), Create(upper[d]), step[d]);
            var below = LessThan(u[d] + s, low) & ~stopped[d] & (looksAhead | LessThanOrEqual(u[d], low));
            var above = GreaterThan(u[d] + s, high) & ~stopped[d] & (looksAhead | GreaterThanOrEqual(u[d], high));
            step[d] = ConditionalSelect(below, low - u[d], ConditionalSelect(above, high - u[d], s));
            stopped[d] |= below | above;
            changed |= below | above;
        }
        if (changed != Lanes.Zero) system.Predict(offset, step, reached);
        return changed;
    }

    // What lambda has left of the rows, solved for once more: the step of lambda^2.
    [MethodImpl(Compiled.AtOnce)]
    private void Refine(Lanes refined)
    {
        for (var i = 0; i < offset.Length; i++) proposed[i] = ConditionalSelect(takesPart[i], reached[i], Lanes.Zero);
        system.Solve(proposed, candidate);
        for (var d = 0; d < step.Length; d++) step[d] += ConditionalSelect(refined & ~stopped[d], candidate[d], Lanes.Zero);
        system.Predict(offset, step, reached);
    }

    [MethodImpl(Compiled.AtOnce)]
    private (Lanes Slope, Lanes Length) Summary(int group)
    {
        var values = rows.Values(group);
        var kinds = rows.Kinds(group);
        var weights = rows.Weights(group);
        var (slope, longest) = (Lanes.Zero, Lanes.Zero);
        for (var i = 0; i < offset.Length; i++)
        {
            var distance = weights[i] * Linearization.Violation(values[i], kinds[i]);
            slope += ConditionalSelect(GreaterThan(Abs(distance), Lanes.Zero), distance * (reached[i] - offset[i]), Lanes.Zero);
        }
        foreach (var s in step) longest = Max(longest, Abs(s));
        return (slope, longest);
    }
}
