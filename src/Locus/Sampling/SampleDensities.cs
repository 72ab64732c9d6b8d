using Locus.Flows;

namespace Locus.Sampling;

/// <summary>
/// The density q of the sampler at its own samples, by <see cref="FlowDensity"/>: by volume in the user's units, given the parameters for which each sample was
/// drawn. It is exact, up to rounding, where the sampler leads no other noise to the same point.
/// </summary>
/// <remarks>
/// Where it does, q is the sum of N(e) / |det| over all that noise, of which <see cref="Log"/> is one term. Counted with the signs of their determinants
/// these noises are one (the degree of a map that is moved from the identity while what is far stays far), so that sums over samples of sign / term are what
/// sums of 1 / q would be: estimates made of both are right even where a sampler folds.
/// </remarks>
/// <param name="Log">log q [N], minus a unit of volume in the user's units; infinity where space is flattened, NaN where a sample is no number.</param>
/// <param name="Folds">Steps on the way of each sample that turned space over: their determinant was not above 0 [N]; the sign is + for an even number.</param>
public sealed record SampleDensities(double[] Log, int[] Folds)
{
    /// <summary>Samples with a fold on their way: 0 says that q is exact wherever these samples are, that is for all but about 3 / N of the sampler's mass.</summary>
    public int Folded => Folds.Count(folds => folds > 0);
}
