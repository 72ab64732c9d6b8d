using Locus.Engine.Random;
using Locus.Training;

namespace Locus.Tests.Training.Fitting;

public sealed class AssignmentTests
{
    private static readonly Key Key = Key.Seed(61);

    public static TheoryData<string> Kinds => ["random", "squares", "clusters", "ties", "equal", "whole", "product", "steep", "apart"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Small_ones_are_the_cheapest_of_all_permutations(string kind)
    {
        for (var n = 1; n <= 7; n++)
            for (var trial = 0; trial < 20; trial++)
            {
                var cost = Costs(kind, n, Key.Fold((ulong)trial));
                Assert.Equal(Cheapest(cost, n, 0, 0), Total(cost, n, Solved(cost, n)), 1e-6 * (1 + Math.Abs(Cheapest(cost, n, 0, 0))));
            }
        var eight = Costs(kind, 8, Key);
        Assert.Equal(Cheapest(eight, 8, 0, 0), Total(eight, 8, Solved(eight, 8)), 1e-6 * (1 + Math.Abs(Cheapest(eight, 8, 0, 0))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Large_ones_have_prices_that_prove_them_cheapest(string kind)
    {
        foreach (var n in new[] { 20, 67, 200 })
        {
            var cost = Costs(kind, n, Key.Fold((ulong)n));
            var columns = Solved(cost, n);
            Assert.Equal(Enumerable.Range(0, n), columns.Order());
            // Sums of two floats of order 1 or 100 in double, over paths of up to 200: far below this.
            Prove(cost, n, columns, 1e-9 * (1 + cost.Max(c => Math.Abs((double)c))));
        }
    }

    [Fact]
    public void The_memory_of_one_call_leaves_no_trace_in_the_next()
    {
        var solver = new Assignment<float>(60);
        float[] first = Costs("clusters", 60, Key), second = Costs("squares", 60, Key);
        int[] fresh = Solved(second, 60), before = solver.Solve(first).ToArray();
        Assert.Equal(fresh, solver.Solve(second).ToArray());
        Assert.Equal(before, solver.Solve(first).ToArray());
    }

    [Fact]
    public void On_a_line_the_order_is_kept()
    {
        // Squared distances on a line are least when the i-th smallest goes to the i-th smallest.
        float[] x = [.. Enumerable.Range(0, 300).Select(i => (float)Draws.Normal(Key, (ulong)i, 0))], y = [.. Enumerable.Range(0, 300).Select(i => (float)Draws.Normal(Key, (ulong)i, 1))];
        var columns = Solved([.. x.SelectMany(a => y.Select(b => (a - b) * (a - b)))], 300);
        Assert.Equal(y.Order(), x.Select((value, i) => (value, i)).OrderBy(p => p.value).Select(p => y[columns[p.i]]));
    }

    private static int[] Solved(float[] cost, int n) => new Assignment<float>(n).Solve(cost).ToArray();

    private static double Total(float[] cost, int n, int[] columns) => columns.Select((j, i) => (double)cost[i * n + j]).Sum();

    /// <summary>By trying every column that is left, row after row.</summary>
    private static double Cheapest(float[] cost, int n, int row, int used)
    {
        if (row == n) return 0;
        var best = double.PositiveInfinity;
        for (var j = 0; j < n; j++)
            if ((used >> j & 1) == 0) best = Math.Min(best, cost[row * n + j] + Cheapest(cost, n, row + 1, used | 1 << j));
        return best;
    }

    /// <summary>
    /// Finds a price for each column at which every row is content with its own: cost - price is smallest there. Then no other assignment is cheaper, for the sum of all
    /// prices is the same. Bellman and Ford find such prices unless a cycle of exchanges would gain something.
    /// </summary>
    private static void Prove(float[] cost, int n, int[] columns, double rounding)
    {
        var price = new double[n];
        for (var pass = 0; pass <= n; pass++)
        {
            var changed = false;
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                {
                    var most = price[columns[i]] + cost[i * n + j] - cost[i * n + columns[i]];
                    if (!(price[j] > most + rounding)) continue;
                    price[j] = most;
                    changed = true;
                }
            if (!changed) return;
        }
        Assert.Fail("a cycle of exchanges gains something");
    }

    private static float[] Costs(string kind, int n, Key key)
    {
        double Uniform(int i, int j) => Draws.Uniform(key, (ulong)i, (uint)j);
        double Normal(int i, int d) => Draws.Normal(key, (ulong)i, (uint)d);
        double Squared(Func<int, int, double> row, Func<int, int, double> column, int i, int j) => Enumerable.Range(0, 2).Sum(d => Math.Pow(row(i, d) - column(j, d), 2));

        Func<int, int, double> cost = kind switch
        {
            "random" => Uniform,
            "squares" => (i, j) => Squared(Normal, (k, d) => Normal(k + n, d), i, j),
            // Rows at five places, columns anywhere: whole groups of rows are alike.
            "clusters" => (i, j) => Squared((k, d) => Normal(k % 5, d + 2) + 1e-3 * Normal(k, d), (k, d) => Normal(k + n, d), i, j),
            "ties" => (i, j) => Math.Floor(3 * Uniform(i, j)),
            "equal" => (_, _) => 0.7,
            "whole" => (i, j) => Math.Floor(100 * Uniform(i, j)) - 50,
            // The hardest for shortest paths: all of them are long.
            "product" => (i, j) => (i + 1.0) * (j + 1) / n,
            "steep" => (i, j) => Math.Pow(10, 6 * Uniform(i, j) - 3),
            // Half of the columns cost much more for everybody.
            _ => (i, j) => Uniform(i, j) + (j % 2 == 0 ? 100 : 0),
        };
        return [.. Enumerable.Range(0, n * n).Select(k => (float)cost(k / n, k % n))];
    }
}
