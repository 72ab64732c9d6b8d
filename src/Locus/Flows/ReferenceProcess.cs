using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Flows;

/// <summary>
/// A diffusion without drift on a grid of times, the same in each coordinate: x_0 ~ N(0, V_0), x_{i+1} = a_i x_i + s_i e. A drift u bends it, x_{i+1} = a_i x_i + g_i u + s_i e, and the process from a sample
/// back to the start is the one without drift turned round,
///     x_i = (a_i V_i / V_{i+1}) x_{i+1} + s_i sqrt(V_i / V_{i+1}) e,   V_{i+1} = a_i^2 V_i + s_i^2,
/// which for Brownian motion is the bridge to 0. So for any path the drift's density, over the density of the way back from x_T, is
///     p(path) / p(path back | x_T) = N(x_T; 0, V_T) exp(sum_i l_i),
/// with l_i as <see cref="DriftKernel"/> has it: all constants of the Gaussians cancel (Sendera et al. 2024 compute both sums by themselves).
/// </summary>
public sealed class ReferenceProcess
{
    private readonly double[] times;
    private readonly double[] keeps;
    private readonly double[] gains;
    private readonly double[] variances;
    private readonly double[] marginals;

    private ReferenceProcess(double[] times, double[] keeps, double[] gains, double[] variances, double start)
    {
        (this.times, this.keeps, this.gains, this.variances) = (times, keeps, gains, variances);
        marginals = new double[times.Length + 1];
        marginals[0] = start;
        for (var i = 0; i < times.Length; i++) marginals[i + 1] = keeps[i] * keeps[i] * marginals[i] + variances[i];
    }

    /// <summary>T, the number of steps.</summary>
    public int Steps => times.Length;

    /// <summary>V_T: variance of each coordinate at the end.</summary>
    public double EndVariance => marginals[^1];

    /// <summary>V_0: variance of each coordinate at the start; 0 where all paths begin at 0.</summary>
    public double StartVariance => marginals[0];

    /// <summary>Brownian motion from 0: x_{i+1} = x_i + u h_i + sqrt(v h_i) e (Zhang and Chen 2022; Sendera et al. 2024 with v = t_scale).</summary>
    /// <param name="variance">v, the variance at the end, above 0.</param>
    /// <param name="grid">Times from 0 to 1, rising, [T + 1].</param>
    /// <exception cref="ArgumentException">The grid does not rise from 0 to 1, or the variance is not above 0.</exception>
    public static ReferenceProcess Brownian(double variance, IReadOnlyList<double> grid)
    {
        Check(grid);
        if (!(variance > 0) || !double.IsFinite(variance)) throw new ArgumentException($"the variance {variance} is not above 0", nameof(variance));
        double[] lengths = [.. Lengths(grid)];
        return new ReferenceProcess([.. grid.SkipLast(1)], [.. lengths.Select(_ => 1.0)], lengths, [.. lengths.Select(h => variance * h)], 0);
    }

    /// <summary>The stationary Ornstein-Uhlenbeck process of rate b(t) / 2, b linear from <paramref name="first"/> to <paramref name="last"/>: exact over each step, drift g_i = h_i (the variance-preserving process of Sendera et al. 2024, C.2).</summary>
    /// <param name="variance">v, the variance of each coordinate at all times, above 0.</param>
    /// <param name="first">b at t = 1, where the samples are, above 0.</param>
    /// <param name="last">b at t = 0, above 0.</param>
    /// <param name="grid">Times from 0 to 1, rising, [T + 1].</param>
    /// <exception cref="ArgumentException">The grid does not rise from 0 to 1, or a number is not above 0.</exception>
    public static ReferenceProcess VariancePreserving(double variance, double first, double last, IReadOnlyList<double> grid)
    {
        Check(grid);
        foreach (var number in new[] { variance, first, last })
            if (!(number > 0) || !double.IsFinite(number)) throw new ArgumentException($"{number} is not above 0");
        var keeps = new double[grid.Count - 1];
        for (var i = 0; i < keeps.Length; i++)
        {
            double Rate(double t) => last + (first - last) * t;
            keeps[i] = ElementaryDouble.Exp(-0.25 * (grid[i + 1] - grid[i]) * (Rate(grid[i]) + Rate(grid[i + 1])));
        }
        return new ReferenceProcess([.. grid.SkipLast(1)], keeps, [.. Lengths(grid)], [.. keeps.Select(a => variance * (1 - a * a))], variance);
    }

    /// <summary>The time at which a step begins.</summary>
    /// <param name="i">0 to Steps - 1.</param>
    public double Time(int i) => times[i];

    /// <summary>The step from x_i to x_{i+1}.</summary>
    /// <param name="i">0 to Steps - 1.</param>
    public DriftStep Step(int i) => new((float)keeps[i], (float)gains[i], (float)variances[i]);

    /// <summary>The way back from x_{i+1} to x_i: the factor of x_{i+1} and the deviation of the noise.</summary>
    /// <param name="i">0 to Steps - 1.</param>
    public (double Factor, double Deviation) Back(int i) => (keeps[i] * marginals[i] / marginals[i + 1], Math.Sqrt(variances[i] * marginals[i] / marginals[i + 1]));

    /// <summary>
    /// The drift by which x would go, in the time that is left, as far as the noise of the steps that are left would take it: sqrt(sum_{j>=i} s_j^2) / sum_{j>=i} g_j. For Brownian motion of variance v it is sqrt(v / (1 - t_i)),
    /// whatever the grid.
    /// </summary>
    /// <param name="i">0 to Steps - 1.</param>
    public double Unit(int i) => Math.Sqrt(variances.Skip(i).Sum()) / gains.Skip(i).Sum();

    /// <summary>log N(x; 0, V_T) of one lane.</summary>
    /// <param name="end">x [D][64].</param>
    /// <param name="lane">0 to 63.</param>
    public double LogEnd(Block end, int lane) => LogMarginal(Steps, end, lane);

    /// <summary>log N(x; 0, V_i) of one lane.</summary>
    /// <param name="i">0 to Steps; V_i must be above 0.</param>
    /// <param name="position">x [D][64].</param>
    /// <param name="lane">0 to 63.</param>
    public double LogMarginal(int i, Block position, int lane)
    {
        var square = 0.0;
        for (var d = 0; d < position.Rows; d++) square += (double)position[d][lane] * position[d][lane];
        return -0.5 * (square / marginals[i] + position.Rows * ElementaryDouble.Log(2 * Math.PI * marginals[i]));
    }

    private static void Check(IReadOnlyList<double> grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        if (grid.Count < 2 || grid[0] != 0 || grid[^1] != 1 || Lengths(grid).Any(h => !(h > 0))) throw new ArgumentException("the grid must rise from 0 to 1", nameof(grid));
    }

    private static IEnumerable<double> Lengths(IReadOnlyList<double> grid) => Enumerable.Range(0, grid.Count - 1).Select(i => grid[i + 1] - grid[i]);
}
