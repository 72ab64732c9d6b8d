using System.Runtime.CompilerServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Programs;
using Locus.Engine.Random;
using Locus.Projection;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Walks;

/// <summary>
/// Hit-and-run on sets with volume, of any shape (Smith 1984): along a random direction a uniform point of what the line has in common with the set, by slice sampling with
/// an interval that is placed at random around the current point, cut off at the box, and shrinks toward the point until a draw from it is on the set (Neal 2003, sections 4 and 5).
/// It leaves the uniform law as it is, and passes from one part of a set to another where the line meets both. Under a <see cref="Tilt"/> the slice is that of points at which the law is
/// above a level, drawn uniformly between 0 and what it is at the current point.
/// </summary>
internal sealed class LineStep
{
    private const int MostDraws = 64;
    private const int DrawsPerKey = 4;
    private readonly StandardSet set;
    private readonly Program slack;
    private readonly Tilt? tilt;
    private readonly double width;
    private readonly Key directionKey;
    private readonly Key placeKey;
    private readonly Key levelKey;
    private readonly Key[] drawKeys;
    private readonly Block normal;
    private readonly Block uniform;
    private readonly DoubleBlock direction;
    private readonly DoubleBlock tried;
    private readonly DoubleBlock result;
    private readonly DoubleBlock scratch;
    private readonly Lanes[] low = new Lanes[LaneRows.Groups];
    private readonly Lanes[] high = new Lanes[LaneRows.Groups];
    private readonly Lanes[] place = new Lanes[LaneRows.Groups];
    private readonly Lanes[] open = new Lanes[LaneRows.Groups];
    private readonly double[] levels = new double[Block.Lanes];
    private readonly double[] logs = new double[Block.Lanes];
    private double[]? shape;
    private bool shaped;

    /// <summary>Memory for steps on a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="key">Randomness; chains and steps are told apart by their numbers.</param>
    /// <param name="tilt">How its points are weighed; null where all count the same.</param>
    public LineStep(StandardSet set, Key key, Tilt? tilt = null)
    {
        (this.set, slack, this.tilt) = (set, set.Standard.Slack, tilt);
        // Coordinates of deviation 1, or a box at [-2, 2], make sets about half as long as this.
        width = 4 * Math.Sqrt(set.Dimension);
        (directionKey, placeKey, levelKey) = (key.Fold("direction"), key.Fold("place"), key.Fold("level"));
        drawKeys = [.. Enumerable.Range(0, MostDraws / DrawsPerKey).Select(i => key.Fold("draws").Fold((ulong)i))];
        var e = set.Dimension;
        var arena = new Arena(checked((e + DrawsPerKey) * Block.Lanes + (2 * e + 1 + slack.ScratchRows) * DoubleBlock.FloatsPerRow));
        (normal, uniform) = (arena.Rows(e), arena.Rows(DrawsPerKey));
        (direction, tried, result, scratch) = (arena.DoubleRows(e), arena.DoubleRows(e), arena.DoubleRows(1), arena.DoubleRows(slack.ScratchRows));
    }

    /// <summary>
    /// Draws every other direction from a normal law of another shape: along a flat set most directions leave it at once. Any law will do that is the same wherever the chain is.
    /// </summary>
    /// <param name="factor">A lower triangle L [E, E] row by row: directions L n, n standard normal.</param>
    public void Take(double[] factor) => shape = factor;

