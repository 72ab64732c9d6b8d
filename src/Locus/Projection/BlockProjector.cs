using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Problems;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Projection;

/// <summary>
/// Moves 64 points at a time onto a problem's set, in one worker's memory: steps of <see cref="LeastNormStep"/>, each shortened until it lowers the merit (Armijo 1966),
/// with a longer memory of how far steps may reach and more damping where they fail (Nocedal and Wright, Numerical Optimization, 2006, chapters 3 and 10). Lanes never
/// mix: what becomes of a point does not depend on the others in its block. Nothing is allocated in a run.
/// </summary>
internal sealed class BlockProjector
{
    // A point is kept if the merit falls by this share of what the slope promises.
    private const double Sufficient = 1e-4;

    // No direction: the slope promises less than this share of the merit.
    private const double SmallestDescent = 1e-8;

    // What a step that looks ahead must promise to be preferred.
    private const double GoodDescent = 0.1;
    private const double LargestDamping = 1e7;
    private const int MostRefused = 4;
    private const int MostSlow = 4;
    private const double SlowShare = 0.999;
    private readonly ProjectorOptions options;
    private readonly Linearization rows;
    private readonly LeastNormStep step;

    // The box; a periodic coordinate may leave it on the way, and is brought back at the end.
    private readonly double[] first;
    private readonly double[] last;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly DoubleBlock kept;
    private readonly DoubleBlock tried;
    private readonly DoubleBlock direction;
    private readonly LaneStates[] states = new LaneStates[LaneRows.Groups];

    /// <summary>Memory for one worker.</summary>
    /// <param name="problem">Whose set.</param>
    /// <param name="standardization">Its coordinates u.</param>
    /// <param name="options">When a point counts as on the set; not checked here.</param>
    public BlockProjector(Problem problem, Standardization standardization, ProjectorOptions options)
    {
        this.options = options;
        first = [.. problem.Variables.Select((x, d) => (x.Lower - standardization.Center[d]) / standardization.Scale[d])];
        last = [.. problem.Variables.Select((x, d) => (x.Upper - standardization.Center[d]) / standardization.Scale[d])];
        lower = [.. problem.Variables.Select((x, d) => x.Periodic ? double.NegativeInfinity : first[d])];
        upper = [.. problem.Variables.Select((x, d) => x.Periodic ? double.PositiveInfinity : last[d])];
        rows = new Linearization(standardization);
        step = new LeastNormStep(rows, lower, upper);
        var arena = new Arena(checked(3 * problem.Dimension * DoubleBlock.FloatsPerRow));
        kept = arena.DoubleRows(problem.Dimension);
        tried = arena.DoubleRows(problem.Dimension);
        direction = arena.DoubleRows(problem.Dimension);
    }

    /// <summary>How the last run ended in a lane.</summary>
    public ProjectionOutcome Outcome(int lane) => (ProjectionOutcome)Of(lane).Outcome[lane % LaneSystem.Lanes];

    /// <summary>The slack that the last run left in a lane, in the constraints' units, the box left out; NaN where it is not finite.</summary>
    public double Slack(int lane) => Of(lane).Slack[lane % LaneSystem.Lanes];

    /// <summary>Points that the last run tried in a lane.</summary>
    public int Steps(int lane) => (int)Of(lane).Steps[lane % LaneSystem.Lanes];

    /// <summary>Moves points onto the set and into the box.</summary>
    /// <param name="u">The points [D][64]; overwritten, but for those that are not finite.</param>
    /// <param name="c">Their conditions c' [C][64].</param>
    /// <param name="count">Lanes that hold points; the others are left alone.</param>
    public void Run(DoubleBlock u, DoubleBlock c, int count = Block.Lanes)
    {
        for (var group = 0; group < LaneRows.Groups; group++) Begin(u, c, count, group);
        for (var trial = 0; ; trial++)
        {
            rows.Run(tried, c);
            var any = Lanes.Zero;
            for (var group = 0; group < LaneRows.Groups; group++)
            {
                if (states[group].Running == Lanes.Zero) continue;
                Judge(group, trial == options.MostSteps);
                any |= states[group].Running;
            }
            if (any == Lanes.Zero) break;
        }
        for (var group = 0; group < LaneRows.Groups; group++) End(u, count, group);
    }

    private ref LaneStates Of(int lane) => ref states[lane / LaneSystem.Lanes];

