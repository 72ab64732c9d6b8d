namespace Locus.Engine.Kernels;

/// <summary>The numbers of one step x' = a x + g u + s e of a diffusion with drift u and noise e, which are the same for all samples.</summary>
/// <param name="Keep">a, what is left of x without a drift.</param>
/// <param name="Gain">g, the step's length for the drift.</param>
/// <param name="Variance">Variance s^2 of the step's noise in each coordinate, above 0.</param>
public readonly record struct DriftStep(float Keep, float Gain, float Variance);
