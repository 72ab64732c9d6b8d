namespace Locus.Cli.Runs;

/// <summary>What a report measures besides the raw samples.</summary>
/// <param name="RawOnly">Whether samples are neither projected nor weighted.</param>
/// <param name="Exact">Reversible steps from each projected sample; null for none.</param>
/// <param name="Rivals">Whether the network is compared with classical ways to draw; null if not.</param>
internal sealed record ReportScope(bool RawOnly = false, int? Exact = null, RivalScope? Rivals = null)
{
    /// <summary>Refuses what makes no sense together.</summary>
    /// <exception cref="LocusException">There are steps, but no projected samples to begin at.</exception>
    public ReportScope Checked() =>
        RawOnly && Exact is not null ? throw new LocusException($"--raw-only and --exact {Exact}: the steps begin at projected samples, which --raw-only leaves out; give one of the two") : this;
}
