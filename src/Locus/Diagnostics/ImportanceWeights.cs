using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Problems;
using Locus.Sampling;
using Locus.Training;

namespace Locus.Diagnostics;

/// <summary>
/// What each sample of a flow must count for so that averages are those of the law that was asked for: w_i = 1[x_i on the set] p(x_i) / q(x_i), with q the
/// density of the sampler and p = 1, uniform by volume, or an unnormalised density given with it (Owen, "Monte Carlo theory, methods and examples",
/// section 9.2). Weights carry the sign of <see cref="SampleDensities"/>, so that they are right where the flow folds.
/// </summary>
/// <remarks>
/// No weight brings back what the sampler does not reach: a part of the set where it draws nothing is missing, and one where it hardly draws shows as a
/// few large weights, if at all. <see cref="TailShape"/>, <see cref="LargestShare"/> and, where the volume is known, <see cref="LogMass"/> tell; the
/// effective count alone does not. A flow of fewer steps, which lets more of the noise lie beside the set, reaches more of it. Where samples come for
/// different parameters c, the law is that of the pairs (x, c), c drawn as the samples' were, with p as their density.
/// </remarks>
public sealed class ImportanceWeights
{
    private ImportanceWeights(double[] values, double logScale, int inside, int notNumbers)
    {
        Values = values;
        Inside = inside;
        NotNumbers = notNumbers;
        double squares = 0, folded = 0, largest = 0, all = 0, spread = 0;
        foreach (var w in values)
        {
            squares += w * w;
            all += Math.Abs(w);
            if (w < 0) folded -= w;
            largest = Math.Max(largest, Math.Abs(w));
            spread += (w - 1.0 / values.Length) * (w - 1.0 / values.Length);
        }
        EffectiveCount = 1 / squares;
        FoldedShare = folded / all;
        LargestShare = largest;
        LogMass = logScale - ElementaryDouble.Log(values.Length);
        MassError = Math.Sqrt(spread * values.Length / (values.Length - 1));
        TailShape = Diagnostics.TailShape.Of(values);
    }

    /// <summary>The weight of each sample, [N], sum 1; 0 outside of the set, below 0 where the flow has turned space over.</summary>
    public double[] Values { get; }

    /// <summary>Samples on the set.</summary>
    public int Inside { get; }

    /// <summary>Of those, samples without a weight because their density or their target is no number; they weigh 0.</summary>
    public int NotNumbers { get; }

    /// <summary>(sum w)^2 / sum w^2 (Kish 1965): as many samples of the law itself would give averages as good as these, roughly; N for equal weights.</summary>
    public double EffectiveCount { get; }

    /// <summary>The effective count as a share of N.</summary>
    public double EffectiveShare => EffectiveCount / Values.Length;

    /// <summary>The largest weight, in size; 1 / N for equal weights.</summary>
    public double LargestShare { get; }

    /// <summary>Share of the sum of all sizes that has the sign -; as much may be wrong where signs are left out.</summary>
    public double FoldedShare { get; }

    /// <summary>Shape k of the weights' tail, see <see cref="Diagnostics.TailShape"/>: above 0.7, draw more samples and see whether averages move; NaN for too few weights.</summary>
    public double TailShape { get; }

    /// <summary>Logarithm of the integral of p over the set, the mean of the weights before they were scaled: for p = 1 the log of its volume in the user's units.</summary>
    public double LogMass { get; }

    /// <summary>Standard error of that integral as a share of it, which is about that of <see cref="LogMass"/>.</summary>
    public double MassError { get; }

    /// <summary>Why samples of a problem cannot be weighted, with the way out; null if they can.</summary>
    /// <param name="problem">The problem.</param>
    public static string? WhyNot(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Subjects.Thin(problem.Set)
            ? $"samples of '{problem.Name}' cannot be weighted: an equality leaves its set no volume, and the density of a flow is one by volume; weights are for sets of inequalities"
            : problem.Measure != Measure.Volume
                ? $"samples of '{problem.Name}' cannot be weighted: uniform means by {problem.Measure.ToString().ToLowerInvariant()} there, and weights make samples uniform by volume; state the problem with measure: volume"
                : null;
    }

