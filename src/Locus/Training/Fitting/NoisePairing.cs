using Locus.Engine.Random;
using Locus.Engine.Workers;

namespace Locus.Training;

/// <summary>
/// Pairs the points of a pool with noise, so that the paths between them are short and hardly cross: optimal transport by squared distance, exact within chunks of the
/// pool, in several rounds with other chunks (Tong et al. 2024 pair each batch once). Points of a conditional problem are paired among points of like
/// conditions, because the noise must tell nothing about the condition.
/// </summary>
internal sealed class NoisePairing : IWork
{
    private const int Chunk = 512;

    // Points of like conditions: enough of them for two chunks, so that each round can deal them anew.
    private const int Cell = 2 * Chunk;
    private readonly float[] x;
    private readonly float[] e;
    private readonly int dimension;
    private readonly int[] order;
    private readonly int[] rank;
    private readonly Scratch[] scratch;
    private readonly CancellationToken cancellation;

    /// <summary>Pairs the points with the noise of the same number, in place.</summary>
    /// <param name="x">Points in the network's coordinates, [N, D].</param>
    /// <param name="e">Noise [N, D]; its rows change places.</param>
    /// <param name="dimension">D.</param>
    /// <param name="threads">Workers.</param>
    /// <param name="cancellation">Ends a round early.</param>
    public NoisePairing(float[] x, float[] e, int dimension, int threads, CancellationToken cancellation)
    {
        (this.x, this.e, this.dimension, this.cancellation) = (x, e, dimension, cancellation);
        (order, rank) = (new int[x.Length / dimension], new int[x.Length / dimension]);
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(dimension))];
    }

    /// <summary>The mean squared distance between a point and its noise.</summary>
    public double Cost
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < x.Length; i++) sum += ((double)x[i] - e[i]) * ((double)x[i] - e[i]);
            return sum / order.Length;
        }
    }

    /// <summary>One round of chunks drawn by a key.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="key">Chooses the chunks.</param>
    /// <param name="conditions">The points' conditions c', one array [N] for each of C.</param>
    /// <exception cref="OperationCanceledException">After a cancellation; the noise is then paired in part.</exception>
    public void Run(Team team, Key key, IReadOnlyList<float[]> conditions)
    {
        Draws.Permutation(key, order);
        for (var i = 0; i < order.Length; i++) rank[order[i]] = i;
        if (conditions.Count > 0) Sort(order, conditions, key, 0);
        team.Run(this, (order.Length + Chunk - 1) / Chunk);
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        cancellation.ThrowIfCancellationRequested();
        // The last chunk may be shorter.
        var points = order.AsSpan(task * Chunk, Math.Min(Chunk, order.Length - task * Chunk));
        scratch[worker].Pair(points, x, e);
    }

    /// <summary>Halves the points by one condition after another until a cell of like conditions is left, and deals its points to chunks.</summary>
    private void Sort(Span<int> points, IReadOnlyList<float[]> conditions, Key key, int depth)
    {
        var cells = (points.Length + Cell - 1) / Cell;
        if (cells <= 1)
        {
            points.Sort((a, b) => rank[a].CompareTo(rank[b]));
            return;
        }
        var condition = conditions[(depth + (int)(key.Low % (uint)conditions.Count)) % conditions.Count];
        points.Sort((a, b) => condition[a] != condition[b] ? condition[a].CompareTo(condition[b]) : a.CompareTo(b));
        // Whole cells on the left, so that the chunks of the tasks are these.
        var left = cells / 2 * Cell;
        Sort(points[..left], conditions, key, depth + 1);
        Sort(points[left..], conditions, key, depth + 1);
    }

    private sealed class Scratch(int dimension)
    {
        private readonly Dictionary<int, Assignment<float>> solvers = [];
        private readonly float[] cost = new float[Chunk * Chunk];
        private readonly float[] moved = new float[Chunk * dimension];

        public void Pair(ReadOnlySpan<int> points, float[] x, float[] e)
        {
            var n = points.Length;
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                {
                    var sum = 0f;
                    for (var d = 0; d < dimension; d++)
                    {
                        var difference = x[points[i] * dimension + d] - e[points[j] * dimension + d];
                        sum += difference * difference;
                    }
                    cost[i * n + j] = sum;
                }
            if (!solvers.TryGetValue(n, out var solver)) solvers[n] = solver = new Assignment<float>(n);
            var columns = solver.Solve(cost.AsSpan(0, n * n));
            for (var i = 0; i < n; i++) e.AsSpan(points[columns[i]] * dimension, dimension).CopyTo(moved.AsSpan(i * dimension));
            for (var i = 0; i < n; i++) moved.AsSpan(i * dimension, dimension).CopyTo(e.AsSpan(points[i] * dimension));
        }
    }
}
