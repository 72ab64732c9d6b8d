namespace Locus.Methods.Markov;

/// <summary>The law R(x)^b N(x; 0, v I)^(1 - b), up to its norm: the normal law for b = 0, the density itself for b = 1. It can be normalised for every b, however slowly R falls off.</summary>
/// <param name="Power">b, 0 to 1.</param>
/// <param name="Variance">v, above 0.</param>
internal readonly record struct TemperedLaw(double Power, double Variance)
{
    /// <summary>The density itself.</summary>
    public static TemperedLaw Target { get; } = new(1, 1);

    /// <summary>How strongly the normal law pulls to 0: the score is b s(x) - Pull x, s that of R.</summary>
    public double Pull => (1 - Power) / Variance;
}
