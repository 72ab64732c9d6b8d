using Locus.Engine.Kernels;
using Locus.Training;

namespace Locus.Methods.OffPolicy;

/// <summary>Which points of a buffer are drawn, from what was known of them when it was last refreshed.</summary>
internal abstract class DrawLaw
{
    /// <summary>Takes account of all points that there are now.</summary>
    /// <param name="logs">log R of each, or the logarithm of its weight.</param>
    public abstract void Refresh(ReadOnlySpan<float> logs);

    /// <summary>The number of a point.</summary>
    /// <param name="u">Uniform in 0 to 1.</param>
    /// <param name="count">Points at the last refreshing, at least 1.</param>
    public abstract int Draw(double u, int count);

    /// <summary>Shows all of it to whoever writes or reads a checkpoint.</summary>
    /// <param name="fields">What writes or reads.</param>
    /// <param name="name">The buffer's name.</param>
    /// <param name="count">Points at the last refreshing.</param>
    public abstract void Visit(IStateFields fields, string name, int count);

    /// <summary>A law.</summary>
    /// <param name="priority">Which.</param>
    /// <param name="capacity">Most points.</param>
    public static DrawLaw Of(ReplayPriority priority, int capacity) => priority switch
    {
        ReplayPriority.Rank => new ByRank(capacity),
        ReplayPriority.Even => new Evenly(),
        _ => new ByWeight(capacity),
    };

    private sealed class Evenly : DrawLaw
    {
        public override void Refresh(ReadOnlySpan<float> logs)
        {
        }

        public override int Draw(double u, int count) => Math.Min((int)(u * count), count - 1);

        public override void Visit(IStateFields fields, string name, int count)
        {
        }
    }

    // The one of the r-th highest logarithm with a probability proportional to 1 / (k N + r + 1/2), k = 0.01: the distribution function of the rank is log(1 + r / (k N)) / log(1 + 1 / k).
    private sealed class ByRank(int capacity) : DrawLaw
    {
        private const double Shift = 0.01;
        private static readonly double logRange = ElementaryDouble.Log(1 + 1 / Shift);
        private readonly RankOrder order = new(capacity);

        public override void Refresh(ReadOnlySpan<float> logs) => order.Sort(logs);

        public override int Draw(double u, int count) => order[Math.Min((int)(Shift * count * (ElementaryDouble.Exp(u * logRange) - 1)), count - 1)];

        public override void Visit(IStateFields fields, string name, int count) => fields.Vector($"{name}.order", order.Ranked(count));
    }

    // In proportion to the exponential, none more often than sqrt(N) times the mean (Ionides 2008), so that one point of many is never all that is drawn.
    private sealed class ByWeight(int capacity) : DrawLaw
    {
        private readonly double[] sums = new double[capacity];

        public override void Refresh(ReadOnlySpan<float> logs)
        {
            var largest = float.NegativeInfinity;
            foreach (var log in logs) largest = Math.Max(largest, log);
            var mean = 0.0;
            for (var i = 0; i < logs.Length; i++) mean += (sums[i] = ElementaryDouble.Exp((double)logs[i] - largest)) / logs.Length;
            var (most, sum) = (mean * Math.Sqrt(logs.Length), 0.0);
            for (var i = 0; i < logs.Length; i++) sums[i] = sum += Math.Min(sums[i], most);
        }

        public override int Draw(double u, int count)
        {
            var place = u * sums[count - 1];
            // The first whose sum is above the place.
            var (low, high) = (0, count - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (sums[middle] > place) high = middle;
                else low = middle + 1;
            }
            return low;
        }

        public override void Visit(IStateFields fields, string name, int count) => fields.Vector($"{name}.sums", sums.AsSpan(0, count));
    }
}
