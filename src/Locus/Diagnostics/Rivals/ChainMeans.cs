using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Methods.Markov;
using Locus.Problems;

namespace Locus.Diagnostics.Rivals;

/// <summary>
/// How many independent points those of many chains are as good as, by replication: of T points each, chain means spread with the variance V / n, where V is that of single points and n what
/// T is worth. So correlation of any length counts, and chains that stay where they began are worth one point each. Of all coordinates and their squares the worst decides, less the part of it that is chance: the spread of m means is
/// known to a relative variance of 2 / (m - 1), and the largest of Q such numbers stands too high even where all are worth as much.
/// </summary>
/// <param name="chains">Chains; more are taken up as they come.</param>
/// <param name="dimension">E.</param>
internal sealed class ChainMeans(int chains, int dimension)
{
    // Of each chain: the sums of each coordinate and its square.
    private readonly List<double[]> sums = [.. Enumerable.Range(0, chains).Select(_ => new double[2 * dimension])];

    // Of each coordinate and its square: the sum of squares over all chains.
    private readonly double[] squares = new double[2 * dimension];

    private long points;

    /// <summary>Independent points that all are worth: at most their number, 0 before the first.</summary>
    public double Effective
    {
        get
        {
            if (points == 0) return 0;
            // What each point costs by a quantity: V / n of the mean, over V / T of independent points.
            double[] costs = [.. Enumerable.Range(0, squares.Length).Select(Cost).Where(cost => cost > 0)];
            if (costs.Length == 0) return points;
            return Math.Min(points, points / Math.Max(costs.Average(), costs.Max() / LargestByChance(costs.Length)));
        }
    }

    /// <summary>
    /// The mean of the largest of Q independent estimates of one variance, each from the spread of m means, over that variance: about the quantile Q / (Q + 1) of chi-square over its degrees of freedom m - 1, by Wilson and Hilferty 1931.
    /// </summary>
    /// <param name="quantities">Q.</param>
    internal double LargestByChance(int quantities)
    {
        var square = 2 / (9.0 * (sums.Count - 1));
        var root = 1 - square + NormalLaw.Quantile(quantities / (quantities + 1.0)) * Math.Sqrt(square);
        return Math.Max(1, root * root * root);
    }

    /// <summary>Adds where the chains are.</summary>
    /// <param name="u">[chains, E], in coordinates in which the set is of order 1.</param>
    public void Add(Points u)
    {
        for (var i = 0; i < u.Count; i++) Add(i, u[i]);
    }

    /// <summary>Adds where the chains are.</summary>
    /// <param name="blocks">64 chains each, in coordinates in which their law is of order 1.</param>
    public void Add(IReadOnlyList<HamiltonianBlock> blocks)
    {
        var u = new double[dimension];
        for (var i = 0; i < blocks.Count * Block.Lanes; i++)
        {
            for (var d = 0; d < dimension; d++) u[d] = blocks[i / Block.Lanes].Position[d][i % Block.Lanes];
            Add(i, u);
        }
    }

    /// <summary>Adds where a chain is; all must be added as often.</summary>
    /// <param name="chain">Its number, at most one above those so far.</param>
    /// <param name="u">[E].</param>
    public void Add(int chain, ReadOnlySpan<double> u)
    {
        if (chain == sums.Count) sums.Add(new double[2 * dimension]);
        for (var d = 0; d < dimension; d++)
        {
            var x = u[d];
            Add(sums[chain], 2 * d, x);
            Add(sums[chain], 2 * d + 1, x * x);
        }
        points++;
    }

    private void Add(double[] own, int quantity, double value)
    {
        own[quantity] += value;
        squares[quantity] += value * value;
    }

    private double Cost(int quantity)
    {
        var (mean, spread, n) = (0.0, 0.0, sums.Count);
        var count = points / n;
        foreach (var own in sums) mean += own[quantity] / count / n;
        foreach (var own in sums) spread += (own[quantity] / count - mean) * (own[quantity] / count - mean) / (n - 1);
        var variance = squares[quantity] / count / n - mean * mean;
        // A coordinate that the set fixes tells nothing.
        return variance <= 1e-12 * Math.Max(1, mean * mean) ? 0 : count * spread / variance;
    }
}
