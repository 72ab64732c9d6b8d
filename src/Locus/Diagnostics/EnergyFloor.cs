using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>
/// The energy distance that a perfect sampler would show: the mean over pairs of independent exact sample sets of the size that is
/// measured. It falls like 1 / sqrt(N), so it belongs to one N. Samples are measured in the same way: by the mean over the second sets of the pairs, so that none of
/// these decides by chance.
/// </summary>
public sealed class EnergyFloor
{
    private readonly SetPairs pairs;
    private readonly IReadOnlyList<Variable>? variables;

    private EnergyFloor(SetPairs pairs, int count, IReadOnlyList<Variable>? variables) => (this.pairs, Count, this.variables) = (pairs, count, variables);

    /// <summary>Mean energy distance of the pairs.</summary>
    public double Mean { get; private init; }

    /// <summary>Standard deviation over the pairs: how far a single pair may lie from the mean.</summary>
    public double Deviation { get; private init; }

    /// <summary>Samples in each set, N.</summary>
    public int Count { get; }

    /// <summary>Number of pairs.</summary>
    public int Pairs => pairs.Count;

    /// <summary>Draws the pairs and measures them.</summary>
    /// <param name="truth">The exact sampler.</param>
    /// <param name="key">Key of the draws; each set takes its own fold of it.</param>
    /// <param name="count">Samples in each set, N, at least 1.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="pairs">Number of pairs, at least 2.</param>
    /// <param name="variables">The coordinates, [D], as for <see cref="EnergyDistance"/>; null where none is periodic.</param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public static EnergyFloor Of(Truth truth, Key key, int count, int threads, int pairs = 5, IReadOnlyList<Variable>? variables = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(truth);
        return Of(new SetPairs(truth, key, count, pairs), count, threads, variables, cancellation);
    }

    /// <summary>The same for sets that are drawn some other way.</summary>
    /// <param name="pairs">The sets; those of a pair are asked for again when other samples are measured.</param>
    /// <param name="count">Samples in each set, N, at least 1.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="variables">The coordinates, [D]; null where none is periodic.</param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    internal static EnergyFloor Of(SetPairs pairs, int count, int threads, IReadOnlyList<Variable>? variables, CancellationToken cancellation)
    {
        var (mean, deviation) = SetPairs.Spread([.. Enumerable.Range(0, pairs.Count).Select(pair => EnergyDistance.Of(pairs.First(pair), pairs.Second(pair), threads, variables, cancellation))]);
        return new EnergyFloor(pairs, count, variables) { Mean = mean, Deviation = deviation };
    }

    /// <summary>The energy distance of other samples: the mean over the second sets of the pairs.</summary>
    /// <param name="samples">Samples [N', D].</param>
    /// <param name="sampleCount">How many of them, the first ones, are measured.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    public double DistanceOf(Points samples, int sampleCount, int threads, CancellationToken cancellation = default) =>
        Enumerable.Range(0, Pairs).Average(pair => EnergyDistance.Of(samples, sampleCount, pairs.Second(pair), Count, threads, variables, cancellation));
}
