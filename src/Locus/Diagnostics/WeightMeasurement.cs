using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Sampling;

namespace Locus.Diagnostics;

/// <summary>
/// Draws samples to be weighted, and measures the weights. They are drawn in a way of their own: what makes raw samples land tight on the set, small steps at the end, also draws
/// them together, off its rim and out of the gaps between its parts, and weights do not bring back what is not drawn there. See docs/method.md.
/// </summary>
public static class WeightMeasurement
{
    /// <summary>Most coordinates for which a report measures weights: finding a density costs D more evaluations of the network.</summary>
    public const int MostCoordinates = 16;

    /// <summary>
    /// How samples are drawn that are to be weighted: no step is small, and a clip that stops the last ones short of the set. What is left of the noise, up to a
    /// twentieth of it, evens out the density; the few samples that it leaves beside the set weigh nothing.
    /// </summary>
    public static FlowOptions Flow { get; } = new() { Steps = 20, GridPower = 1.5, Clip = 0.05 };

    /// <summary>Why the samples of a network cannot be weighted, with the way out; null if they can.</summary>
    /// <param name="sampler">The network, run as the samples are to be drawn.</param>
    public static string? WhyNot(Sampler sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        string?[] reasons = [ImportanceWeights.WhyNot(sampler.Problem), sampler.WhyNoDensity];
        return reasons.All(reason => reason is null) ? null : string.Join(Environment.NewLine, reasons.OfType<string>());
    }

    /// <summary>Draws samples with their densities and weighs them.</summary>
    /// <param name="sampler">The network, run as the samples are to be drawn.</param>
    /// <param name="count">N, at least 2.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="team">Workers.</param>
    /// <param name="given">Values of parameters by name; null to draw them all.</param>
    /// <param name="progress">As for <see cref="Sampler.Sample"/>.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="LocusException">What <see cref="WhyNot"/> says, and as for <see cref="Sampler.Sample"/>.</exception>
    public static (SampleSet Samples, ImportanceWeights Weights) Draw(
        Sampler sampler, int count, Key key, Team team, IReadOnlyDictionary<string, double>? given = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(team);
        if (WhyNot(sampler) is { } reason) throw new LocusException(reason);
        var samples = sampler.SampleWithDensity(count, key, team, given, progress, cancellation);
        var slacks = Slacks.Of(sampler.Problem.Slack, samples.Points, samples.Conditions, team.Threads, cancellation);
        return (samples, ImportanceWeights.Of(sampler.Problem, samples, slacks, logTarget: LogTargets.Of(sampler.Problem, samples, team.Threads, cancellation)));
    }

    /// <summary>The weights of a network's samples, drawn by <see cref="Flow"/>, for a report.</summary>
    /// <param name="sampler">The network, run in any way.</param>
    /// <param name="count">N.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="truth">The true volume of the set, for an energy log Z; null where it is not known.</param>
    /// <param name="team">Workers.</param>
    /// <param name="given">Values of parameters by name; null to draw them all.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Null where samples cannot be weighted, have more than <see cref="MostCoordinates"/>, or are fewer than two.</returns>
    public static WeightFacts? Of(
        Sampler sampler, int count, Key key, double? truth, Team team, IReadOnlyDictionary<string, double>? given = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        var weighted = sampler is FlowSampler ? sampler.With(Flow) : sampler;
        if (count < 2 || sampler.Problem.Dimension > MostCoordinates || WhyNot(weighted) is not null) return null;
        var (samples, weights) = Draw(weighted, count, key, team, given, null, cancellation);
        return WeightFacts.Of(weights, SamplerFacts.Of(weighted), samples.Densities!.Folded, sampler.Problem.Energy is not null, truth);
    }
}
