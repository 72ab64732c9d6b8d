namespace Locus.Diagnostics.Rivals;

/// <summary>What a classical way to draw gave in a time.</summary>
/// <param name="Name">The method: rejection, walk, descent; for an energy smc, mala, hmc, tempering.</param>
/// <param name="Seconds">Its time, in seconds; 0 where it was not run.</param>
/// <param name="SetupSeconds">Of these, until it gave samples: search and warm-up.</param>
/// <param name="Samples">How many independent samples its samples are as good as.</param>
/// <param name="SamplesPerSecond">The same for each second after the setup.</param>
public sealed record RivalFacts(string Name, double Seconds, double SetupSeconds, double Samples, double SamplesPerSecond)
{
    /// <summary>Whether its samples follow the law wanted from the first one on.</summary>
    public bool Exact { get; init; }

    /// <summary>Whether it leaves the law wanted as it is, so that only its start can be wrong.</summary>
    public bool Unbiased { get; init; }

    /// <summary>Why it was not run, or gave nothing; null where it gave samples.</summary>
    public string? Reason { get; init; }

    /// <summary>Samples that were kept and measured; the others were counted.</summary>
    public int Measured { get; init; }

    /// <summary>Their measures; null where there are none.</summary>
    public SampleQuality? Quality { get; init; }

    /// <summary>Calls of the energy; null for a set.</summary>
    public long? EnergyCalls { get; init; }

    /// <summary>Of these, until it gave samples: search and warm-up.</summary>
    public long? SetupCalls { get; init; }

    /// <summary>How a method for energies was run, in words.</summary>
    public string? Setting { get; init; }

    /// <summary>Its estimate of log Z; null where it gives none.</summary>
    public double? LogZ { get; init; }

    /// <summary>The standard error of that.</summary>
    public double? LogZError { get; init; }

    /// <summary>Share of the steps of its chains that were taken.</summary>
    public double? Acceptance { get; init; }

    /// <summary>Share of exchanges between neighbours of the ladder that were made, where the fewest were; null without a ladder.</summary>
    public double? Exchanged { get; init; }

    /// <summary>Ways of chains from the density up the ladder and back; null without one.</summary>
    public long? RoundTrips { get; init; }

    /// <summary>Samples in some seconds from its beginning, at its rate.</summary>
    /// <param name="seconds">The time.</param>
    public double Within(double seconds) => Math.Max(0, seconds - SetupSeconds) * SamplesPerSecond;

    /// <summary>Seconds for some samples from its beginning, at its rate; infinite where it gives none.</summary>
    /// <param name="count">Samples.</param>
    public double SecondsFor(double count) => SamplesPerSecond > 0 ? SetupSeconds + count / SamplesPerSecond : double.PositiveInfinity;
}
