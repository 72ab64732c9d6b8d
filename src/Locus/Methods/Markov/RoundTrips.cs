namespace Locus.Methods.Markov;

/// <summary>Follows places up and down some ladders, and counts their ways from the foot to the top and back (Katzgraber et al. 2006): as often the chains at the foot, those on the density, take up something new.</summary>
internal sealed class RoundTrips
{
    private readonly int rungs;
    private readonly int[] visitors;
    // Of each place: whether it was at the foot, and whether it has been at the top since.
    private readonly Way[] ways;
    private readonly int[] counts;

    /// <summary>Before the first exchange.</summary>
    /// <param name="ladders">Ladders.</param>
    /// <param name="rungs">Rungs of each: 0 is the top, the last is on the density.</param>
    public RoundTrips(int ladders, int rungs)
    {
        (this.rungs, visitors, ways, counts) = (rungs, new int[ladders * rungs], new Way[ladders * rungs], new int[ladders]);
        for (var i = 0; i < visitors.Length; i++) visitors[i] = i % rungs;
    }

    /// <summary>Trips that ended.</summary>
    public long Count
    {
        get
        {
            var sum = 0L;
            foreach (var count in counts) sum += count;
            return sum;
        }
    }

    /// <summary>Forgets the trips so far.</summary>
    public void Clear()
    {
        Array.Clear(counts);
        Array.Clear(ways);
    }

    /// <summary>The places at two neighbours were exchanged.</summary>
    /// <param name="ladder">Whose.</param>
    /// <param name="rung">The upper of the two.</param>
    public void Swap(int ladder, int rung)
    {
        var i = ladder * rungs + rung;
        (visitors[i], visitors[i + 1]) = (visitors[i + 1], visitors[i]);
    }

    /// <summary>Looks who is at the top and who at the foot.</summary>
    /// <param name="ladder">Whose.</param>
    public void Look(int ladder)
    {
        var first = ladder * rungs;
        ref var top = ref ways[first + visitors[first]];
        if (top == Way.Up) top = Way.Down;
        ref var foot = ref ways[first + visitors[first + rungs - 1]];
        if (foot == Way.Down) counts[ladder]++;
        foot = Way.Up;
    }

    private enum Way : byte
    {
        Unknown,
        Up,
        Down,
    }
}
