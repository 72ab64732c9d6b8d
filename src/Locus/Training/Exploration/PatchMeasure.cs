using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Training;

/// <summary>
/// How large the parts of a set are, from uniform points of each, however many there are of which. A patch is what one reaches from a point m of a part over places v of a ball of the
/// tangent space, along the normals of m. Its measure A is the mean of 1 / |det(T_m' T_y)| over uniform v, times the ball's volume; its share p of the part is that of the points which lie on
/// it; and A / p is the measure of the part, free of bias up to that of a ratio. Densities by k-th neighbours, as in MASEM (arXiv 2605.12338), would be biased at boundaries, which is
/// almost everywhere in many dimensions.
/// </summary>
internal sealed class PatchMeasure : IWork
{
    private const int Centers = 16;

    // Patches hold from a half to a 64th of their part; of each center the one counts that is best known.
    private const int Levels = 6;
    private const int Blocks = 8;
    private readonly StandardSet set;
    private readonly Points points;
    private readonly Components parts;
    private readonly Key key;
    private readonly Patch[] scratch;
    private readonly ILookup<int, int> members;
    private readonly (double Area, double Share)[] patches;

    private PatchMeasure(StandardSet set, Points points, Components parts, Key key, int threads)
    {
        (this.set, this.points, this.parts, this.key) = (set, points, parts, key);
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new Patch(set))];
        members = parts.Labels.Select((label, i) => (label, i)).ToLookup(member => member.label, member => member.i);
        patches = new (double, double)[parts.Sizes.Count * Centers];
    }

    /// <summary>Measures all parts.</summary>
    /// <param name="set">The set.</param>
    /// <param name="points">Points of it [N, E], uniform within each part.</param>
    /// <param name="parts">The parts of these points.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="team">Workers.</param>
    /// <returns>The share of each part in the sum, and its standard error; NaN where nothing could be measured.</returns>
    public static (double[] Shares, double[] Errors) Of(StandardSet set, Points points, Components parts, Key key, Team team)
    {
        var measure = new PatchMeasure(set, points, parts, key, team.Threads);
        team.Run(measure, measure.patches.Length);
        var sizes = Enumerable.Range(0, parts.Sizes.Count).Select(part => Ratio(measure.patches.AsSpan(part * Centers, Centers))).ToArray();
        var sum = sizes.Sum(size => size.Value);
        return ([.. sizes.Select(size => size.Value / sum)], [.. sizes.Select(size => size.Error / sum * (1 - size.Value / sum))]);
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        var (part, own) = (task / Centers, key.Fold((ulong)task));
        int[] all = [.. members[task / Centers]];
        var center = all[Draws.Below(own.Fold("center"), 0, 0, all.Length)];
        var m = scratch[worker];
        m.Begin(points[center]);
        var best = 0;
        for (var level = 0; level < Levels; level++)
        {
            var radius = m.Radius(points, all, 0.5 / (1 << level));
            var (area, landed) = Area(m, part, radius, own.Fold((ulong)level));
            var returned = Returned(m, all, radius);
            if (Math.Min(landed, returned) <= best) continue;
            best = Math.Min(landed, returned);
            patches[task] = (area, (double)returned / all.Length);
        }
    }

    // The sum of all areas over the sum of all shares, and its error by leaving out one patch after the other.
    private static (double Value, double Error) Ratio(ReadOnlySpan<(double Area, double Share)> patches)
    {
        var (area, share) = (0.0, 0.0);
        foreach (var patch in patches) (area, share) = (area + patch.Area, share + patch.Share);
        var squares = 0.0;
        foreach (var patch in patches)
        {
            var difference = (area - patch.Area) / (share - patch.Share) - area / share;
            squares += difference * difference;
        }
        return (area / share, Math.Sqrt(squares * (patches.Length - 1) / patches.Length));
    }

    private (double Area, int Landed) Area(Patch m, int part, double radius, Key draws)
    {
        var volume = BallVolume(m.Tangents);
        for (var k = 0; k < m.Tangents; k++) volume *= radius;
        var (sum, landed) = (0.0, 0);
        var place = new double[set.Dimension];
        for (var block = 0; block < Blocks; block++)
        {
            m.Draw(draws, (ulong)(block * Block.Lanes), radius);
            m.Land(radius);
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                if (!m.Landed(lane)) continue;
                for (var d = 0; d < place.Length; d++) place[d] = m.End[d][lane];
                if (parts.Sizes.Count > 1 && parts.Of(place) != part) continue;
                sum += m.Weight(lane);
                landed++;
            }
        }
        return (volume * sum / (Blocks * Block.Lanes), landed);
    }

    // Points of the part that are on the patch: those that one reaches from their own place. Another sheet of the set within reach is not.
    private int Returned(Patch m, int[] all, double radius)
    {
        var returned = 0;
        for (var first = 0; first < all.Length; first += Block.Lanes)
        {
            var count = Math.Min(Block.Lanes, all.Length - first);
            if (!m.Place(points, all.AsSpan(first, count), radius)) continue;
            m.Land(radius);
            for (var lane = 0; lane < count; lane++) returned += m.Landed(lane) && m.IsAt(lane, points[all[first + lane]]) ? 1 : 0;
        }
        return returned;
    }

    // V_0 = 1, V_1 = 2, V_K = V_(K-2) 2 pi / K.
    private static double BallVolume(int dimension) => dimension == 0 ? 1 : dimension == 1 ? 2 : BallVolume(dimension - 2) * 2 * Math.PI / dimension;
}
