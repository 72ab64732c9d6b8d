using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Training;

namespace Locus.Methods.OffPolicy;

/// <summary>
/// Points that were found, with their rewards: a ring that forgets the oldest. Points are drawn each as likely, or by rank, the one of the r-th highest reward with a probability proportional to 1 / (k N + r + 1/2), k = 0.01, with
/// replacement (Sendera et al. 2024, section 3.2, where the half is missing). Ranks are true ones, of all points that are there when they are refreshed; who draws says when that is. Memory: 4 (D + C) + 12 bytes a point, 8 less without ranks.
/// </summary>
internal sealed class ReplayBuffer
{
    private const double RankShift = 0.01;

    private readonly string name;
    private readonly int width;
    private readonly float[] points;
    private readonly float[] rewards;
    private readonly RankOrder? order;
    private int next;
    private int ranked;

    /// <summary>An empty buffer.</summary>
    /// <param name="name">Its name in checkpoints.</param>
    /// <param name="capacity">Most points.</param>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">C.</param>
    /// <param name="byRank">Whether points are drawn by rank.</param>
    public ReplayBuffer(string name, int capacity, int dimension, int conditions, bool byRank = true)
    {
        (this.name, width) = (name, dimension + conditions);
        (points, rewards, order) = (new float[checked(capacity * width)], new float[capacity], byRank ? new RankOrder(capacity) : null);
    }

    /// <summary>N, points in the buffer.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there is something to draw from: <see cref="Rank"/> was called.</summary>
    public bool IsRanked => ranked > 0;

    /// <summary>Adds a point of a block.</summary>
    /// <param name="position">x [D][64].</param>
    /// <param name="condition">c' [C][64].</param>
    /// <param name="lane">Which of them.</param>
    /// <param name="reward">log R.</param>
    public void Add(Block position, Block condition, int lane, double reward)
    {
        var point = points.AsSpan(next * width, width);
        for (var d = 0; d < position.Rows; d++) point[d] = position[d][lane];
        for (var j = 0; j < condition.Rows; j++) point[position.Rows + j] = condition[j][lane];
        Take(reward);
    }

    /// <summary>Adds a point.</summary>
    /// <param name="point">x [D], then c' [C].</param>
    /// <param name="reward">log R.</param>
    public void Add(ReadOnlySpan<float> point, double reward)
    {
        point.CopyTo(points.AsSpan(next * width, width));
        Take(reward);
    }

    /// <summary>Ranks all points that are there now: from them points are drawn until the next call.</summary>
    public void Rank()
    {
        order?.Sort(rewards.AsSpan(0, Count));
        ranked = Count;
    }

    /// <summary>Draws 64 points by rank.</summary>
    /// <param name="key">Randomness.</param>
    /// <param name="first">Number of the first draw.</param>
    /// <param name="position">Receives x [D][64].</param>
    /// <param name="condition">Receives c' [C][64].</param>
    /// <param name="reward">Receives log R [64].</param>
    public void Draw(Key key, ulong first, Block position, Block condition, Span<double> reward)
    {
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            // The distribution function of the rank is log(1 + r / (k N)) / log(1 + 1 / k).
            var u = Draws.Uniform(key, first + (ulong)lane, 0);
            var rank = order is null ? u * ranked : RankShift * ranked * (ElementaryDouble.Exp(u * LogRange) - 1);
            var i = Math.Min((int)rank, ranked - 1);
            if (order is not null) i = order[i];
            var point = points.AsSpan(i * width, width);
            for (var d = 0; d < position.Rows; d++) position[d][lane] = point[d];
            for (var j = 0; j < condition.Rows; j++) condition[j][lane] = point[position.Rows + j];
            reward[lane] = rewards[i];
        }
    }

    private void Take(double reward)
    {
        rewards[next] = (float)reward;
        next = (next + 1) % rewards.Length;
        Count = Math.Min(Count + 1, rewards.Length);
    }

    private static double LogRange { get; } = ElementaryDouble.Log(1 + 1 / RankShift);

    /// <summary>Shows all of it to whoever writes or reads a checkpoint.</summary>
    public void Visit(IStateFields fields)
    {
        (Count, next, ranked) = (fields.Number($"{name}.count", Count), fields.Number($"{name}.next", next), fields.Number($"{name}.ranked", ranked));
        fields.Vector($"{name}.points", points.AsSpan(0, Count * width));
        fields.Vector($"{name}.rewards", rewards.AsSpan(0, Count));
        if (order is not null) fields.Vector($"{name}.order", order.Ranked(ranked));
    }
}
