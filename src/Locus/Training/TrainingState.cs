using Locus.Engine.Networks;

namespace Locus.Training;

/// <summary>All that training needs to go on after a step as if it had never stopped: what a checkpoint holds.</summary>
public sealed class TrainingState
{
    /// <summary>A state before the first step.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="options">The options; they give the pool its capacity.</param>
    public TrainingState(MlpShape shape, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(options);
        Weights = new ParameterState(shape.ParameterCount);
        Pool = new TrainingPool(shape.Dimension + shape.Conditions, options.PoolSize);
    }

    /// <summary>Parameters, their average and Adam's moments.</summary>
    public ParameterState Weights { get; }

    /// <summary>The points of this round.</summary>
    public TrainingPool Pool { get; }

    /// <summary>Rounds done.</summary>
    public int Round { get; set; }

    /// <summary>Passes done in this round.</summary>
    public int Pass { get; set; }

    /// <summary>Updates done in this pass.</summary>
    public int Update { get; set; }

    /// <summary>Training samples seen so far: forward and backward passes of the network.</summary>
    public long NetworkSamples { get; set; }

    /// <summary>Seconds spent so far, over all runs that led here.</summary>
    public double Seconds { get; set; }

    /// <summary>Sum over this round's updates of the mean velocity loss.</summary>
    public double VelocityLossSum { get; set; }

    /// <summary>Sum over this round's updates of the mean constraint loss.</summary>
    public double ConstraintLossSum { get; set; }

    /// <summary>Updates in this round.</summary>
    public int RoundUpdates { get; set; }
}
