using Locus.Training;

namespace Locus.Diagnostics;

/// <summary>What a training run took.</summary>
/// <param name="Recipe">Name of the set of options: paper, locus.</param>
/// <param name="Seconds">Time in seconds, interruptions left out.</param>
/// <param name="NetworkSamples">Samples that went forward and backward through the network.</param>
/// <param name="Threads">Threads used.</param>
/// <param name="Seed">Seed of the run.</param>
public sealed record TrainingFacts(string Recipe, double Seconds, long NetworkSamples, int Threads, long Seed)
{
    /// <summary>Calls of the energy, at single points; null for a set.</summary>
    public long? EnergyCalls { get; init; }

    /// <summary>How the points that the network learned were drawn; null for methods that draw none.</summary>
    public ExplorationFacts? Exploration { get; init; }

    /// <summary>How near the samples come to those points; null where that was not measured.</summary>
    public FitFacts? Fit { get; init; }

    /// <summary>Where training was interrupted; null when it went to its end.</summary>
    public UnfinishedTraining? Unfinished { get; init; }
}
