namespace Locus.Training;

/// <summary>What a round did; one line of metrics.jsonl.</summary>
/// <param name="Round">Rounds done, 1 to k_max.</param>
/// <param name="Rounds">k_max.</param>
/// <param name="Updates">Gradient steps done in all.</param>
/// <param name="NetworkSamples">Training samples seen in all.</param>
/// <param name="Seconds">Seconds of training in all.</param>
/// <param name="LearningRate">Learning rate at the end of the round.</param>
/// <param name="VelocityLoss">Mean velocity loss of the round, unweighted.</param>
/// <param name="ConstraintLoss">Mean constraint loss of the round, unweighted.</param>
/// <param name="Loss">alpha_vel VelocityLoss + alpha_con ConstraintLoss.</param>
/// <param name="Pool">How the pool for the next round came about.</param>
public sealed record RoundInfo(
    int Round, int Rounds, long Updates, long NetworkSamples, double Seconds, double LearningRate, double VelocityLoss, double ConstraintLoss, double Loss, PoolInfo Pool);

/// <summary>Where training stands between two rounds.</summary>
/// <param name="Fraction">Share of all updates done, 0 to 1.</param>
/// <param name="NetworkSamples">Training samples seen in all.</param>
/// <param name="Loss">Loss of the last update, weighted.</param>
public readonly record struct TrainingProgress(double Fraction, long NetworkSamples, double Loss);

/// <summary>Watches training. The default watches nothing; override what is of interest. Called on the training thread, between steps.</summary>
public class TrainingObserver
{
    /// <summary>After each update; must be quick.</summary>
    /// <param name="progress">Where training stands.</param>
    public virtual void Updated(in TrainingProgress progress)
    {
    }

    /// <summary>After each round, when the pool for the next one is ready.</summary>
    /// <param name="info">What the round did.</param>
    /// <param name="trainer">The trainer, whose sampler and state may be looked at.</param>
    public virtual void RoundEnded(RoundInfo info, Trainer trainer)
    {
    }
}
