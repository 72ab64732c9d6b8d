using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Problems;
using Locus.Projection;
using Locus.Walks;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Training;

/// <summary>
/// A patch of a set, in one worker's memory: what one reaches from a center m over places v of a ball of the tangent space, along the normals of m; 64 places at a time.
/// </summary>
internal sealed class Patch
{
    // What a point may miss itself by, in u.
    private const double Same = 1e-6;

    // How far from the tangent space, in radii, a patch may bend.
    private const double NormalReach = 0.5;
    private readonly NormalLanding landing;
    private readonly SetTest test;
    private readonly NormalSpaces here;
    private readonly NormalSpaces there;
    private readonly DoubleBlock center;
    private readonly DoubleBlock start;
    private readonly DoubleBlock noCondition;
    private readonly double[] matrix;
    private readonly Lanes[] landed = new Lanes[LaneRows.Groups];

    /// <summary>Memory for patches of a set.</summary>
    public Patch(StandardSet set)
    {
        (landing, test, here, there) = (new NormalLanding(set), new SetTest(set), new NormalSpaces(set), new NormalSpaces(set));
        var e = set.Dimension;
        var arena = new Arena(checked(3 * e * DoubleBlock.FloatsPerRow));
        (center, start, End, noCondition) = (arena.DoubleRows(e), arena.DoubleRows(e), arena.DoubleRows(e), arena.DoubleRows(0));
        matrix = new double[set.Standard.Residuals.EqualityCount * set.Standard.Residuals.EqualityCount];
    }

    /// <summary>K at the center.</summary>
    public int Tangents => center.Rows - (int)here.Rank(0)[0];

    /// <summary>Where the landings ended, [E][64].</summary>
    public DoubleBlock End { get; }

    /// <summary>Goes to another center.</summary>
    /// <param name="point">A point of the set [E].</param>
    public void Begin(ReadOnlySpan<double> point)
    {
        for (var d = 0; d < center.Rows; d++) center[d].Fill(point[d]);
        landing.Load(center, noCondition, here);
    }

    /// <summary>The tangent distance within which a share of some points lies.</summary>
    public double Radius(Points points, int[] all, double share)
    {
        var lengths = new double[all.Length];
        for (var first = 0; first < all.Length; first += Block.Lanes)
        {
            var count = Math.Min(Block.Lanes, all.Length - first);
            Place(points, all.AsSpan(first, count), double.PositiveInfinity);
            for (var lane = 0; lane < count; lane++) lengths[first + lane] = Length(lane);
        }
        Array.Sort(lengths);
        return lengths[(int)(share * (lengths.Length - 1))];
    }

    /// <summary>Starts uniformly in the ball of the tangent space.</summary>
    public void Draw(Key key, ulong first, double radius)
    {
        for (var lane = 0; lane < Block.Lanes; lane++)
            for (var d = 0; d < start.Rows; d++) start[d][lane] = Draws.Normal(key, first + (ulong)lane, (uint)d);
        for (var group = 0; group < LaneRows.Groups; group++) here.Flatten(new LaneRows(start, group), group);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var uniform = Draws.Uniform(key, first + (ulong)lane, (uint)start.Rows) + 1e-300;
            var factor = radius * ElementaryDouble.Exp(ElementaryDouble.Log(uniform) / Math.Max(1, Tangents)) / Length(lane);
            for (var d = 0; d < start.Rows; d++) start[d][lane] *= factor;
        }
    }

    /// <summary>Starts from the places of points; false if none is within reach.</summary>
    public bool Place(Points points, ReadOnlySpan<int> numbers, double radius)
    {
        for (var lane = 0; lane < Block.Lanes; lane++)
            for (var d = 0; d < start.Rows; d++) start[d][lane] = points[numbers[Math.Min(lane, numbers.Length - 1)]][d] - center[d][lane];
        for (var group = 0; group < LaneRows.Groups; group++) here.Flatten(new LaneRows(start, group), group);
        for (var lane = 0; lane < numbers.Length; lane++)
            if (Length(lane) <= radius) return true;
        return false;
    }

    /// <summary>Lands from all starts in the ball.</summary>
    public void Land(double radius)
    {
        for (var group = 0; group < LaneRows.Groups; group++)
        {
            var v = new LaneRows(start, group);
            var square = Lanes.Zero;
            for (var d = 0; d < v.Count; d++) square += v[d] * v[d];
            landed[group] = LessThanOrEqual(square, Create(radius * radius * (1 + 1e-12)));
        }
        for (var d = 0; d < start.Rows; d++)
            for (var lane = 0; lane < Block.Lanes; lane++) End[d][lane] = center[d][lane] + start[d][lane];
        landing.Run(End, noCondition, here, landed, there);
        test.Run(End, noCondition, there, landed);
        for (var group = 0; group < LaneRows.Groups; group++) landed[group] &= Vector512.Equals(there.Rank(group), here.Rank(group)) & IsNear(group, NormalReach * radius);
    }

    /// <summary>Whether a lane is on the patch.</summary>
    public bool Landed(int lane) => BitConverter.DoubleToInt64Bits(landed[lane / LaneSystem.Lanes][lane % LaneSystem.Lanes]) != 0;

    /// <summary>The measure wanted at the end of a lane for each unit of its start.</summary>
    public double Weight(int lane) => there.Element(lane / LaneSystem.Lanes)[lane % LaneSystem.Lanes] / here.Overlap(there, lane, matrix);

    /// <summary>Whether a lane ended at a point.</summary>
    public bool IsAt(int lane, ReadOnlySpan<double> point)
    {
        var sum = 0.0;
        for (var d = 0; d < point.Length; d++) sum += (End[d][lane] - point[d]) * (End[d][lane] - point[d]);
        return sum <= Same * Same;
    }

    private double Length(int lane)
    {
        var sum = 0.0;
        for (var d = 0; d < start.Rows; d++) sum += start[d][lane] * start[d][lane];
        return Math.Sqrt(sum);
    }

    private Lanes IsNear(int group, double distance)
    {
        var end = new LaneRows(End, group);
        var from = new LaneRows(center, group);
        var v = new LaneRows(start, group);
        var square = Lanes.Zero;
        for (var d = 0; d < v.Count; d++) square += (end[d] - from[d] - v[d]) * (end[d] - from[d] - v[d]);
        return LessThanOrEqual(square, Create(distance * distance));
    }
}
