namespace Locus.Engine.Networks;

/// <summary>The function between the layers.</summary>
public enum ActivationKind
{
    /// <summary>x sigma(x) (Elfwing et al. 2018).</summary>
    Silu,

    /// <summary>x Phi(x), Phi the normal distribution function, by the error function (Hendrycks and Gimpel 2016), not the tanh approximation.</summary>
    Gelu,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>tanh x.</summary>
    Tanh,
}
