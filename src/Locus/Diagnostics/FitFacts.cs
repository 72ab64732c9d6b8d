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

    /// <summary>Name of the verdict about faces.</summary>
    public const string FaceName = "faces-missed";

    /// <summary>From such a gap on samples are told to keep off a face, or to gather there.</summary>
    public const double WideGap = 0.1;

    /// <summary>The inequality, or box, whose values differ most between samples and points; null for a set without any.</summary>
    public string? Face { get; init; }

    /// <summary>Largest gap between the distribution functions of that inequality's values, of raw samples and of points (Kolmogorov and Smirnov), 0 to 1. Of a thin layer it tells what no distance between points can.</summary>
    public double? FaceGap { get; init; }

    /// <summary>Whether samples of the set can be weighed, which those of a set of equalities cannot.</summary>
    public bool Weighable { get; init; } = true;

    /// <summary>What to know about it, and what to do; null where the gap is narrow.</summary>
    public string? FaceVerdict => !(FaceGap > WideGap) ? null : FormattableString.Invariant(
        $"raw and projected samples do not lie as they should between the faces of {Face}: their share up to some value of it is off by as much as {FaceGap:0.00}. Even them out by --exact 20{(Weighable ? ", or by weights (locus sample --resample)" : "")}.");

    /// <summary>From so many floors on samples are told to be off.</summary>
    public const double Far = 2;

    /// <summary>What to know about it, and what to do; null where samples are as near as they can be told to be.</summary>
    public string? Verdict => !(Distance > Far * Floor) ? null : FormattableString.Invariant(
        $"the samples' law is not that of the points which the network learned: their energy distance is {Distance / Floor:0.0} times what it would be. Projection and certificates do not mend that. Train longer (--minutes), or a larger network (--set hidden=256,256,256,256).");
}
