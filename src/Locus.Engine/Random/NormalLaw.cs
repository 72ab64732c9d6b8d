using Locus.Engine.Kernels;

namespace Locus.Engine.Random;

/// <summary>The standard normal law.</summary>
public static class NormalLaw
{
    /// <summary>What a standard normal number is below with a given probability.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    public static double Quantile(double probability) => probability < 0.5 ? -Tail(probability) : Tail(1 - probability);

    /// <summary>What a normal number is above with probability p, 0 &lt; p &lt;= 1/2: Hastings' fraction (Abramowitz and Stegun 26.2.23, off by 4.5e-4), and Newton's method twice.</summary>
    private static double Tail(double p)
    {
        const double rootOfHalf = 0.70710678118654752, rootOfTwoPi = 2.5066282746310005;
        var t = Math.Sqrt(-2 * ElementaryDouble.Log(p));
        var x = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        for (var step = 0; step < 2; step++)
            x += (0.5 - 0.5 * ElementaryDouble.Erf(x * rootOfHalf) - p) * rootOfTwoPi * ElementaryDouble.Exp(0.5 * x * x);
        return x;
    }
}
