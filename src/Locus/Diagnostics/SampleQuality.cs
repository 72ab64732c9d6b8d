namespace Locus.Diagnostics;

/// <summary>
/// How good a set of samples is. Names that end in True are the same measure on as many exact samples: what a perfect sampler
/// would show. They, and what only a truth can tell, are null for a problem without one.
/// </summary>
public sealed record SampleQuality
{
    /// <summary>Share of samples with slack below each threshold, under the threshold's name; 1 is perfect.</summary>
    public required IReadOnlyDictionary<string, double> Success { get; init; }

    /// <summary>The same of exact samples: below 1 only where the rounding to double alone breaks the threshold, as it may far from the origin.</summary>
    public IReadOnlyDictionary<string, double>? SuccessTrue { get; init; }

    /// <summary>Mean slack; 0 is perfect.</summary>
    public required double MeanSlack { get; init; }

    /// <summary>Largest slack; 0 is perfect.</summary>
    public required double MaxSlack { get; init; }

    /// <summary>Root of the V-statistic against exact samples, see <see cref="Diagnostics.EnergyDistance"/>.</summary>
    public double? EnergyDistance { get; init; }

    /// <summary>The mean energy distance of two exact sample sets of that size.</summary>
    public double? EnergyDistanceFloor { get; init; }

    /// <summary>Share of the samples in each component, in the order of <see cref="Components"/>.</summary>
    public IReadOnlyList<double>? Shares { get; init; }

    /// <summary>True share of each component.</summary>
    public IReadOnlyList<double>? TrueShares { get; init; }

    /// <summary>Standard error of the share of a perfect sampler.</summary>
    public IReadOnlyList<double>? ShareErrors { get; init; }

    /// <summary>Share of the samples in no component; 0 is perfect.</summary>
    public double? ShareOutside { get; init; }

    /// <summary>Names of the components.</summary>
    public IReadOnlyList<string>? Components { get; init; }

    /// <summary>Mean slack of exact samples.</summary>
    public double? MeanSlackTrue { get; init; }

    /// <summary>Largest slack of exact samples.</summary>
    public double? MaxSlackTrue { get; init; }

    /// <summary>Standard error of the mean slack.</summary>
    public double? MeanSlackError { get; init; }

    /// <summary>Quantiles of the slack, under their names.</summary>
    public IReadOnlyDictionary<string, double>? SlackQuantiles { get; init; }

    /// <summary>Samples whose slack or coordinates are not finite; they fail every threshold and enter no other measure.</summary>
    public int NotNumbers { get; init; }

    /// <summary>Samples in the energy distance, and in each set of its floor.</summary>
    public int? EnergyDistanceCount { get; init; }

    /// <summary>Standard deviation of the energy distance between exact sets, over the pairs of the floor.</summary>
    public double? EnergyDistanceFloorDeviation { get; init; }

    /// <summary>Half width of the boundary layer, in the unit of the constraints.</summary>
    public double? BoundaryDistance { get; init; }

    /// <summary>Share of the samples in the boundary layer; null as well for a set without inequalities.</summary>
    public double? BoundaryShare { get; init; }

    /// <summary>The same of exact samples.</summary>
    public double? BoundaryShareTrue { get; init; }

    /// <summary>Standard error of the difference of the two shares.</summary>
    public double? BoundaryShareError { get; init; }

    /// <summary>Mean distance by which the projector, or the chains after it, moved the samples that it brought onto the set; null for samples that were not moved.</summary>
    public double? MeanMove { get; init; }

    /// <summary>Samples that a projector could not bring onto the set; null for samples that were not moved.</summary>
    public int? Failed { get; init; }

    /// <summary>Reversible steps from each projected sample; null for samples without.</summary>
    public int? Steps { get; init; }

    /// <summary>Chains that never moved: their samples keep what bias they had; null for samples without steps.</summary>
    public int? Still { get; init; }

    /// <summary>What is proven about the samples; null where nothing was tried.</summary>
    public CertificateFacts? Certificates { get; init; }
}
