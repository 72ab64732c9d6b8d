using System.Runtime.Intrinsics;
using Locus.Engine.Kernels;

namespace Locus.Diagnostics.Transport;

/// <summary>
/// Entropic transport between two sets of N points each, OT = min over plans P of sum P c + e KL(P | 1 / N^2), and the divergence S = OT(x, y) - (OT(x, x) + OT(y, y)) / 2 (Feydy et al., "Interpolating between
/// optimal transport and MMD using Sinkhorn divergences", AISTATS 2019). Potentials f, g are improved in turn in the log domain (Cuturi 2013), f_i = -e log mean_j exp((g_j - c_ij) / e), beginning with the prices
/// of the cheapest assignment: where e is small, rounds from anywhere else are many thousands, but few from there. Each value is a lower bound; the rounds end once the cost of the assignment plus e log N, an upper bound, is within a
/// thousandth, or the plan's sums are within 0.001 of what they must be, in sum over all points, or after 2000 rounds. Terms below the rounding of a sum are left out, and columns that can have no others are not looked at until potentials
/// have moved so far that they might: where e is small, that is nearly all of them.
/// </summary>
/// <param name="n">N.</param>
/// <param name="epsilon">e, in the unit of the cost, above 0.</param>
internal sealed class Sinkhorn(int n, double epsilon)
{
    private const int Lanes = 8, MostRounds = 2000;
    private const double Marginal = 1e-3, Bound = 1e-3;

    // What is smaller than exp(-40) times the largest term is below the rounding of the sum.
    private const double Reach = 40;
    private readonly int padded = (n + Lanes - 1) / Lanes * Lanes;

    /// <summary>Rounds of the last call.</summary>
    public int Rounds { get; private set; }

    /// <summary>OT(x, y).</summary>
    /// <param name="costs">c.</param>
    /// <param name="turned">c with x and y in each other's place.</param>
    /// <param name="prices">Of the points of y, from the cheapest assignment [N].</param>
    /// <param name="cost">Mean cost of that assignment.</param>
    /// <param name="cancellation">Ends it between two rounds.</param>
    public double Cost(SquaredDistances costs, SquaredDistances turned, ReadOnlySpan<double> prices, double cost, CancellationToken cancellation)
    {
        var (f, g, next, most) = (new double[padded], new double[padded], new double[padded], cost + epsilon * ElementaryDouble.Log(n));
        Half there = new(costs, n, epsilon), back = new(turned, n, epsilon);
        prices.CopyTo(g);
        for (Rounds = 1; ; Rounds++)
        {
            cancellation.ThrowIfCancellationRequested();
            there.Improve(g, f);
            back.Improve(f, next);
            var error = Error(g, next);
            (g, next) = (next, g);
            var value = Mean(f) + Mean(g);
            if (most - value <= Bound * value || error <= Marginal || Rounds == MostRounds) return value;
        }
    }

    /// <summary>OT(x, x). Both potentials are the same, so each round goes half of the way.</summary>
    /// <param name="costs">c.</param>
    /// <param name="cancellation">Ends it between two rounds.</param>
    public double SelfCost(SquaredDistances costs, CancellationToken cancellation)
    {
        var (f, next, half) = (new double[padded], new double[padded], new Half(costs, n, epsilon));
        for (Rounds = 1; ; Rounds++)
        {
            cancellation.ThrowIfCancellationRequested();
            half.Improve(f, next);
            if (Error(f, next) <= Marginal || Rounds == MostRounds) return Mean(f) + Mean(next);
            for (var i = 0; i < n; i++) f[i] = (f[i] + next[i]) / 2;
        }
    }

    /// <summary>How far the plan's sums over one set were off before the potential was improved.</summary>
    private double Error(double[] before, double[] after)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++) sum += Math.Abs(ElementaryDouble.Exp((before[i] - after[i]) / epsilon) - 1);
        return sum / n;
    }

    private double Mean(double[] potential)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++) sum += potential[i];
        return sum / n;
    }

    /// <summary>One potential from the other, with the columns of each row that may matter.</summary>
    private sealed class Half
    {
        private readonly SquaredDistances costs;
        private readonly double epsilon;
        private readonly double[] row;
        private readonly double[] seen;
        private readonly int[] first;
        private readonly List<int> columns = [];
        private bool scanned;

        public Half(SquaredDistances costs, int n, double epsilon)
        {
            var padded = (n + Lanes - 1) / Lanes * Lanes;
            (this.costs, this.epsilon, row, seen, first) = (costs, epsilon, new double[padded], new double[n], new int[n + 1]);
            Array.Fill(row, double.PositiveInfinity, n, padded - n);
        }

        // What a term may be above the least of its row to be in a sum, and as much again for potentials to move.
        private double Reached => Reach * epsilon;

        public void Improve(double[] g, double[] f)
        {
            if (!Holds(g)) Scan(g);
            for (var i = 0; i < seen.Length; i++)
            {
                var cost = costs[i];
                var least = double.PositiveInfinity;
                for (var at = first[i]; at < first[i + 1]; at++) least = Math.Min(least, cost[columns[at]] - g[columns[at]]);
                var (sum, most) = (0.0, least + Reached);
                for (var at = first[i]; at < first[i + 1]; at++)
                {
                    var left = cost[columns[at]] - g[columns[at]];
                    if (left < most) sum += ElementaryDouble.Exp((least - left) / epsilon);
                }
                f[i] = least - epsilon * ElementaryDouble.Log(sum / seen.Length);
            }
        }

        private bool Holds(double[] g)
        {
            var (up, down) = (0.0, 0.0);
            for (var j = 0; j < seen.Length; j++) (up, down) = (Math.Max(up, g[j] - seen[j]), Math.Max(down, seen[j] - g[j]));
            return scanned && up + down <= Reached;
        }

        private void Scan(double[] g)
        {
            (scanned, first[0]) = (true, 0);
            columns.Clear();
            g.AsSpan(0, seen.Length).CopyTo(seen);
            for (var i = 0; i < seen.Length; i++)
            {
                costs[i].CopyTo(row);
                var smallest = Vector512.Create(double.PositiveInfinity);
                for (var j = 0; j < row.Length; j += Lanes)
                {
                    var left = Vector512.LoadUnsafe(ref row[j]) - Vector512.LoadUnsafe(ref g[j]);
                    left.StoreUnsafe(ref row[j]);
                    smallest = Vector512.Min(smallest, left);
                }
                var least = double.PositiveInfinity;
                for (var lane = 0; lane < Lanes; lane++) least = Math.Min(least, smallest.GetElement(lane));
                for (var j = 0; j < seen.Length; j++)
                    if (row[j] < least + 2 * Reached) columns.Add(j);
                first[i + 1] = columns.Count;
            }
        }
    }
}
