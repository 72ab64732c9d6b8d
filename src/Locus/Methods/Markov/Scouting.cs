using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;

namespace Locus.Methods.Markov;

/// <summary>
/// Finds where a density lies: a few particles are annealed to it (<see cref="Annealing"/>) from each of some normal laws around the origin, and those from the widest law that found as much of Z as any give coordinates in which they
/// have mean 0 and deviation 1. There N(0, <see cref="Variance"/>) covers the density, and is where methods without a network begin.
/// </summary>
internal static class Scouting
{
    /// <summary>Particles from each law, where nobody asks for fewer.</summary>
    public const int Most = 4096;

    /// <summary>Variance of the normal law from which to begin in the coordinates found.</summary>
    public const double Variance = 1.5 * 1.5;

    /// <summary>Laws from which they are annealed.</summary>
    public static int Laws => widths.Length;

    // What estimates of log Z may differ by and still be as much. The largest itself serves badly: from a law that hardly touches the density a few heavy particles may give too much, and lie in one of its parts.
    private const double Alike = 1;

    // Deviations of the laws in the problem's own units.
    private static readonly double[] widths = [0.25, 1, 4, 16, 64];

    /// <summary>Looks for the density.</summary>
    /// <param name="problem">A problem with an energy.</param>
    /// <param name="standard">The coordinates so far.</param>
    /// <param name="conditions">c' [C].</param>
    /// <param name="count">Particles from each law, a multiple of 64.</param>
    /// <param name="moves">Langevin steps after each rise.</param>
    /// <param name="calls">Counts the calls of the energy.</param>
    /// <param name="team">Workers.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="progress">Told how much is done, 0 to 1.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The coordinates.</returns>
    /// <exception cref="LocusException">No particle found a finite energy.</exception>
    public static Standardization Run(
        Problem problem, Standardization standard, double[] conditions, int count, int moves, CallCounter calls, Team team, Key key, Action<double>? progress, CancellationToken cancellation)
    {
        List<Annealing> found = [];
        for (var i = 0; i < widths.Length; i++)
        {
            progress?.Invoke((double)i / widths.Length);
            var particles = new Annealing(new Reward(problem, standard, calls), problem.Dimension, conditions, count, moves, widths[i] * widths[i], team.Threads);
            if (particles.Run(team, key.Fold((ulong)i), null, cancellation)) found.Add(particles);
        }
        if (found.Count == 0) throw new LocusException($"the energy of '{problem.Name}' is no finite number at any of {widths.Length * count} points around the origin; move its variables there, or let 'locus check' look");
        var most = found.Max(particles => particles.LogZ);
        return Centered(problem, standard, found.Last(particles => particles.LogZ >= most - Alike).Positions);
    }

    /// <summary>Coordinates in which points have mean 0 and deviation 1.</summary>
    private static Standardization Centered(Problem problem, Standardization standard, ReadOnlySpan<float> points)
    {
        var d = problem.Dimension;
        double[] center = [.. standard.Center], scale = [.. standard.Scale];
        for (var k = 0; k < d; k++)
        {
            var (mean, square, n) = (0.0, 0.0, points.Length / d);
            for (var i = k; i < points.Length; i += d) mean += points[i] / (double)n;
            for (var i = k; i < points.Length; i += d) square += (points[i] - mean) * (points[i] - mean) / n;
            center[k] += scale[k] * mean;
            if (square > 0) scale[k] *= Math.Sqrt(square);
        }
        return Standardization.Of(problem, center, scale);
    }
}
