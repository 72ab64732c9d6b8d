using Locus.Problems;

namespace Locus.Sampling;

/// <summary>Drawn points with the parameters that they were drawn for.</summary>
/// <param name="Points">x [N, D] in the user's units.</param>
/// <param name="Conditions">c [N, C] in the user's units; null for a problem without parameters.</param>
/// <param name="Densities">How likely the sampler was to draw each; null where nobody asked.</param>
public sealed record SampleSet(Points Points, Points? Conditions, SampleDensities? Densities = null)
{
    /// <summary>Some of the samples, as often and in the order as they are named.</summary>
    /// <param name="numbers">Numbers of samples, each from 0 to N - 1.</param>
    public SampleSet Pick(IReadOnlyList<int> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return new SampleSet(
            Points.Pick(numbers),
            Conditions?.Pick(numbers),
            Densities is null ? null : new SampleDensities([.. numbers.Select(i => Densities.Log[i])], [.. numbers.Select(i => Densities.Folds[i])]));
    }
}
