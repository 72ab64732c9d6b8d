namespace Locus.Engine.Kernels;

/// <summary>The numbers of <see cref="PathKernel.Loss"/> that are the same for all samples.</summary>
/// <param name="Velocity">a, the weight of |x - f|^2.</param>
/// <param name="Constraint">b, the weight of v(f).</param>
/// <param name="Clip">Smallest c, above 0.</param>
public readonly record struct PathLoss(float Velocity, float Constraint, float Clip);
