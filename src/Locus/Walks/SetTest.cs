using System.Runtime.CompilerServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Programs;
using Locus.Projection;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Walks;

/// <summary>
/// Tells which of 64 points are on a set. Where no equality holds a point is on the set if its slack is 0, so that what is delivered holds exactly; elsewhere as for a
/// projector: within its tolerance, or so near that no double could bring it nearer.
/// </summary>
internal sealed class SetTest
{
    // Rounding that leaves more slack than this is not looked for.
    private const double MostRounding = 1e-3;
    private static readonly double Tolerance = new ProjectorOptions().Tolerance;
    private readonly StandardSet set;
    private readonly Program program;
    private readonly DoubleBlock slack;
    private readonly DoubleBlock scratch;
    private readonly Linearization? rows;

    /// <summary>Memory for tests of a set.</summary>
    public SetTest(StandardSet set)
    {
        this.set = set;
        program = set.Standard.Slack;
        var arena = new Arena(checked((1 + program.ScratchRows) * DoubleBlock.FloatsPerRow));
        (slack, scratch) = (arena.DoubleRows(1), arena.DoubleRows(program.ScratchRows));
        if (set.Standard.Residuals.EqualityCount > 0) rows = new Linearization(set.Standard);
    }

    /// <summary>Leaves of masks the lanes whose points are on the set.</summary>
    /// <param name="u">Points [E][64].</param>
    /// <param name="c">Conditions [C][64].</param>
    /// <param name="normals">How many equalities hold there.</param>
    /// <param name="wanted">Masks of the lanes in question, [8].</param>
    [MethodImpl(Compiled.AtOnce)]
    public void Run(DoubleBlock u, DoubleBlock c, NormalSpaces normals, Span<Lanes> wanted)
    {
        program.Run(u, c, slack, scratch);
        var doubtful = Lanes.Zero;
        for (var group = 0; group < LaneRows.Groups; group++)
            doubtful |= wanted[group] & ~Within(normals, group) & OnSurface(normals, group) & LessThanOrEqual(Slack(group), Create(MostRounding));
        if (doubtful == Lanes.Zero)
        {
            for (var group = 0; group < LaneRows.Groups; group++) wanted[group] &= Within(normals, group);
            return;
        }
        rows!.Run(u, c);
        for (var group = 0; group < LaneRows.Groups; group++)
            wanted[group] &= Within(normals, group) | (OnSurface(normals, group) & rows.Slack(group).AtRounding & InBox(u, group));
    }

    private static Lanes OnSurface(NormalSpaces normals, int group) => GreaterThan(normals.Rank(group), Lanes.Zero);

    private Lanes Slack(int group) => new LaneRows(slack, group)[0];

    private Lanes Within(NormalSpaces normals, int group) =>
        LessThanOrEqual(Slack(group), ConditionalSelect(OnSurface(normals, group), Create(Tolerance), Lanes.Zero));

    private Lanes InBox(DoubleBlock u, int group)
    {
        var point = new LaneRows(u, group);
        var inside = Lanes.AllBitsSet;
        for (var d = 0; d < point.Count; d++) inside &= GreaterThanOrEqual(point[d], Create(set.Lower[d])) & LessThanOrEqual(point[d], Create(set.Upper[d]));
        return inside;
    }
}
