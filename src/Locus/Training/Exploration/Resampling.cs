using Locus.Engine.Random;

namespace Locus.Training;

/// <summary>Draws of points in proportion to weights by one uniform number, which evens out chance as far as weights allow (systematic resampling; Kitagawa 1996).</summary>
internal static class Resampling
{
    /// <summary>Draws by weight.</summary>
    /// <param name="weights">Weights [N], 0 or more, one of them above 0.</param>
    /// <param name="count">Draws.</param>
    /// <param name="key">Randomness.</param>
    /// <returns>The numbers drawn, in rising order [count].</returns>
    public static int[] ByWeight(IReadOnlyList<double> weights, int count, Key key)
    {
        var total = weights.Sum();
        var chosen = new int[count];
        var (offset, sum, i) = (Draws.Uniform(key, 0, 0), weights[0], 0);
        for (var n = 0; n < count; n++)
        {
            var place = (n + offset) / count * total;
            while (sum <= place && i < weights.Count - 1) sum += weights[++i];
            chosen[n] = i;
        }
        return chosen;
    }

    /// <summary>Draws such that each part gets its share, and all points of a part are as likely.</summary>
    /// <param name="labels">The part of each point [N].</param>
    /// <param name="shares">The share of each part; a part without a point loses its share to the others.</param>
    /// <param name="count">Draws.</param>
    /// <param name="key">Randomness.</param>
    public static int[] ByShare(int[] labels, IReadOnlyList<double> shares, int count, Key key)
    {
        var sizes = new int[shares.Count];
        foreach (var label in labels) sizes[label]++;
        return ByWeight([.. labels.Select(label => shares[label] / sizes[label])], count, key);
    }
}
