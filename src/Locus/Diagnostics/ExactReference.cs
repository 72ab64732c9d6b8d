using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>
/// What a perfect sampler would show in each measure: the measures of as many exact samples, and the floor of the energy distance.
/// Made once and used for every set of samples of that size.
/// </summary>
public sealed record ExactReference
{
    private ExactReference(Truth truth, Points samples) => (Truth, Samples) = (truth, samples);

    /// <summary>The exact knowledge behind it.</summary>
    public Truth Truth { get; }

    /// <summary>Exact samples, [N, D].</summary>
    public Points Samples { get; }

    /// <summary>Share of exact samples with slack below each threshold.</summary>
    public required IReadOnlyDictionary<string, double> Success { get; init; }

    /// <summary>Slack of exact samples: the rounding of their coordinates to double, of order 1e-16 of these.</summary>
    public required SlackStatistics Slack { get; init; }

    /// <summary>Share of exact samples in the boundary layer; null for a set without inequalities.</summary>
    public required double? BoundaryShare { get; init; }

    /// <summary>The energy distance of exact samples.</summary>
    public required EnergyFloor EnergyFloor { get; init; }

    /// <summary>Draws exact samples and measures them.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="truth">Its truth.</param>
    /// <param name="key">Key of the draws.</param>
    /// <param name="count">Samples to compare with, N, at least 1.</param>
    /// <param name="options">What is measured.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The truth is about points of another dimension, or a number is out of its range.</exception>
    public static ExactReference Of(
        Problem problem, Truth truth, Key key, int count, QualityOptions options, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (truth.Dimension != problem.Dimension)
            throw new ArgumentException($"the truth is about {truth.Dimension} coordinates, the problem \"{problem.Name}\" has {problem.Dimension}", nameof(truth));
        var samples = truth.Sample(key.Fold("exact samples"), count);
        // A truth knows nothing of conditions: its problem has none.
        var slacks = Slacks.Of(problem.Slack, samples, null, threads, cancellation);
        BoundaryLayer layer = new(problem);
        return new ExactReference(truth, samples)
        {
            Success = Diagnostics.Success.Shares(slacks, options.Thresholds),
            Slack = SlackStatistics.Of(slacks, options.Quantiles),
            BoundaryShare = layer.Exists ? layer.Share(samples, null, options.BoundaryDistance, threads, cancellation) : null,
            EnergyFloor = EnergyFloor.Of(truth, key.Fold("energy floor"), Math.Min(count, options.EnergyCount), threads, options.FloorPairs, problem.Variables, cancellation),
        };
    }
}
