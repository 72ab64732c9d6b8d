using Locus.Problems;
using Locus.Sampling;

namespace Locus.Diagnostics;

/// <summary>The logarithm of the density that a problem asks for, without its norm, at each sample: -E(x), in double precision.</summary>
public static class LogTargets
{
    /// <summary>-E of each sample, [N]; null for a problem that asks for the uniform law.</summary>
    /// <param name="problem">What was sampled.</param>
    /// <param name="samples">Samples in the user's coordinates.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    public static double[]? Of(Problem problem, SampleSet samples, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(samples);
        if (problem.Energy is not { } density) return null;
        var logs = new double[samples.Points.Count];
        PointProgram.Run(
            new PointProgram.Function(density.Dimension, density.Conditions, 1, density.ScratchNumbers, (x, c, outputs, scratch) => outputs[0] = density.Log(x, c, [], scratch)),
            samples.Points, samples.Conditions, threads, (i, outputs) => logs[i] = outputs[0], cancellation);
        return logs;
    }
}
