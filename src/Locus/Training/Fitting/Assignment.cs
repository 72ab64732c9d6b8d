namespace Locus.Training;

/// <summary>
/// The cheapest way to give each of n rows a column of its own: shortest augmenting paths after a column reduction and two sweeps of row reductions
/// (Jonker and Volgenant 1987). Exact; about n^3 steps at worst, far fewer in the plane. The memory is used again by the next call.
/// </summary>
internal sealed class Assignment
{
    private const int Sweeps = 2;
    private readonly int n;
    private readonly int[] columnOf;
    private readonly int[] rowOf;
    private readonly double[] price;
    private readonly double[] distance;
    private readonly int[] from;
    private readonly bool[] done;
    private readonly List<int> free = [];
    private readonly List<int> ready = [];

    /// <summary>Memory for n rows and columns.</summary>
    public Assignment(int n)
    {
        this.n = n;
        (columnOf, rowOf, from) = (new int[n], new int[n], new int[n]);
        (price, distance, done) = (new double[n], new double[n], new bool[n]);
    }

    /// <summary>Solves.</summary>
    /// <param name="cost">What it costs to give row i column j, finite, [n, n].</param>
    /// <returns>The column of each row [n]; valid until the next call.</returns>
    public ReadOnlySpan<int> Solve(ReadOnlySpan<float> cost)
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
    private void ReduceColumns(ReadOnlySpan<float> cost)
    {
        for (var j = n - 1; j >= 0; j--)
        {
            var cheapest = 0;
            for (var i = 1; i < n; i++)
                if (cost[i * n + j] < cost[cheapest * n + j]) cheapest = i;
            price[j] = cost[cheapest * n + j];
            if (columnOf[cheapest] >= 0) continue;
            (columnOf[cheapest], rowOf[j]) = (j, cheapest);
        }
    }

    // A free row takes its best column, pays as much as its second best would cost it more, and sends the row that had it on.
    private void ReduceRows(ReadOnlySpan<float> cost)
    {
        foreach (var start in Unassigned().ToArray())
        {
            var row = start;
            for (var turn = 0; turn < n && row >= 0; turn++)
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

    private (int Best, double First, double Second) TwoBest(ReadOnlySpan<float> row)
    {
        var (best, first, second) = (0, double.PositiveInfinity, double.PositiveInfinity);
        for (var j = 0; j < n; j++)
        {
            var left = row[j] - price[j];
            if (left >= second) continue;
            if (left < first) (best, second, first) = (j, first, left);
            else second = left;
        }
        return (best, first, second);
    }

    // Dijkstra over columns until a free one is reached; then the path is turned round.
    private void Augment(ReadOnlySpan<float> cost, int row)
    {
        Array.Clear(done);
        ready.Clear();
        for (var j = 0; j < n; j++) (distance[j], from[j]) = (cost[row * n + j] - price[j], row);
        int end;
        double shortest;
        while (true)
        {
            end = -1;
            shortest = double.PositiveInfinity;
            for (var j = 0; j < n; j++)
                if (!done[j] && distance[j] < shortest) (shortest, end) = (distance[j], j);
            done[end] = true;
            var owner = rowOf[end];
            if (owner < 0) break;
            ready.Add(end);
            var offset = cost[owner * n + end] - price[end] - shortest;
            var costs = cost.Slice(owner * n, n);
            for (var j = 0; j < n; j++)
            {
                var through = costs[j] - price[j] - offset;
                if (!done[j] && through < distance[j]) (distance[j], from[j]) = (through, owner);
            }
        }
        foreach (var j in ready) price[j] += distance[j] - shortest;
        for (var j = end; ;)
        {
            var i = from[j];
            rowOf[j] = i;
            (columnOf[i], j) = (j, columnOf[i]);
            if (i == row) return;
        }
    }
}
