namespace Locus.Engine.Tests;

/// <summary>Bytes that work allocates on its thread.</summary>
internal static class Allocation
{
    // The runtime itself may allocate now and then, when it compiles a method anew; work that allocates does so each time.
    private const int Turns = 5;

    /// <summary>The least of several turns, after some that are not counted.</summary>
    public static long Of(Action work)
    {
        var least = long.MaxValue;
        for (var turn = 0; turn < 2 * Turns; turn++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (turn >= Turns) least = Math.Min(least, bytes);
        }
        return least;
    }
}
