using Locus.Engine.Kernels;

namespace Locus.Diagnostics;

/// <summary>How well importance weights make a sampler uniform by volume, see <see cref="ImportanceWeights"/>.</summary>
/// <param name="Sampler">How the weighted samples were drawn, which is not how the raw ones were: <see cref="WeightMeasurement.Flow"/>.</param>
/// <param name="Count">Weighted samples, N.</param>
/// <param name="InsideShare">Share of them on the set; the others weigh nothing.</param>
/// <param name="EffectiveShare">The effective count as a share of N; 1 is perfect.</param>
/// <param name="LargestWeight">The largest weight, in size, as a multiple of the mean weight.</param>
/// <param name="TailShape">Shape k of the weights' tail, NaN for too few weights; see <see cref="IsDoubtful"/>.</param>
/// <param name="Folded">Samples with a fold on their way.</param>
/// <param name="FoldedShare">Share of the weights, in size, with the sign -.</param>
/// <param name="NotNumbers">Samples on the set without a weight, because their density is no number.</param>
/// <param name="Volume">The volume of the set as the weights give it, in the user's units; null for an energy, which has a log Z.</param>
/// <param name="VolumeError">Its standard error.</param>
/// <param name="VolumeTrue">The true volume; null where it is not known.</param>
public sealed record WeightFacts(
    SamplerFacts Sampler,
    int Count,
    double InsideShare,
    double EffectiveShare,
    double LargestWeight,
    double TailShape,
    int Folded,
    double FoldedShare,
    int NotNumbers,
    double? Volume,
    double? VolumeError,
    double? VolumeTrue)
{
    /// <summary>Logarithm of the integral of exp(-E) over the set, as the weights give it, in the user's units; null where there is no energy.</summary>
    public double? LogZ { get; init; }

    /// <summary>Its standard error.</summary>
    public double? LogZError { get; init; }

    /// <summary>The true log Z; null where it is not known.</summary>
    public double? LogZTrue { get; init; }

    /// <summary>Shape above which a tail is heavy (Vehtari et al. 2024).</summary>
    public const double HeavyTail = 0.7;

    /// <summary>Share of all weights above which a single one rules averages, and their errors with them (Chatterjee and Diaconis 2018, "The sample size required in importance sampling", who judge samples by it).</summary>
    public const double RulingShare = 0.05;

    /// <summary>Whether averages may move by more than their errors say, see <see cref="AreDoubtful"/>.</summary>
    public bool IsDoubtful() => AreDoubtful(TailShape, LargestWeight / Count, EffectiveShare);

    /// <summary>
    /// Whether averages by some weights may move by more than their errors say: the tail is heavy, k above 0.7, or one weight rules, and these weights matter, which they do not where most samples weigh nearly the same.
    /// </summary>
    /// <param name="tailShape">k; NaN where it is not known.</param>
    /// <param name="largestShare">Share of the largest weight in all.</param>
    /// <param name="effectiveShare">Effective count as a share of all samples.</param>
    public static bool AreDoubtful(double tailShape, double largestShare, double effectiveShare) => (tailShape > HeavyTail || largestShare > RulingShare) && effectiveShare < 0.5;

    /// <summary>The facts about some weights.</summary>
    /// <param name="weights">The weights, of N samples.</param>
    /// <param name="sampler">How the samples were drawn.</param>
    /// <param name="folded">Samples with a fold on their way.</param>
    /// <param name="energy">Whether they are weights of an energy.</param>
    /// <param name="truth">The true volume, for an energy log Z; null where it is not known.</param>
    public static WeightFacts Of(ImportanceWeights weights, SamplerFacts sampler, int folded, bool energy, double? truth)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var count = weights.Values.Length;
        var volume = energy ? (double?)null : ElementaryDouble.Exp(weights.LogMass);
        return new WeightFacts(
            sampler,
            count,
            (double)weights.Inside / count,
            weights.EffectiveShare,
            weights.LargestShare * count,
            weights.TailShape,
            folded,
            weights.FoldedShare,
            weights.NotNumbers,
            volume,
            volume * weights.MassError,
            energy ? null : truth)
        {
            LogZ = energy ? weights.LogMass : null,
            LogZError = energy ? weights.MassError : null,
            LogZTrue = energy ? truth : null,
        };
    }
}
