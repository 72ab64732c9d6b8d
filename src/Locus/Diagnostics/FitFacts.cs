namespace Locus.Diagnostics;

/// <summary>How near a network's samples come to the law of the points that it learned: what can be said of any set, whether an exact sampler is known for it or not.</summary>
/// <param name="Count">Samples, and points in each set that they are compared with.</param>
/// <param name="Distance">Energy distance between the samples and the points, in the network's coordinates.</param>
/// <param name="Floor">The same between two sets of the points.</param>
/// <param name="Projected">The distance of the projected samples; null where there are none.</param>
public sealed record FitFacts(int Count, double Distance, double Floor, double? Projected)
{
    /// <summary>The verdict's name.</summary>
    public const string Name = "law-missed";

    /// <summary>From so many floors on samples are told to be off.</summary>
    public const double Far = 2;

    /// <summary>What to know about it, and what to do; null where samples are as near as they can be told to be.</summary>
    public string? Verdict => !(Distance > Far * Floor) ? null : FormattableString.Invariant(
        $"the samples' law is not that of the points which the network learned: their energy distance is {Distance / Floor:0.0} times what it would be. Projection and certificates do not mend that. Train longer (--minutes), or a larger network (--set hidden=256,256,256,256).");
}