    private static Lanes Exists(int count, int group) => LessThan(CreateSequence<double>(group * LaneSystem.Lanes, 1), Create((double)count));

    // Points that are not finite, and lanes without a point, stay at 0: nobody's function is called with NaN for their sake.
    [MethodImpl(Compiled.AtOnce)]
    private void Begin(DoubleBlock u, DoubleBlock c, int count, int group)
    {
        ref var s = ref states[group];
        var exists = Exists(count, group);
        var starts = new LaneRows(u, group);
        var conditions = new LaneRows(c, group);
        var keeping = new LaneRows(kept, group);
        var trying = new LaneRows(tried, group);
        var (finite, largest) = (Lanes.AllBitsSet, Lanes.Zero);
        for (var k = 0; k < c.Rows; k++) finite &= IsFinite(conditions[k]);
        for (var d = 0; d < u.Rows; d++) finite &= IsFinite(starts[d]);
        s = new LaneStates { Running = exists, Certain = exists, Damping = Create(step.Damping), Slack = Create(double.NaN) };
        s.End(~finite, ProjectionOutcome.NotFinite);
        for (var d = 0; d < u.Rows; d++)
        {
            var start = ConditionalSelect(s.Running, starts[d], Lanes.Zero);
            keeping[d] = trying[d] = Inside(start, d);
            s.Clamped |= ~Vector512.Equals(start, keeping[d]);
            largest = Max(largest, Abs(keeping[d]));
        }
        s.Radius = Create(0.5) + 0.5 * largest;
    }

    [MethodImpl(Compiled.AtOnce)]
    private void End(DoubleBlock u, int count, int group)
    {
        var ends = new LaneRows(u, group);
        var keeping = new LaneRows(kept, group);
        var written = Exists(count, group) & ~Vector512.Equals(states[group].Outcome, Create((double)ProjectionOutcome.NotFinite));
        for (var d = 0; d < ends.Count; d++) ends[d] = ConditionalSelect(written, lower[d] < first[d] ? Wrapped(keeping[d], d) : keeping[d], ends[d]);
    }

