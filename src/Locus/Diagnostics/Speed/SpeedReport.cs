using Locus.Training;

namespace Locus.Diagnostics.Speed;

/// <summary>One piece of work that was timed.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Threads">Worker threads.</param>
/// <param name="Seconds">Of one call: the median.</param>
/// <param name="BestSeconds">Of one call in the fastest group of calls.</param>
/// <param name="Gigaflops">10^9 operations per second by the median; null where none are counted.</param>
/// <param name="ShareOfPeak">That over the peak of as many threads, 0 to 1.</param>
/// <param name="GigabytesPerSecond">10^9 bytes per second, where memory is what is measured.</param>
/// <param name="SpeedUp">How many times faster than on one thread, where that was measured too.</param>
/// <param name="AllocatedBytes">Managed memory that one call allocated.</param>
public sealed record SpeedRow(
    string Name, int Threads, double Seconds, double BestSeconds, double? Gigaflops, double? ShareOfPeak, double? GigabytesPerSecond, double? SpeedUp, double AllocatedBytes);

/// <summary>How fast the engine is on a machine, beside what the machine can do.</summary>
/// <param name="Environment">The machine.</param>
/// <param name="SecondsPerRow">Time spent on each row.</param>
/// <param name="Rows">The measurements; the limits of the machine come first.</param>
public sealed record SpeedReport(RunEnvironment Environment, double SecondsPerRow, IReadOnlyList<SpeedRow> Rows);
