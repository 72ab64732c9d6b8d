using System.Text.Json.Nodes;
using Locus.Sampling;

namespace Locus.Cli.Runs;

/// <summary>Samples with what was asked for besides.</summary>
/// <param name="Samples">The samples.</param>
/// <param name="Columns">Numbers for each of them.</param>
/// <param name="Facts">Numbers about all of them, for programs.</param>
/// <param name="Notes">The same for people.</param>
internal sealed record SampleDelivery(SampleSet Samples, IReadOnlyList<SampleColumn> Columns, JsonObject Facts, IReadOnlyList<string> Notes)
{
    /// <summary>Samples and nothing else.</summary>
    public SampleDelivery(SampleSet samples)
        : this(samples, [], [], [])
    {
    }

    /// <summary>Why there are fewer samples than were asked for; null where there are as many.</summary>
    public string? TooFew { get; init; }
}
