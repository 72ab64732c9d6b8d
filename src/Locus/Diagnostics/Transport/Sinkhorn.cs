using System.Runtime.Intrinsics;
using Locus.Engine.Kernels;

namespace Locus.Diagnostics.Transport;

/// <summary>
/// Entropic transport between two sets of N points each, OT = min over plans P of sum P c + e KL(P | 1 / N^2), and the divergence S = OT(x, y) - (OT(x, x) + OT(y, y)) / 2 (Feydy et al., "Interpolating between
/// optimal transport and MMD using Sinkhorn divergences", AISTATS 2019). Potentials f, g are improved in turn in the log domain (Cuturi 2013), f_i = -e log mean_j exp((g_j - c_ij) / e), beginning with the prices
/// of the cheapest assignment: where e is small, rounds from anywhere else are many thousands, but few from there. Each value is a lower bound; the rounds end once the cost of the assignment plus e log N, an upper bound, is within a
/// thousandth, or the plan's sums are within 0.001 of what they must be, in sum over all points, or after 2000 rounds.
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
        prices.CopyTo(g);
        for (Rounds = 1; ; Rounds++)
        {
            cancellation.ThrowIfCancellationRequested();
            Improve(costs, g, f);
            Improve(turned, f, next);
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
        var (f, next) = (new double[padded], new double[padded]);
        for (Rounds = 1; ; Rounds++)
        {
            cancellation.ThrowIfCancellationRequested();
            Improve(costs, f, next);
            if (Error(f, next) <= Marginal || Rounds == MostRounds) return Mean(f) + Mean(next);
            for (var i = 0; i < n; i++) f[i] = (f[i] + next[i]) / 2;
        }
    }

    /// <summary>f from g.</summary>
    private void Improve(SquaredDistances costs, double[] g, double[] f)
    {
        var row = new double[padded];
        Array.Fill(row, double.PositiveInfinity, n, padded - n);
        for (var i = 0; i < n; i++)
        {
            costs[i].CopyTo(row);
            var smallest = Vector512.Create(double.PositiveInfinity);
            for (var j = 0; j < padded; j += Lanes)
            {
                var left = Vector512.LoadUnsafe(ref row[j]) - Vector512.LoadUnsafe(ref g[j]);
                left.StoreUnsafe(ref row[j]);
                smallest = Vector512.Min(smallest, left);
            }
            var least = double.PositiveInfinity;
            for (var lane = 0; lane < Lanes; lane++) least = Math.Min(least, smallest.GetElement(lane));
            f[i] = least - epsilon * ElementaryDouble.Log(Sum(row, least) / n);
        }
    }

    private double Sum(double[] row, double least)
    {
        var (sum, most) = (0.0, least + Reach * epsilon);
        for (var j = 0; j < padded; j += Lanes)
        {
            if (!Vector512.LessThanAny(Vector512.LoadUnsafe(ref row[j]), Vector512.Create(most))) continue;
            for (var k = j; k < j + Lanes; k++)
                if (row[k] < most) sum += ElementaryDouble.Exp((least - row[k]) / epsilon);
        }
        return sum;
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
}
