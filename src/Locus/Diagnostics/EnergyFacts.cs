namespace Locus.Diagnostics;

/// <summary>
/// Estimates of log Z, Z the integral of exp(-E), from paths of a drift (Sendera et al. 2024, section 5; Blessing et al. 2024). With w = exp(-E) / q' the weight of a path, the mean of log w over paths of
/// the drift is at most log Z, that over paths back from exact samples at least log Z; what lies between them is how far the drift is off. The logarithm of the mean of w converges to log Z, but from few
/// samples only to that of the part which the drift reaches: read it beside the bounds and the shares of the parts.
/// </summary>
/// <remarks>Z depends on the parameters of a problem. Where some of them are not given, all numbers are means over a few of their values, each with paths of its own, and errors those of these means.</remarks>
/// <param name="Count">Paths, N, in all.</param>
/// <param name="LowerBound">ELBO: mean of log w over the drift's paths.</param>
/// <param name="LowerBoundError">Its standard error.</param>
/// <param name="LogZ">log of the mean of w over them.</param>
/// <param name="LogZError">Its standard error, to first order.</param>
/// <param name="EffectiveShare">Effective sample size of these weights as a share of N, reverse ESS; 1 is perfect.</param>
public sealed record EnergyFacts(int Count, double LowerBound, double LowerBoundError, double LogZ, double LogZError, double EffectiveShare)
{
    /// <summary>Values of the parameters over which all numbers are means; null where they were given, or there are none.</summary>
    public int? Conditions { get; init; }

    /// <summary>The largest weight as a multiple of the mean weight; null for means over values of parameters.</summary>
    public double? LargestWeight { get; init; }

    /// <summary>Shape k of the weights' tail; null for means over values of parameters, and for too few weights.</summary>
    public double? TailShape { get; init; }

    /// <summary>log Z where it is known.</summary>
    public double? LogZTrue { get; init; }

    /// <summary>EUBO: mean of log w over paths back from exact samples; null where there are none.</summary>
    public double? UpperBound { get; init; }

    /// <summary>Its standard error.</summary>
    public double? UpperBoundError { get; init; }

    /// <summary>Forward ESS as a share: 1 / (E[w] E[1 / w]) over exact samples, which falls where the drift leaves out a part; null where there are none.</summary>
    public double? ForwardEffectiveShare { get; init; }

    /// <summary>Whether what the weights say may move by more than its errors, see <see cref="WeightFacts.AreDoubtful"/>.</summary>
    public bool IsDoubtful() => WeightFacts.AreDoubtful(TailShape ?? double.NaN, (LargestWeight ?? 0) / Count, EffectiveShare);
}