    /// <summary>Makes a step.</summary>
    /// <param name="u">Points [E][64]; the wanted ones are moved.</param>
    /// <param name="c">Conditions [C][64].</param>
    /// <param name="first">Number of the chain in lane 0.</param>
    /// <param name="step">Number of the step.</param>
    /// <param name="wanted">Masks of the lanes, [8].</param>
    public void Run(DoubleBlock u, DoubleBlock c, ulong first, uint step, ReadOnlySpan<Lanes> wanted)
    {
        Draws.Normal(directionKey, first, step, normal);
        Draws.Uniform(placeKey, first, step, uniform);
        if (tilt is not null)
        {
            tilt.Run(u, c, levels);
            for (var lane = 0; lane < Block.Lanes; lane++) levels[lane] += ElementaryDouble.Log(Draws.Uniform(levelKey, first + (ulong)lane, step));
        }
        wanted.CopyTo(open);
        shaped = shape is not null && step % 2 == 0;
        for (var group = 0; group < LaneRows.Groups; group++) Begin(u, group);
        for (var draw = 0; draw < MostDraws; draw++)
        {
            var any = Lanes.Zero;
            foreach (var lanes in open) any |= lanes;
            if (any == Lanes.Zero) break;
            if (draw % DrawsPerKey == 0) Draws.Uniform(drawKeys[draw / DrawsPerKey], first, step, uniform);
            for (var group = 0; group < LaneRows.Groups; group++) Try(u, group, draw % DrawsPerKey);
            slack.Run(tried, c, result, scratch);
            tilt?.Run(tried, c, logs);
            for (var group = 0; group < LaneRows.Groups; group++) Judge(u, group);
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Begin(DoubleBlock u, int group)
    {
        var point = new LaneRows(u, group);
        var along = new LaneRows(direction, group);
        var square = Lanes.Zero;
        for (var d = 0; d < along.Count; d++)
        {
            along[d] = shaped ? Shaped(d, group) : LaneRows.Wide(normal[d], group);
            square = FusedMultiplyAdd(along[d], along[d], square);
        }
        var left = -width * LaneRows.Wide(uniform[0], group);
        var (from, to) = (left, left + Create(width));
        for (var d = 0; d < along.Count; d++)
        {
            along[d] /= Sqrt(square);
            var (toLower, toUpper) = ((Create(set.Lower[d]) - point[d]) / along[d], (Create(set.Upper[d]) - point[d]) / along[d]);
            var (rising, falling) = (GreaterThan(along[d], Lanes.Zero), LessThan(along[d], Lanes.Zero));
            from = ConditionalSelect(rising, Max(from, toLower), ConditionalSelect(falling, Max(from, toUpper), from));
            to = ConditionalSelect(rising, Min(to, toUpper), ConditionalSelect(falling, Min(to, toLower), to));
        }
        (low[group], high[group]) = (Min(from, Lanes.Zero), Max(to, Lanes.Zero));
    }

    [MethodImpl(Compiled.AtOnce)]
    private Lanes Shaped(int d, int group)
    {
        var sum = Lanes.Zero;
        for (var k = 0; k <= d; k++) sum = FusedMultiplyAdd(Create(shape![d * set.Dimension + k]), LaneRows.Wide(normal[k], group), sum);
        return sum;
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Try(DoubleBlock u, int group, int draw)
    {
        var point = new LaneRows(u, group);
        var along = new LaneRows(direction, group);
        var trying = new LaneRows(tried, group);
        place[group] = FusedMultiplyAdd(high[group] - low[group], LaneRows.Wide(uniform[draw], group), low[group]);
        for (var d = 0; d < along.Count; d++) trying[d] = ConditionalSelect(open[group], FusedMultiplyAdd(place[group], along[d], point[d]), point[d]);
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Judge(DoubleBlock u, int group)
    {
        var point = new LaneRows(u, group);
        var trying = new LaneRows(tried, group);
        // Without a tilt both are 0.
        var hit = open[group] & LessThanOrEqual(new LaneRows(result, group)[0], Lanes.Zero) & GreaterThanOrEqual(Of(logs, group), Of(levels, group));
        for (var d = 0; d < point.Count; d++) point[d] = ConditionalSelect(hit, trying[d], point[d]);
        var below = LessThan(place[group], Lanes.Zero);
        low[group] = ConditionalSelect(below, place[group], low[group]);
        high[group] = ConditionalSelect(below, high[group], place[group]);
        open[group] &= ~hit;
    }
    private static Lanes Of(double[] lanes, int group) => Create<double>(lanes.AsSpan(group * LaneSystem.Lanes, LaneSystem.Lanes));
}
