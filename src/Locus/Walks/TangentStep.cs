using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Projection;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Walks;

/// <summary>
/// The step of Zappa, Holmes-Cerfon and Goodman 2018 ("Monte Carlo on manifolds", algorithm 1) on sets of any dimension: a normal vector v of the tangent space at x, from x + v along the
/// normals of x to a point y of the set; y is taken with probability min(1, p(y) exp(-|v'|^2 / 2 s^2) / (p(x) exp(-|v|^2 / 2 s^2))), v' being the tangent part at y of x - y and p the
/// measure wanted in a unit of the set's own, if it keeps inequalities and box, and if the step back from y along v' ends at x. So uniform points stay uniform, and those of a
/// <see cref="Tilt"/> keep its law, which p then has for a factor. Where no equality holds it is the step of a ball that is refused outside.
/// </summary>
internal sealed class TangentStep
{
    // What the way back may miss x by, in u: Newton's method is sure to end there.
    private const double Return = 1e-6;
    private readonly Key tangentKey;
    private readonly Key chanceKey;
    private readonly NormalLanding landing;
    private readonly SetTest test;
    private readonly Tilt? tilt;
    private readonly NormalSpaces there;
    private readonly Block normal;
    private readonly Block uniform;
    private readonly DoubleBlock tangent;
    private readonly DoubleBlock end;
    private readonly DoubleBlock back;
    private readonly Lanes[] squares = new Lanes[LaneRows.Groups];
    private readonly Lanes[] open = new Lanes[LaneRows.Groups];
    private readonly Lanes[] returned = new Lanes[LaneRows.Groups];
    private readonly double[] chances = new double[LaneSystem.Lanes];
    private readonly double[] logs = new double[Block.Lanes];
    private readonly double[] logsThere = new double[Block.Lanes];

    /// <summary>Memory for steps on a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="key">Randomness; chains and steps are told apart by their numbers.</param>
    /// <param name="tilt">How its points are weighed; null where all count the same.</param>
    public TangentStep(StandardSet set, Key key, Tilt? tilt = null)
    {
        this.tilt = tilt;
        (tangentKey, chanceKey) = (key.Fold("tangent"), key.Fold("chance"));
        (landing, test, there, Here) = (new NormalLanding(set), new SetTest(set), new NormalSpaces(set), new NormalSpaces(set));
        var e = set.Dimension;
        var arena = new Arena(checked((e + 1) * Block.Lanes + 3 * e * DoubleBlock.FloatsPerRow));
        (normal, uniform) = (arena.Rows(e), arena.Rows(1));
        (tangent, end, back) = (arena.DoubleRows(e), arena.DoubleRows(e), arena.DoubleRows(e));
    }

    /// <summary>The normal spaces at the current points.</summary>
    public NormalSpaces Here { get; }

    /// <summary>Begins at other points.</summary>
    /// <param name="u">Points [E][64].</param>
    /// <param name="c">Conditions [C][64].</param>
    public void Begin(DoubleBlock u, DoubleBlock c) => landing.Load(u, c, Here);

    /// <summary>Makes a step.</summary>
    /// <param name="u">Points [E][64]; those of the lanes that accept are moved.</param>
    /// <param name="c">Conditions [C][64].</param>
    /// <param name="first">Number of the chain in lane 0.</param>
    /// <param name="step">Number of the step.</param>
    /// <param name="sizes">s of each lane, [64].</param>
    /// <returns>A bit for each lane that accepted.</returns>
    public ulong Run(DoubleBlock u, DoubleBlock c, ulong first, uint step, ReadOnlySpan<double> sizes)
    {
        Draws.Normal(tangentKey, first, step, normal);
        Draws.Uniform(chanceKey, first, step, uniform);
        for (var group = 0; group < LaneRows.Groups; group++) Propose(u, group, sizes);
        Array.Fill(open, Lanes.AllBitsSet);
        landing.Run(end, c, Here, open, there);
        test.Run(end, c, Here, open);
        tilt?.Run(u, c, logs);
        tilt?.Run(end, c, logsThere);
        for (var group = 0; group < LaneRows.Groups; group++) Weigh(u, group, sizes);
        open.CopyTo(returned, 0);
        landing.Run(back, c, there, returned, null);
        var accepted = 0UL;
        for (var group = 0; group < LaneRows.Groups; group++) accepted |= Move(u, group) << (group * LaneSystem.Lanes);
        return accepted;
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Propose(DoubleBlock u, int group, ReadOnlySpan<double> sizes)
    {
        var from = new LaneRows(u, group);
        var to = new LaneRows(end, group);
        var v = new LaneRows(tangent, group);
        var size = Create(sizes.Slice(group * LaneSystem.Lanes, LaneSystem.Lanes));
        for (var d = 0; d < v.Count; d++) v[d] = size * LaneRows.Wide(normal[d], group);
        Here.Flatten(v, group);
        squares[group] = Square(v);
        for (var d = 0; d < v.Count; d++) to[d] = from[d] + v[d];
    }

    // Leaves of the open lanes those that accept if the way back ends at x, and makes its start.
    [MethodImpl(Compiled.AtOnce)]
    private void Weigh(DoubleBlock u, int group, ReadOnlySpan<double> sizes)
    {
        var from = new LaneRows(u, group);
        var to = new LaneRows(end, group);
        var v = new LaneRows(tangent, group);
        var start = new LaneRows(back, group);
        open[group] &= Vector512.Equals(there.Rank(group), Here.Rank(group));
        for (var d = 0; d < v.Count; d++) v[d] = from[d] - to[d];
        there.Flatten(v, group);
        for (var d = 0; d < v.Count; d++) start[d] = ConditionalSelect(open[group], to[d] + v[d], from[d]);
        var size = Create(sizes.Slice(group * LaneSystem.Lanes, LaneSystem.Lanes));
        ((squares[group] - Square(v)) / (2 * size * size)).CopyTo(chances);
        for (var lane = 0; lane < chances.Length; lane++) chances[lane] = ElementaryDouble.Exp(chances[lane] + logsThere[group * chances.Length + lane] - logs[group * chances.Length + lane]);
        var chance = Create<double>(chances) * there.Element(group) / Here.Element(group);
        open[group] &= LessThan(LaneRows.Wide(uniform[0], group), chance);
    }

    [MethodImpl(Compiled.AtOnce)]
    private ulong Move(DoubleBlock u, int group)
    {
        var from = new LaneRows(u, group);
        var to = new LaneRows(end, group);
        var v = new LaneRows(back, group);
        for (var d = 0; d < v.Count; d++) v[d] -= from[d];
        var accepted = open[group] & returned[group] & LessThanOrEqual(Square(v), Create(Return * Return));
        for (var d = 0; d < v.Count; d++) from[d] = ConditionalSelect(accepted, to[d], from[d]);
        Here.Take(there, accepted, group);
        return accepted.ExtractMostSignificantBits();
    }

    [MethodImpl(Compiled.AtOnce)]
    private static Lanes Square(LaneRows v)
    {
        var sum = Lanes.Zero;
        for (var d = 0; d < v.Count; d++) sum = FusedMultiplyAdd(v[d], v[d], sum);
        return sum;
    }
}
