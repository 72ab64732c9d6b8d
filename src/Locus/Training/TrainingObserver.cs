namespace Locus.Training;

/// <summary>Where training stands between two rounds.</summary>
/// <param name="Fraction">Share of all updates done, 0 to 1.</param>
/// <param name="NetworkSamples">Training samples seen in all.</param>
/// <param name="Loss">Loss of the last update, weighted.</param>
public readonly record struct TrainingProgress(double Fraction, long NetworkSamples, double Loss);

/// <summary>Watches training. The default watches nothing; override what is of interest. Called on the training thread, between steps.</summary>
public class TrainingObserver
{
    /// <summary>Now and then before the first update, by methods that look at the set before they train; must be quick.</summary>
    /// <param name="what">What is being done, in a few words: "exploring the set".</param>
    /// <param name="fraction">How much of it is done, 0 to 1.</param>
    public virtual void Exploring(string what, double fraction)
    {
    }

    /// <summary>Once, before the first update, by methods that draw points of the set to learn from.</summary>
    /// <param name="facts">How they were drawn, and what to know about it.</param>
    public virtual void Explored(ExplorationFacts facts)
    {
    }

    /// <summary>After each update; must be quick.</summary>
    /// <param name="progress">Where training stands.</param>
    public virtual void Updated(in TrainingProgress progress)
    {
    }

    /// <summary>After each round, when all is ready for the next one.</summary>
    /// <param name="info">What the round did.</param>
    /// <param name="trainer">The trainer, whose sampler and state may be looked at.</param>
    public virtual void RoundEnded(RoundInfo info, Trainer trainer)
    {
    }
}