    /// <summary>Weights samples.</summary>
    /// <param name="problem">What was sampled; a set of inequalities, by volume.</param>
    /// <param name="samples">Samples with their densities [N], N at least 2.</param>
    /// <param name="slacks">Slack of each, [N], such as <see cref="Slacks"/> finds.</param>
    /// <param name="tolerance">Largest slack that counts as on the set, at least 0; the law is uniform on the set that is this much larger.</param>
    /// <param name="logTarget">log p of each sample, [N], up to a constant, such as -E(x); null for p = 1.</param>
    /// <returns>The weights; if no sample has one, they are NaN, and so is all that is made of them.</returns>
    /// <exception cref="LocusException">The problem is none that samples can be weighted for.</exception>
    /// <exception cref="ArgumentException">The samples have no densities, sizes do not fit together, or the tolerance is out of range.</exception>
    public static ImportanceWeights Of(Problem problem, SampleSet samples, double[] slacks, double tolerance = 0, double[]? logTarget = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(slacks);
        if (WhyNot(problem) is { } reason) throw new LocusException(reason);
        var n = samples.Points.Count;
        List<string> wrong = [];
        if (samples.Densities is null) wrong.Add("the samples have no densities; draw them with Sampler.SampleWithDensity");
        if (n < 2) wrong.Add($"there are {n} samples; give at least 2");
        if (slacks.Length != n) wrong.Add($"there are {n} samples and {slacks.Length} slacks");
        if (logTarget is not null && logTarget.Length != n) wrong.Add($"there are {n} samples and {logTarget.Length} values of the target");
        if (!(tolerance >= 0)) wrong.Add($"the tolerance is {tolerance}; give at least 0");
        if (wrong.Count > 0) throw new ArgumentException($"weighting samples of '{problem.Name}': {string.Join("; ", wrong)}");

        var (inside, notNumbers) = (0, 0);
        // NaN and infinity cannot be told from a weight later on: minus infinity stands for weight 0.
        var logs = new double[n];
        for (var i = 0; i < n; i++)
        {
            logs[i] = double.NegativeInfinity;
            if (!(slacks[i] <= tolerance)) continue;
            inside++;
            var log = (logTarget is null ? 0 : logTarget[i]) - samples.Densities!.Log[i];
            if (double.IsNaN(log) || double.IsPositiveInfinity(log)) notNumbers++;
            else logs[i] = log;
        }
        var largest = logs.Max();
        var values = new double[n];
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            values[i] = double.IsNegativeInfinity(logs[i]) ? 0 : ElementaryDouble.Exp(logs[i] - largest);
            if (samples.Densities!.Folds[i] % 2 != 0) values[i] = -values[i];
            sum += values[i];
        }
        // All weights 0, or more of them below 0 than above: there is nothing to scale by.
        for (var i = 0; i < n; i++) values[i] = sum > 0 ? values[i] / sum : double.NaN;
        return new ImportanceWeights(values, largest + ElementaryDouble.Log(sum), inside, notNumbers);
    }

    /// <summary>The average of a function under the law, sum w f, with its standard error by the delta method, sqrt(sum w^2 (f - mean)^2) (Owen, equation 9.9).</summary>
    /// <param name="f">The function at each sample [N]; values where the weight is 0 are not read.</param>
    /// <exception cref="ArgumentException">The number of values is not that of the samples.</exception>
    public (double Mean, double StandardError) Mean(ReadOnlySpan<double> f)
    {
        if (f.Length != Values.Length) throw new ArgumentException($"{f.Length} values for {Values.Length} weights: give one for each sample", nameof(f));
        double mean = 0, squares = 0;
        for (var i = 0; i < f.Length; i++)
            if (Values[i] != 0) mean += Values[i] * f[i];
        for (var i = 0; i < f.Length; i++)
            if (Values[i] != 0) squares += Values[i] * Values[i] * (f[i] - mean) * (f[i] - mean);
        return (mean, Math.Sqrt(squares));
    }

    /// <summary>
    /// Draws samples by their weights, so that all count the same: systematic resampling (Kitagawa 1996), each sample floor(M w) or one more times. Weights
    /// below 0 cannot be drawn and are left out, which may move averages by as much as <see cref="FoldedShare"/>.
    /// </summary>
    /// <param name="count">M, at least 0.</param>
    /// <param name="key">Randomness: one number for all.</param>
    /// <returns>Numbers of samples in rising order, [M].</returns>
    /// <exception cref="InvalidOperationException">No sample has a weight.</exception>
    public int[] Resample(int count, Key key)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        double[] weights = [.. Values.Select(w => Math.Max(w, 0))];
        return weights.Any(w => w > 0) ? Resampling.ByWeight(weights, count, key) : throw new InvalidOperationException("no sample has a weight, so that none can be drawn");
    }
}
