using Locus.Engine.Random;

namespace Locus.Diagnostics;

/// <summary>
/// The energy distance that a perfect sampler would show: the mean over pairs of independent exact sample sets of the size that is
/// measured. It falls like 1 / sqrt(N), so it belongs to one N.
/// </summary>
/// <param name="Mean">Mean energy distance of the pairs.</param>
/// <param name="Deviation">Standard deviation over the pairs: how far a single measurement of a perfect sampler may lie from the mean.</param>
/// <param name="Count">Samples in each set, N.</param>
/// <param name="Pairs">Number of pairs.</param>
public sealed record EnergyFloor(double Mean, double Deviation, int Count, int Pairs)
{
    /// <summary>Draws the pairs and measures them.</summary>
    /// <param name="truth">The exact sampler.</param>
    /// <param name="key">Key of the draws; each set takes its own fold of it.</param>
    /// <param name="count">Samples in each set, N, at least 1.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="pairs">Number of pairs, at least 2.</param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public static EnergyFloor Of(Truth truth, Key key, int count, int threads, int pairs = 5, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 2);
        var distances = new double[pairs];
        for (var pair = 0; pair < pairs; pair++)
        {
            var x = truth.Sample(key.Fold(2 * (ulong)pair), count);
            var y = truth.Sample(key.Fold(2 * (ulong)pair + 1), count);
            distances[pair] = EnergyDistance.Of(x, y, threads, cancellation);
        }
        var mean = distances.Average();
        var variance = distances.Sum(d => (d - mean) * (d - mean)) / (pairs - 1);
        return new EnergyFloor(mean, Math.Sqrt(variance), count, pairs);
    }
}
