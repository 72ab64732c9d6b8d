using Locus.Engine.Kernels;

namespace Locus.Engine.Networks;

/// <summary>How the learning rate falls from its start to its end.</summary>
public enum LearningRateDecay
{
    /// <summary>It does not.</summary>
    Constant,

    /// <summary>Along a straight line.</summary>
    Linear,

    /// <summary>Along half a cosine (Loshchilov and Hutter 2017, without restarts).</summary>
    Cosine,
}

/// <summary>A learning rate as a function of the step.</summary>
/// <param name="Start">Rate after the warm-up.</param>
/// <param name="End">Rate at the last step; not used by <see cref="LearningRateDecay.Constant"/>.</param>
/// <param name="Decay">The way from one to the other.</param>
/// <param name="WarmupSteps">Steps in which the rate first rises linearly from 0.</param>
public sealed record LearningRate(double Start, double End, LearningRateDecay Decay, long WarmupSteps)
{
    /// <summary>The rate of a step.</summary>
    /// <param name="progress">Share of all steps done, in [0, 1].</param>
    /// <param name="step">Steps done.</param>
    public double At(double progress, long step)
    {
        progress = Math.Clamp(progress, 0, 1);
        var rate = Decay switch
        {
            LearningRateDecay.Linear => Start + (End - Start) * progress,
            LearningRateDecay.Cosine => End + (Start - End) * 0.5 * (1 + ElementaryDouble.Cos(Math.PI * progress)),
            _ => Start,
        };
        return step < WarmupSteps ? rate * (step + 1) / WarmupSteps : rate;
    }
}
