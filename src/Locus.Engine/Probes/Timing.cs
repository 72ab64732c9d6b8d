using System.Diagnostics;

namespace Locus.Engine.Probes;

/// <summary>How long a piece of work takes when it is repeated.</summary>
/// <param name="Median">Seconds of one call: the median over groups of calls.</param>
/// <param name="Best">Seconds of one call in the fastest group: what the machine can do when nothing disturbs it.</param>
/// <param name="Calls">Calls that were timed.</param>
/// <param name="AllocatedBytes">Bytes of managed memory that one call allocated, on all threads, on average.</param>
public sealed record Timing(double Median, double Best, long Calls, double AllocatedBytes)
{
    // Short enough to fall between two interruptions, long enough for the clock.
    private const double GroupSeconds = 2e-3;
    private const int LeastGroups = 3;
    private const int MostGroups = 100_000;

    /// <summary>Repeats work for some time, after calls that only warm up caches, clock and compiler.</summary>
    /// <param name="work">One call.</param>
    /// <param name="seconds">Time to spend on the calls that count; half of it is spent on warming up before.</param>
    /// <param name="cancellation">Ends the repetition.</param>
    public static Timing Of(Action work, double seconds, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var clock = Stopwatch.StartNew();
        var calls = 0L;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            work();
            calls++;
        }
        while (clock.Elapsed.TotalSeconds < seconds / 2);

        var perGroup = (long)Math.Max(1, calls * GroupSeconds / clock.Elapsed.TotalSeconds);
        var groups = new List<double>((int)Math.Clamp(4 * seconds / GroupSeconds, LeastGroups, MostGroups));
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        clock.Restart();
        while (groups.Count < LeastGroups || (clock.Elapsed.TotalSeconds < seconds && groups.Count < groups.Capacity))
        {
            cancellation.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0L; i < perGroup; i++) work();
            groups.Add(Stopwatch.GetElapsedTime(start).TotalSeconds / perGroup);
        }
        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)(groups.Count * perGroup);
        groups.Sort();
        return new Timing(groups[groups.Count / 2], groups[0], groups.Count * perGroup, bytes);
    }
}
