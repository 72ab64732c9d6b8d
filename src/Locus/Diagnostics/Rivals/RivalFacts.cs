namespace Locus.Diagnostics.Rivals;

/// <summary>What a classical way to draw gave in a time.</summary>
/// <param name="Name">The method: rejection, walk, descent.</param>
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

    /// <summary>Samples in some seconds from its beginning, at its rate.</summary>
    /// <param name="seconds">The time.</param>
    public double Within(double seconds) => Math.Max(0, seconds - SetupSeconds) * SamplesPerSecond;

    /// <summary>Seconds for some samples from its beginning, at its rate; infinite where it gives none.</summary>
    /// <param name="count">Samples.</param>
    public double SecondsFor(double count) => SamplesPerSecond > 0 ? SetupSeconds + count / SamplesPerSecond : double.PositiveInfinity;
}
