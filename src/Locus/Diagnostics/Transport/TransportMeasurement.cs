using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Diagnostics.Transport;

/// <summary>Measures how far samples of an energy are from exact ones, see <see cref="TransportFacts"/>.</summary>
public static class TransportMeasurement
{
    /// <summary>Measures samples. The same numbers for every number of threads; each thread takes 160 MB for sets of 2000.</summary>
    /// <param name="problem">What was sampled.</param>
    /// <param name="samples">Samples in the user's coordinates [N', D]; the first that are finite are taken.</param>
    /// <param name="truth">The exact sampler; null where there is none.</param>
    /// <param name="key">Key of the exact sets.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Null for a problem without an energy or without a truth, and where no sample is finite.</returns>
    /// <exception cref="ArgumentException">Options are out of range, or sizes do not fit together.</exception>
    public static TransportFacts? Of(Problem problem, Points samples, Truth? truth, Key key, QualityOptions options, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        if (problem.Energy is null || truth is null) return null;
        List<string> wrong = [.. options.Validate()];
        if (samples.Dimension != truth.Dimension) wrong.Add($"the samples have {samples.Dimension} coordinates, the exact ones {truth.Dimension}");
        if (threads < 1) wrong.Add($"threads is {threads}; give at least 1");
        if (wrong.Count > 0) throw new ArgumentException($"distances of samples of \"{problem.Name}\" from exact ones: {string.Join("; ", wrong)}");

        var circles = new Circles(problem.Variables);
        var finite = Enumerable.Range(0, samples.Count).Where(i => IsFinite(samples[i])).Take(options.TransportCount).ToArray();
        if (finite.Length == 0) return null;
        var taken = circles.Embedded(samples.Pick(finite));
        var pairs = new SetPairs(truth, key, finite.Length, options.FloorPairs);
        var (own, floors) = (new TransportDistances[pairs.Count], new TransportDistances[pairs.Count]);
        Parallel.For(0, 2 * pairs.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, task =>
        {
            var pair = task / 2;
            var second = circles.Embedded(pairs.Second(pair));
            var first = task % 2 == 0 ? circles.Embedded(pairs.First(pair)) : taken;
            (task % 2 == 0 ? floors : own)[pair] = TransportDistances.Between(first, second, options.SinkhornEpsilon, cancellation);
        });

        FlooredDistance Floored(Func<TransportDistances, double> distance)
        {
            var (floor, deviation) = SetPairs.Spread([.. floors.Select(distance)]);
            return new FlooredDistance(own.Average(distance), floor, deviation);
        }
        return new TransportFacts(
            finite.Length, pairs.Count, options.SinkhornEpsilon, Floored(d => d.Wasserstein1), Floored(d => d.Wasserstein2), Floored(d => d.Sinkhorn), Floored(d => d.MeanDiscrepancy));
    }

    private static bool IsFinite(ReadOnlySpan<double> point)
    {
        foreach (var x in point)
            if (!double.IsFinite(x)) return false;
        return true;
    }
}
