using Locus.Engine.Networks;
using Locus.Flows;
using Locus.Options;
using Locus.Problems;

namespace Locus.Training;

/// <summary>The options of methods whose network predicts the end of a flow from noise.</summary>
public abstract record FlowTrainingOptions : TrainingOptions
{
    private const int MostEmbedded = 8;

    /// <summary>Frequencies of the position's features.</summary>
    [Option("Octaves of the position that the network sees besides it: sin and cos of 2^k pi/2 z. 0 for none. With two a curve is fitted several times closer. Above eight coordinates there are none: the input would grow wide.", Min = 0, Max = 10)]
    public int PositionFrequencies { get; init; }

    /// <summary>Whether the network's output is added to z.</summary>
    [Option("Whether the network predicts x - z instead of x. Burghoff, Braun and Toussaint 2025 predict x; in the reproduction of their spiral the residual form had the smaller slack.")]
    public bool Residual { get; init; }

    /// <summary>Scale of the output layer's initial weights.</summary>
    [Option("Scale of the output layer's first weights. 1 is the customary uniform law in +-1/sqrt(inputs), 0 starts from a constant.", Min = 0, Max = 10)]
    public double OutputScale { get; init; } = 1;

    /// <summary>How the trained network is run.</summary>
    [Option("How the trained network is run.")]
    public FlowOptions Sampler { get; init; } = new();

    /// <inheritdoc/>
    public override SamplerOptions SamplerOptions => Sampler;

    /// <summary>Whether a step toward the set is part of the network, see <see cref="Guide"/>.</summary>
    /// <param name="problem">What is sampled.</param>
    public virtual bool IsGuided(Problem problem) => false;

    /// <summary>The network for a problem of D coordinates and C conditions.</summary>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">C.</param>
    public MlpShape Shape(int dimension, int conditions) =>
        new(dimension, conditions, Hidden, Activation, new TimeEmbedding(TimeEmbedding, TimeFrequencies), Residual,
            new PositionEmbedding(dimension <= MostEmbedded ? PositionFrequencies : 0));

    /// <inheritdoc/>
    protected override int InputRows(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        // A network of one narrow layer has the same inputs.
        return (this with { Hidden = [1] }).Shape(problem.Dimension, problem.ConditionCount).InputRows;
    }
}
