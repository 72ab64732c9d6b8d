namespace Locus.Diagnostics;

/// <summary>How far a training came that was interrupted.</summary>
/// <param name="Round">The round it is in, from 1.</param>
/// <param name="Rounds">Rounds of the whole training.</param>
public sealed record UnfinishedTraining(int Round, int Rounds)
{
    /// <summary>"round 6 of 12".</summary>
    public override string ToString() => FormattableString.Invariant($"round {Round} of {Rounds}");
}
