namespace Locus.Flows;

/// <summary>How often an energy was asked for: log R at one point, with or without its score, is one call. A sum of whole numbers, so the same for any order of the workers that add to it.</summary>
internal sealed class CallCounter
{
    private long total;

    /// <summary>Calls so far.</summary>
    public long Total
    {
        get => Interlocked.Read(ref total);
        set => Interlocked.Exchange(ref total, value);
    }

    /// <summary>Adds calls; any worker may.</summary>
    /// <param name="calls">How many.</param>
    public void Add(long calls) => Interlocked.Add(ref total, calls);
}
