using System.Numerics;
using System.Runtime.Intrinsics;

namespace Locus.Training;

/// <summary>
/// The cheapest way to give each of n rows a column of its own: shortest augmenting paths after a column reduction and two sweeps of row reductions
/// (Jonker and Volgenant 1987). Exact; about n^3 steps at worst, far fewer in the plane. The memory is used again by the next call.
/// </summary>
/// <typeparam name="T">float or double: what costs are held in. All sums are in double.</typeparam>
internal sealed class Assignment<T>
    where T : unmanaged, INumber<T>
{
    private const int Sweeps = 2;
    private const int Lanes = 8;

    // Rows that send each other on raise prices by ever less; after a few the search for paths is faster.
    private const int LongestChain = 4;
    private readonly int n;
    private readonly int[] columnOf;
    private readonly int[] rowOf;
    private readonly int padded;
    private readonly double[] price;

    // Of each column: length of the shortest way to it, the same but infinite once it is closed, infinity once it is closed, and the row that the way comes from.
    private readonly double[] distance;
    private readonly double[] open;
    private readonly double[] closed;
    private readonly double[] from;
    private readonly T[] rowCosts;
    private readonly List<int> free = [];
    private readonly List<int> ready = [];

    /// <summary>Memory for n rows and columns.</summary>
    public Assignment(int n)
    {
        this.n = n;
        padded = (n + Lanes - 1) / Lanes * Lanes;
        (columnOf, rowOf) = (new int[n], new int[n]);
        (price, distance, open) = (new double[padded], new double[padded], new double[padded]);
        (closed, from, rowCosts) = (new double[padded], new double[padded], new T[padded]);
        // Places behind the last column are never nearest.
        Array.Fill(open, double.PositiveInfinity);
    }

    /// <summary>
    /// The price of each column [n] after a call. Each row has the column where its cost less the price is least, which proves the assignment cheapest: the sum of all prices and of these least values, one for each
    /// row, is its cost, and no more than that of any other.
    /// </summary>
    public ReadOnlySpan<double> Prices => price.AsSpan(0, n);

    /// <summary>Solves.</summary>
    /// <param name="cost">What it costs to give row i column j, finite, [n, n].</param>
    /// <returns>The column of each row [n]; valid until the next call.</returns>
    public ReadOnlySpan<int> Solve(ReadOnlySpan<T> cost)
    {
        Array.Fill(columnOf, -1);
        Array.Fill(rowOf, -1);
        ReduceColumns(cost);
        for (var sweep = 0; sweep < Sweeps; sweep++) ReduceRows(cost);
        foreach (var row in Unassigned()) Augment(cost, row);
        return columnOf;
    }

    private List<int> Unassigned()
    {
        free.Clear();
        for (var i = 0; i < n; i++)
            if (columnOf[i] < 0) free.Add(i);
        return free;
    }

    // Each column's price is its smallest cost, and goes to that row if the row has none yet.
    private void ReduceColumns(ReadOnlySpan<T> cost)
    {
        for (var j = n - 1; j >= 0; j--)
        {
            var cheapest = 0;
            for (var i = 1; i < n; i++)
                if (cost[i * n + j] < cost[cheapest * n + j]) cheapest = i;
            price[j] = Wide(cost[cheapest * n + j]);
            if (columnOf[cheapest] >= 0) continue;
            (columnOf[cheapest], rowOf[j]) = (j, cheapest);
        }
    }

    // A free row takes its best column, pays as much as its second best would cost it more, and sends the row that had it on.
    private void ReduceRows(ReadOnlySpan<T> cost)
    {
        foreach (var start in Unassigned().ToArray())
        {
            var row = start;
            for (var turn = 0; turn < LongestChain && row >= 0; turn++)
            {
                var (best, first, second) = TwoBest(cost.Slice(row * n, n));
                if (second <= first && rowOf[best] >= 0) break;
                price[best] -= second - first;
                var sent = rowOf[best];
                if (sent >= 0) columnOf[sent] = -1;
                (columnOf[row], rowOf[best]) = (best, row);
                row = sent;
            }
        }
    }

    private (int Best, double First, double Second) TwoBest(ReadOnlySpan<T> row)
    {
        var (best, first, second) = (0, double.PositiveInfinity, double.PositiveInfinity);
        for (var j = 0; j < n; j++)
        {
            var left = Wide(row[j]) - price[j];
            if (left >= second) continue;
            if (left < first) (best, second, first) = (j, first, left);
            else second = left;
        }
        return (best, first, second);
    }

    // Dijkstra over columns until a free one is reached; then the path is turned round.
    private void Augment(ReadOnlySpan<T> cost, int row)
    {
        ready.Clear();
        Array.Clear(closed);
        Array.Fill(closed, double.PositiveInfinity, n, padded - n);
        Array.Fill(from, row);
        for (var j = 0; j < n; j++) open[j] = distance[j] = Wide(cost[row * n + j]) - price[j];
        int end;
        double shortest;
        while (true)
        {
            (end, shortest) = Nearest();
            var owner = rowOf[end];
            if (owner < 0) break;
            ready.Add(end);
            (closed[end], open[end]) = (double.PositiveInfinity, double.PositiveInfinity);
            Relax(cost.Slice(owner * n, n), owner, Wide(cost[owner * n + end]) - price[end] - shortest);
        }
        foreach (var j in ready) price[j] += distance[j] - shortest;
        for (var j = end; ;)
        {
            var i = (int)from[j];
            rowOf[j] = i;
            (columnOf[i], j) = (j, columnOf[i]);
            if (i == row) return;
        }
    }

    /// <summary>The first of the open columns that are nearest.</summary>
    private (int Column, double Distance) Nearest()
    {
        var smallest = Vector512.Create(double.PositiveInfinity);
        for (var j = 0; j < padded; j += Lanes) smallest = Vector512.Min(smallest, Vector512.LoadUnsafe(ref open[j]));
        var least = double.PositiveInfinity;
        for (var lane = 0; lane < Lanes; lane++) least = Math.Min(least, smallest.GetElement(lane));
        return (Array.IndexOf(open, least, 0, n), least);
    }

    /// <summary>Shortens the ways to columns that are not closed yet by going through a row.</summary>
    private void Relax(ReadOnlySpan<T> costs, int owner, double offset)
    {
        costs.CopyTo(rowCosts);
        var (by, shift) = (Vector512.Create((double)owner), Vector512.Create(offset));
        for (var j = 0; j < padded; j += Lanes)
        {
            // A closed column adds infinity, which is never less.
            var through = Wide(ref rowCosts[j]) - Vector512.LoadUnsafe(ref price[j]) - shift + Vector512.LoadUnsafe(ref closed[j]);
            var before = Vector512.LoadUnsafe(ref open[j]);
            var shorter = Vector512.LessThan(through, before);
            Vector512.ConditionalSelect(shorter, through, before).StoreUnsafe(ref open[j]);
            Vector512.ConditionalSelect(shorter, through, Vector512.LoadUnsafe(ref distance[j])).StoreUnsafe(ref distance[j]);
            Vector512.ConditionalSelect(shorter, by, Vector512.LoadUnsafe(ref from[j])).StoreUnsafe(ref from[j]);
        }
    }

    private static double Wide(T value) => double.CreateTruncating(value);

    private static Vector512<double> Wide(ref T first)
    {
        if (typeof(T) == typeof(double)) return Vector512.LoadUnsafe(ref first).AsDouble();
        var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref first).AsSingle());
        return Vector512.Create(lower, upper);
    }
}
