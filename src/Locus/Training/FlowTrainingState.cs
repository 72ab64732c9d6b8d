using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Problems;
using Locus.Sampling;

namespace Locus.Training;

/// <summary>The state of methods whose network predicts the end of a flow from noise.</summary>
public abstract class FlowTrainingState : TrainingState
{
    private readonly FlowTrainingOptions options;

    /// <summary>A state with everything at 0.</summary>
    /// <param name="problem">What is sampled.</param>
    /// <param name="options">The options; they say what the network is.</param>
    /// <param name="rounds">Rounds of the whole training.</param>
    protected FlowTrainingState(Problem problem, FlowTrainingOptions options, int rounds)
        : this(problem, options, ShapeOf(problem, options), rounds)
    {
    }

    private FlowTrainingState(Problem problem, FlowTrainingOptions options, MlpShape shape, int rounds)
        : base(problem, shape.ParameterCount, rounds) => (this.options, Shape) = (options, shape);

    /// <summary>The network.</summary>
    public MlpShape Shape { get; }

    /// <inheritdoc/>
    public override Sampler Sampler => new FlowSampler(Problem, Shape, Weights.Average[..Weights.Count], options.Sampler, Standard, options.IsGuided(Problem));

    /// <inheritdoc/>
    public override void Initialize(Key key) => Mlp.Initialize(Shape, key, (float)options.OutputScale, Weights.Parameters.Span);

    private static MlpShape ShapeOf(Problem problem, FlowTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        return options.Shape(problem.Dimension, problem.ConditionCount);
    }
}
