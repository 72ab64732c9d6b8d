namespace Locus.Diagnostics.Rivals;

/// <summary>A network beside classical ways to draw: from a set in the same time on the same threads, from an energy with as many calls of it. Times are measured: other than all else in a report they differ from run to run.</summary>
/// <param name="Samples">What the network delivers: raw, projected or chained samples.</param>
/// <param name="TrainingSeconds">Time of its training.</param>
/// <param name="DrawSeconds">Time to draw as many samples as the report is on, and to deliver them so.</param>
/// <param name="Threads">Threads of all.</param>
/// <param name="Given">The parameters for which the rivals were run, by name; null for a problem without.</param>
/// <param name="Rivals">The rivals.</param>
/// <param name="Verdict">Whether the network is worth its training, in plain words.</param>
public sealed record RivalComparison(
    string Samples, double TrainingSeconds, double DrawSeconds, int Threads, IReadOnlyDictionary<string, double>? Given, IReadOnlyList<RivalFacts> Rivals, string Verdict)
{
    /// <summary>Calls of the energy in its training, which each rival may spend too; null for a set.</summary>
    public long? EnergyCalls { get; init; }

    /// <summary>Calls of the energy for each of its samples; null for a set.</summary>
    public long? EnergyCallsPerSample { get; init; }
}
