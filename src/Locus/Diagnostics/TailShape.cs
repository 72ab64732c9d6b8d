using Locus.Engine.Kernels;

namespace Locus.Diagnostics;

/// <summary>
/// How heavy the tail of importance weights is: the shape k of the generalised Pareto law fitted to the largest of them. Weights have about 1 / k moments:
/// from k = 0.5 on no finite variance, and above 0.7 a few samples to come may move averages by more than their errors say (Vehtari et al. 2024, "Pareto
/// smoothed importance sampling"). The fit is that of Zhang and Stephens 2009, drawn toward 0.5 by ten observations' worth as in the former.
/// </summary>
internal static class TailShape
{
    private const int LeastInTail = 20;

    /// <summary>k of the largest min(n / 5, 3 sqrt n) of the n weights above 0; NaN if those are fewer than 20, or too many of them the same.</summary>
    /// <param name="weights">Weights on any scale, in any order.</param>
    public static double Of(ReadOnlySpan<double> weights)
    {
        List<double> sorted = new(weights.Length);
        foreach (var weight in weights)
            if (weight > 0) sorted.Add(weight);
        sorted.Sort();
        var count = (int)Math.Min(sorted.Count / 5.0, 3 * Math.Sqrt(sorted.Count));
        if (count < LeastInTail) return double.NaN;
        // Measured by the largest, so that no scale leaves the range of numbers.
        double start = sorted[^(count + 1)], scale = sorted[^1] - start;
        if (!(scale > 0)) return double.NaN;
        double[] excess = [.. sorted.TakeLast(count).Select(weight => (weight - start) / scale)];
        var quartile = excess[(int)(count / 4.0 + 0.5) - 1];
        return quartile > 0 ? (count * Shape(excess, quartile) + 5) / (count + 10) : double.NaN;
    }

    /// <summary>The shape of the law with density (1 + k x / s)^(-1 / k - 1) / s, with b = -k / s averaged over its profile likelihood on a grid.</summary>
    /// <param name="x">Excesses in rising order, at least 0, the last one 1.</param>
    /// <param name="quartile">A quarter of them are at most this, above 0.</param>
    private static double Shape(double[] x, double quartile)
    {
        var points = 30 + (int)Math.Sqrt(x.Length);
        double[] b = new double[points], likelihood = new double[points];
        for (var j = 0; j < points; j++)
        {
            b[j] = 1 + (1 - Math.Sqrt(points / (j + 0.5))) / (3 * quartile);
            var k = MeanLog(x, b[j]);
            likelihood[j] = x.Length * (ElementaryDouble.Log(-b[j] / k) - k - 1);
        }
        var best = likelihood.Max();
        double sum = 0, weighted = 0;
        for (var j = 0; j < points; j++)
        {
            var share = ElementaryDouble.Exp(likelihood[j] - best);
            sum += share;
            weighted += share * b[j];
        }
        return MeanLog(x, weighted / sum);
    }

    /// <summary>The mean of log(1 - b x).</summary>
    private static double MeanLog(double[] x, double b)
    {
        var sum = 0.0;
        foreach (var value in x) sum += ElementaryDouble.Log(1 - b * value);
        return sum / x.Length;
    }
}
