using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>
/// Pairs of independent sample sets of one law. What a distance is between the two of a pair, in the mean, is its floor; other samples are held against the second set of each pair, so that none of these decides
/// by chance.
/// </summary>
/// <param name="sets">The sets 0 to 2 pairs - 1, [N, D]; a set may be asked for again.</param>
/// <param name="count">Number of pairs, at least 2.</param>
internal sealed class SetPairs(Func<int, Points> sets, int count)
{
    /// <summary>Exact sets.</summary>
    /// <param name="truth">The exact sampler.</param>
    /// <param name="key">Key of the draws; each set takes its own fold of it.</param>
    /// <param name="size">Samples in each set, N.</param>
    /// <param name="count">Number of pairs, at least 2.</param>
    public SetPairs(Truth truth, Key key, int size, int count)
        : this(set => truth.Sample(key.Fold((ulong)set), size), count)
    {
    }

    /// <summary>Number of pairs.</summary>
    public int Count { get; } = count >= 2 ? count : throw new ArgumentOutOfRangeException(nameof(count), count, "a spread needs at least two pairs");

    /// <summary>The first set of a pair.</summary>
    public Points First(int pair) => sets(2 * pair);

    /// <summary>The second set of a pair.</summary>
    public Points Second(int pair) => sets(2 * pair + 1);

    /// <summary>Mean of a number of each pair, and its standard deviation from pair to pair.</summary>
    public static (double Mean, double Deviation) Spread(double[] values)
    {
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)));
    }
}
