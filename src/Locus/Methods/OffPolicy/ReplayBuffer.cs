using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Training;

namespace Locus.Methods.OffPolicy;

/// <summary>
/// Points that were found, with their rewards: a ring that forgets the oldest. They are drawn with replacement, as their <see cref="ReplayPriority"/> says (Sendera et al. 2024, section 3.2), from what was true of all of them when
/// they were ranked last; who draws says when that is. Memory: 4 (D + C) + 12 bytes a point, 8 less where each is as likely, 4 more for weights.
/// </summary>
internal sealed class ReplayBuffer
{
    private readonly string name;
    private readonly int width;
    private readonly float[] points;
    private readonly float[] rewards;
    private readonly float[]? weights;
    private readonly DrawLaw law;
    private int next;
    private int ranked;
    private long drawn;

    /// <summary>An empty buffer.</summary>
    /// <param name="name">Its name in checkpoints.</param>
    /// <param name="capacity">Most points.</param>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">C.</param>
    /// <param name="priority">Which points are drawn.</param>
    public ReplayBuffer(string name, int capacity, int dimension, int conditions, ReplayPriority priority = ReplayPriority.Rank)
    {
        (this.name, width, law) = (name, dimension + conditions, DrawLaw.Of(priority, capacity));
        (points, rewards, weights) = (new float[checked(capacity * width)], new float[capacity], priority == ReplayPriority.Importance ? new float[capacity] : null);
    }

    /// <summary>N, points in the buffer.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there is something to draw from: <see cref="Rank"/> was called.</summary>
    public bool IsRanked => ranked > 0;

    /// <summary>Whether as many points were drawn since they were ranked as there were then.</summary>
    public bool IsSpent => drawn >= ranked;

    /// <summary>Adds a point of a block.</summary>
    /// <param name="position">x [D][64].</param>
    /// <param name="condition">c' [C][64].</param>
    /// <param name="lane">Which of them.</param>
    /// <param name="reward">log R.</param>
    /// <param name="weight">Logarithm of its weight; read where points are drawn by importance.</param>
    public void Add(Block position, Block condition, int lane, double reward, double weight = 0)
    {
        if (weights is not null) weights[next] = (float)weight;
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
        if (weights is not null) weights[next] = 0;
        point.CopyTo(points.AsSpan(next * width, width));
        Take(reward);
    }

    /// <summary>Ranks all points that are there now: from them points are drawn until the next call.</summary>
    public void Rank()
    {
        law.Refresh((weights ?? rewards).AsSpan(0, Count));
        (ranked, drawn) = (Count, 0);
    }

    /// <summary>Draws 64 points; workers may, at once.</summary>
    /// <param name="key">Randomness.</param>
    /// <param name="first">Number of the first draw.</param>
    /// <param name="position">Receives x [D][64].</param>
    /// <param name="condition">Receives c' [C][64].</param>
    /// <param name="reward">Receives log R [64].</param>
    public void Draw(Key key, ulong first, Block position, Block condition, Span<double> reward)
    {
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var i = law.Draw(Draws.Uniform(key, first + (ulong)lane, 0), ranked);
            var point = points.AsSpan(i * width, width);
            for (var d = 0; d < position.Rows; d++) position[d][lane] = point[d];
            for (var j = 0; j < condition.Rows; j++) condition[j][lane] = point[position.Rows + j];
            reward[lane] = rewards[i];
        }
        Interlocked.Add(ref drawn, Block.Lanes);
    }

    private void Take(double reward)
    {
        rewards[next] = (float)reward;
        next = (next + 1) % rewards.Length;
        Count = Math.Min(Count + 1, rewards.Length);
    }

    /// <summary>Shows all of it to whoever writes or reads a checkpoint.</summary>
    public void Visit(IStateFields fields)
    {
        (Count, next, ranked, drawn) = (fields.Number($"{name}.count", Count), fields.Number($"{name}.next", next), fields.Number($"{name}.ranked", ranked), fields.Number($"{name}.drawn", drawn));
        fields.Vector($"{name}.points", points.AsSpan(0, Count * width));
        fields.Vector($"{name}.rewards", rewards.AsSpan(0, Count));
        if (weights is not null) fields.Vector($"{name}.weights", weights.AsSpan(0, Count));
        law.Visit(fields, name, ranked);
    }
}
