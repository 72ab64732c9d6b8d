using Locus.Flows;

namespace Locus.Sampling;

/// <summary>
/// The density q of the sampler at its own samples, by <see cref="FlowDensity"/>: by volume in the user's units, given the parameters for which each sample was
/// drawn. It is exact, up to rounding, where the sampler leads no other noise to the same point.
/// </summary>
/// <remarks>
/// Where it does, q is the sum of N(e) / |det| over all that noise, and <see cref="Log"/> is one term of it. Counted with the signs of their determinants
/// these noises are one: the degree of a map that is moved from the identity while what is far stays far. So a sum over samples of sign / term is, on
/// average, what that of 1 / q would be, and estimates made of both are right even where a sampler folds.
/// </remarks>
/// <param name="Log">log q [N], by volume in the user's units; infinity where space is flattened, or where a periodic coordinate has come farther than half a turn from the network's centre: weights count each point of a circle once; NaN where a sample is no number.</param>
/// <param name="Folds">Steps on the way of each sample that turn space over, their determinant not being above 0 [N]; the sign is + where their number is even.</param>
public sealed record SampleDensities(double[] Log, int[] Folds)
{
    /// <summary>Samples with a fold on their way; where none is, noise with one has less than 3 / N of the mass, with 95 % confidence.</summary>
    public int Folded => Folds.Count(folds => folds > 0);
}
