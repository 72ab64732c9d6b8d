using Locus.Engine.Kernels;

namespace Locus.Training;

/// <summary>How far the power b of a law exp(-b E) may rise at once, so that points of the law before are good enough for the one after.</summary>
internal static class TemperatureRise
{
    private const double EffectiveShare = 0.8;

    // Bisection of b to about one in 2^30.
    private const int Halvings = 30;

    /// <summary>The largest rise that leaves the weights exp(rise * log) an effective share of 0.8.</summary>
    /// <param name="logs">-E of each point, or what the density gains by a rise of 1; minus infinity for points that cannot go on.</param>
    /// <param name="most">The largest rise that is wanted.</param>
    public static double Of(double[] logs, double most)
    {
        var (low, high, largest) = (0.0, most, logs.Max());
        if (Share(high) >= EffectiveShare) return high;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (Share(middle) >= EffectiveShare) low = middle;
            else high = middle;
        }
        // Where even the least rise leaves fewer, some particles have no density at all: they are left behind.
        return low > 0 ? low : high;

        double Share(double rise)
        {
            double sum = 0, squares = 0;
            foreach (var log in logs)
            {
                var w = ElementaryDouble.Exp(rise * (log - largest));
                sum += w;
                squares += w * w;
            }
            return sum * sum / (squares * logs.Length);
        }
    }
}