    private Lanes Wrapped(Lanes u, int d)
    {
        var (low, high) = (Create(first[d]), Create(last[d]));
        var turned = u - (high - low) * Floor((u - low) / (high - low));
        return ConditionalSelect(LessThan(u, low) | GreaterThan(u, high), Min(Max(turned, low), high), u);
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Judge(int group, bool isLast)
    {
        ref var s = ref states[group];
        var finite = rows.IsFinite(group);
        var merit = rows.Merit(group);
        var (slack, atRounding, settled) = rows.Slack(group);
        var small = LessThanOrEqual(slack, Create(options.Tolerance));
        var within = small | atRounding;
        // Within the tolerance nothing but rounding is left to gain: any gain will do.
        var better = ConditionalSelect(
            s.Within, LessThan(merit, s.Merit) & within, LessThanOrEqual(merit, s.Merit + 2 * Sufficient * s.Fraction * s.Slope));
        var accepted = s.Running & finite & (s.Certain | better);
        var refused = s.Running & ~accepted;
        s.End(refused & s.Certain, ProjectionOutcome.NotFinite);
        Keep(ref s, accepted, merit, group);
        s.Slack = ConditionalSelect(accepted, slack, s.Slack);
        s.Within = ConditionalSelect(accepted, within, s.Within);
        var untouched = ~s.Clamped & Vector512.Equals(s.Steps, Lanes.Zero);
        s.End(accepted & untouched & small, ProjectionOutcome.OnSet);
        s.End(accepted & small & settled, ProjectionOutcome.Projected);
        s.Polished += ConditionalSelect(accepted & within, Lanes.One, Lanes.Zero);
        s.End(accepted & GreaterThan(s.Polished, Create((double)options.Polish)), ProjectionOutcome.Projected);
        s.GiveUp(accepted & GreaterThanOrEqual(s.Slow, Create((double)MostSlow)), ProjectionOutcome.Stalled);
        if (isLast) s.GiveUp(Lanes.AllBitsSet, ProjectionOutcome.StepsExhausted);
        Shorten(ref s, refused & s.Running, merit);
        Direct(ref s, accepted & s.Running, group);
        Try(ref s, group);
    }

    // The radius remembers how far steps may reach; damping is forgotten as steps succeed.
    [MethodImpl(Compiled.AtOnce)]
    private void Keep(ref LaneStates s, Lanes accepted, Lanes merit, int group)
    {
        var moved = accepted & ~s.Certain;
        var slow = moved & GreaterThan(merit, SlowShare * s.Merit);
        s.Slow = ConditionalSelect(slow, s.Slow + Lanes.One, ConditionalSelect(moved, Lanes.Zero, s.Slow));
        var reach = 2 * s.Fraction * s.Length;
        var easy = Vector512.Equals(s.Refused, Lanes.Zero);
        s.Radius = ConditionalSelect(moved, ConditionalSelect(easy, Max(s.Radius, reach), reach), s.Radius);
        s.Damping = ConditionalSelect(moved & easy, Max(s.Damping * 1e-3, Create(step.Damping)), s.Damping);
        s.Refused = ConditionalSelect(accepted, Lanes.Zero, s.Refused);
        s.Certain &= ~accepted;
        rows.Keep(accepted, group);
        s.Merit = ConditionalSelect(accepted, rows.Merit(group), s.Merit);
        var from = new LaneRows(tried, group);
        var to = new LaneRows(kept, group);
        for (var d = 0; d < to.Count; d++) to[d] = ConditionalSelect(accepted, from[d], to[d]);
    }

    // The minimum of the parabola through both merits and the slope, between a tenth and a half of the step; after a few of them more damping instead, from the kept point.
    [MethodImpl(Compiled.AtOnce)]
    private static void Shorten(ref LaneStates s, Lanes refused, Lanes merit)
    {
        s.End(refused & s.Within, ProjectionOutcome.Projected);
        refused &= s.Running;
        var slope = s.Slope * s.Fraction;
        var ratio = -slope / (merit - s.Merit - 2 * slope);
        ratio = ConditionalSelect(GreaterThan(ratio, Create(0.1)), Min(ratio, Create(0.5)), Create(0.1));
        s.Fraction = ConditionalSelect(refused, s.Fraction * ratio, s.Fraction);
        s.Refused = ConditionalSelect(refused, s.Refused + Lanes.One, s.Refused);
        var again = refused & GreaterThanOrEqual(s.Refused, Create((double)MostRefused));
        s.Radius = ConditionalSelect(again, s.Fraction * s.Length, s.Radius);
        Dampen(ref s, again);
        s.Certain |= again;
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Direct(ref LaneStates s, Lanes needed, int group)
    {
        var to = new LaneRows(direction, group);
        var looksAhead = Lanes.AllBitsSet;
        while (needed != Lanes.Zero)
        {
            var (slope, length) = step.Solve(new LaneRows(kept, group), s.Damping, needed, looksAhead, group);
            var descends = needed & LessThan(slope, -ConditionalSelect(looksAhead, Create(GoodDescent), Create(SmallestDescent)) * s.Merit);
            for (var d = 0; d < to.Count; d++) to[d] = ConditionalSelect(descends, step.Step[d], to[d]);
            s.Slope = ConditionalSelect(descends, slope, s.Slope);
            s.Length = ConditionalSelect(descends, length, s.Length);
            s.Fraction = ConditionalSelect(descends, Min(Lanes.One, s.Radius / length), s.Fraction);
            needed &= ~descends;
            Dampen(ref s, needed & ~looksAhead);
            looksAhead &= ~needed;
            needed &= s.Running;
        }
    }

    private static void Dampen(ref LaneStates s, Lanes lanes)
    {
        s.Damping = ConditionalSelect(lanes, Max(s.Damping * 1e3, Create(1e-6)), s.Damping);
        s.GiveUp(lanes & GreaterThan(s.Damping, Create(LargestDamping)), ProjectionOutcome.Stalled);
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Try(ref LaneStates s, int group)
    {
        var from = new LaneRows(kept, group);
        var to = new LaneRows(tried, group);
        var along = new LaneRows(direction, group);
        var moving = s.Running & ~s.Certain;
        for (var d = 0; d < to.Count; d++) to[d] = ConditionalSelect(moving, Inside(FusedMultiplyAdd(s.Fraction, along[d], from[d]), d), from[d]);
        s.Steps += ConditionalSelect(s.Running, Lanes.One, Lanes.Zero);
    }

    private Lanes Inside(Lanes u, int d) => Min(Max(u, Create(lower[d])), Create(upper[d]));
}
