using Locus.Problems;

namespace Locus.Diagnostics.Rivals;

/// <summary>
/// How many independent points those of many chains are as good as, by replication: of T points each, chain means spread with the variance V / n, where V is that of single points and n what
/// T is worth. So correlation of any length counts, and chains that stay where they began are worth one point each. Of all coordinates and their squares the worst decides.
/// </summary>
/// <param name="chains">Chains, at least 2.</param>
/// <param name="dimension">E.</param>
internal sealed class ChainMeans(int chains, int dimension)
{
    private readonly double[] sums = new double[2 * dimension * chains];

    // Of each coordinate and its square: the sum of squares over all chains.
    private readonly double[] squares = new double[2 * dimension];

    private long count;

    /// <summary>Independent points that all are worth: at most their number, 0 before the first.</summary>
    public double Effective
    {
        get
        {
            var most = count * chains;
            var worst = (double)most;
            for (var q = 0; count > 0 && q < squares.Length; q++) worst = Math.Min(worst, Worth(q));
            return worst;
        }
    }

    /// <summary>Adds where the chains are.</summary>
    /// <param name="u">[chains, E], in coordinates in which the set is of order 1.</param>
    public void Add(Points u)
    {
        for (var i = 0; i < chains; i++)
        {
            for (var d = 0; d < dimension; d++)
            {
                var x = u[i][d];
                Add(2 * d, i, x);
                Add(2 * d + 1, i, x * x);
            }
        }
        count++;
    }

    private void Add(int quantity, int chain, double value)
    {
        sums[quantity * chains + chain] += value;
        squares[quantity] += value * value;
    }

    private double Worth(int quantity)
    {
        var (mean, spread) = (0.0, 0.0);
        var own = sums.AsSpan(quantity * chains, chains);
        foreach (var sum in own) mean += sum / count / chains;
        foreach (var sum in own) spread += (sum / count - mean) * (sum / count - mean) / (chains - 1);
        var variance = squares[quantity] / count / chains - mean * mean;
        // A coordinate that the set fixes tells nothing.
        return variance <= 1e-12 * Math.Max(1, mean * mean) || spread == 0 ? double.PositiveInfinity : chains * variance / spread;
    }
}
