using Locus.Diagnostics.Rivals;
using Locus.Diagnostics.Transport;

namespace Locus.Diagnostics;

/// <summary>
/// The measured numbers of one sampler, each with the reference it is compared with; <see cref="ReportJson"/> writes and reads them.
/// What is not known is null and has no key in the file.
/// </summary>
public sealed record Report
{
    /// <summary>Name of the problem.</summary>
    public required string Problem { get; init; }

    /// <summary>Number of coordinates, D.</summary>
    public required int Dimension { get; init; }

    /// <summary>Number of samples measured, N.</summary>
    public required int Count { get; init; }

    /// <summary>What "uniform" means: volume, surface or component.</summary>
    public required string Measure { get; init; }

    /// <summary>The values of parameters that were asked for, by name; null where none were.</summary>
    public IReadOnlyDictionary<string, double>? Given { get; init; }

    /// <summary>What <see cref="Drawn"/> has where the values came from the rows of the energy's observations.</summary>
    public const string Observations = "observations";

    /// <summary>The parameters that were not asked for but drawn for each sample, at random in their ranges, or <see cref="Observations"/>; null where there were none.</summary>
    public IReadOnlyList<string>? Drawn { get; init; }

    /// <summary>How the samples were drawn.</summary>
    public required SamplerFacts Sampler { get; init; }

    /// <summary>The samples as the network gives them.</summary>
    public required SampleQuality Raw { get; init; }

    /// <summary>The same samples moved onto the set; null where they were not.</summary>
    public SampleQuality? Projected { get; init; }

    /// <summary>The projected samples after some reversible steps; null where none were made.</summary>
    public SampleQuality? Chained { get; init; }

    /// <summary>Importance weights of the network's samples, drawn anew in their own way; null where the samples have none.</summary>
    public WeightFacts? Weights { get; init; }

    /// <summary>Estimates of log Z, for a drift trained for an energy; null for others.</summary>
    public EnergyFacts? Energy { get; init; }

    /// <summary>Distances of the raw samples from exact ones, for an energy whose truth is known; null for others.</summary>
    public TransportFacts? Transport { get; init; }

    /// <summary>The network beside classical ways to draw; null where it was not compared. Unlike all else it depends on the machine and the moment.</summary>
    public RivalComparison? Rivals { get; init; }

    /// <summary>What the training took; null for a sampler that was not trained here.</summary>
    public TrainingFacts? Training { get; init; }

    /// <summary>The machine and the versions: names and values.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }
}
