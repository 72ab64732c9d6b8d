using Locus.Engine.Programs;
using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>
/// The slack of each sample, sum_i [g_i]_+ + sum_j |h_j| with the smallest member of a union (Burghoff et al. 2025, section III), by the program's
/// double-precision twin: what is measured is the sample, not the rounding of the measurement.
/// </summary>
public static class Slacks
{
    /// <summary>The slack of each sample, [N]; NaN for a sample with a coordinate that is not finite.</summary>
    /// <param name="slack">From x [D] and c [C] to [slack], such as Problem.Slack.</param>
    /// <param name="samples">Samples in the user's coordinates [N, D].</param>
    /// <param name="conditions">The parameters that the samples were drawn for, in the user's units: [N, C], or [1, C] where all have the same; null for a problem without.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public static double[] Of(Program slack, Points samples, Points? conditions, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(slack);
        ArgumentNullException.ThrowIfNull(samples);
        var slacks = new double[samples.Count];
        PointProgram.Run(slack, samples, conditions, threads, (i, outputs) => slacks[i] = outputs[0], cancellation);
        return slacks;
    }
}
