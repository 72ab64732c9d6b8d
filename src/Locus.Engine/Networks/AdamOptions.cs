namespace Locus.Engine.Networks;

/// <summary>AdamW and the moving average of the parameters.</summary>
/// <param name="Beta1">Decay of the first moment, in [0, 1).</param>
/// <param name="Beta2">Decay of the second moment, in [0, 1).</param>
/// <param name="Epsilon">Added to the root of the second moment, above 0.</param>
/// <param name="WeightDecay">Decoupled weight decay per unit of learning rate, at least 0.</param>
/// <param name="AverageDecay">Decay of the moving average per step, in [0, 1); shorter at the start: min(decay, (1 + step) / (10 + step)).</param>
/// <param name="GradientClip">Largest norm of the gradient; a larger one is scaled down to it; infinity never clips.</param>
public sealed record AdamOptions(
    float Beta1 = 0.9f, float Beta2 = 0.999f, float Epsilon = 1e-8f, float WeightDecay = 0, float AverageDecay = 0.999f, float GradientClip = float.PositiveInfinity);
