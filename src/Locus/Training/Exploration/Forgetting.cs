using Locus.Engine.Random;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Training;

/// <summary>
/// Whether chains have forgotten where they began: those that began on one side of a plane through the middle of all starts must end with the law of those from the other side. Their energy
/// distance is compared with those of halves that are drawn at random (a permutation test; Szekely and Rizzo 2013). Chains that stand still fail it, unlike a comparison of an
/// earlier with a later half of their run; and where starts no longer matter, the law has settled.
/// </summary>
internal static class Forgetting
{
    private const int MostChains = 1024;
    private const int Planes = 3;
    private const int Permutations = 39;

    /// <summary>Whether no plane tells the ends of the chains apart.</summary>
    /// <param name="starts">Where the chains began [N, E].</param>
    /// <param name="ends">Where they ended [N, E].</param>
    /// <param name="chains">The chains in question: those of one component.</param>
    /// <param name="key">Randomness.</param>
    public static bool Of(Points starts, Points ends, IReadOnlyList<int> chains, Key key)
    {
        var order = new int[chains.Count];
        Draws.Permutation(key.Fold("chains"), order);
        int[] chosen = [.. order.Take(MostChains).Select(i => chains[i])];
        var distances = Distances(ends, chosen);
        double[] random = [.. Enumerable.Range(0, Permutations).Select(i => Apart(distances, RandomHalf(chosen.Length, key.Fold("half").Fold((ulong)i))))];
        return Enumerable.Range(0, Planes).All(i => Apart(distances, Side(starts, chosen, key.Fold("plane").Fold((ulong)i))) <= random.Max());
    }

    /// <summary>Whether two sets of points look like draws from one law.</summary>
    /// <param name="a">Points [N, E].</param>
    /// <param name="b">Other points [N', E].</param>
    /// <param name="key">Randomness.</param>
    public static bool Alike(Points a, Points b, Key key)
    {
        var half = Math.Min(MostChains / 2, Math.Min(a.Count, b.Count));
        var both = new Points([.. a.Thinned(half).Values, .. b.Thinned(half).Values], a.Dimension);
        var distances = Distances(both, [.. Enumerable.Range(0, both.Count)]);
        var random = Enumerable.Range(0, Permutations).Max(i => Apart(distances, RandomHalf(both.Count, key.Fold("half").Fold((ulong)i))));
        // One pair of 40 lies beyond all halves by chance alone, hardly one by twice as much.
        return Apart(distances, [.. Enumerable.Range(0, both.Count).Select(i => i < half)]) <= 2 * random;
    }

    // The chains on one side of a plane with a random direction, half of them.
    private static bool[] Side(Points starts, int[] chosen, Key key)
    {
        var direction = new double[starts.Dimension];
        for (var d = 0; d < direction.Length; d++) direction[d] = Draws.Normal(key, 0, (uint)d);
        var heights = chosen.Select(i => Frame.Dot(starts[i], direction)).ToArray();
        var order = Enumerable.Range(0, chosen.Length).OrderBy(i => heights[i]).ToArray();
        var side = new bool[chosen.Length];
        for (var i = 0; i < chosen.Length / 2; i++) side[order[i]] = true;
        return side;
    }

    private static bool[] RandomHalf(int count, Key key)
    {
        var order = new int[count];
        Draws.Permutation(key, order);
        var half = new bool[count];
        for (var i = 0; i < count / 2; i++) half[order[i]] = true;
        return half;
    }

    private static double[] Distances(Points ends, int[] chosen)
    {
        var n = chosen.Length;
        var distances = new double[n * n];
        Parallel.For(0, n, i =>
        {
            for (var j = 0; j < n; j++)
            {
                var sum = 0.0;
                for (var d = 0; d < ends.Dimension; d++) sum += (ends[chosen[i]][d] - ends[chosen[j]][d]) * (ends[chosen[i]][d] - ends[chosen[j]][d]);
                distances[i * n + j] = Math.Sqrt(sum);
            }
        });
        return distances;
    }

    // The squared energy distance between a half and the rest.
    private static double Apart(double[] distances, bool[] half)
    {
        var n = half.Length;
        Span<double> sums = [0, 0, 0];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) sums[(half[i] ? 1 : 0) + (half[j] ? 1 : 0)] += distances[i * n + j];
        double inside = half.Count(side => side), outside = n - inside;
        return sums[1] / (inside * outside) - sums[2] / (inside * inside) - sums[0] / (outside * outside);
    }
}
