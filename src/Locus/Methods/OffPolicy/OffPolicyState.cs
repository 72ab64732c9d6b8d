using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Flows;
using Locus.Methods.Markov;
using Locus.Problems;
using Locus.Sampling;
using Locus.Training;

namespace Locus.Methods.OffPolicy;

/// <summary>The state of <see cref="OffPolicyTrainer"/>: besides the drift, log Z as it is learned, and the round's losses so far.</summary>
internal sealed class OffPolicyState : TrainingState
{
    private readonly OffPolicyOptions options;

    /// <summary>A state with everything at 0.</summary>
    public OffPolicyState(Problem problem, OffPolicyOptions options)
        : this(problem, options, options.DriftShape(problem))
    {
    }

    private OffPolicyState(Problem problem, OffPolicyOptions options, DriftShape shape)
        : base(problem, shape.ParameterCount, options.Rounds)
    {
        (this.options, Shape, FlowShape) = (options, shape, options.FlowShape(problem));
        if (FlowShape is not null) Flow = new ParameterState(FlowShape.ParameterCount);
        if (options.Replay) Found = new ReplayBuffer("found", options.Anneal ? options.Particles : options.BufferSize, problem.Dimension, problem.ConditionCount, options.Anneal ? ReplayPriority.Even : options.Priority);
        if (options.LocalSearch) Improved = new ReplayBuffer("improved", options.BufferSize, problem.Dimension, problem.ConditionCount, options.Priority == ReplayPriority.Importance ? ReplayPriority.Even : options.Priority);
    }

    /// <summary>The drift.</summary>
    public DriftShape Shape { get; }

    /// <summary>The network of the levels of states; null where none is learned.</summary>
    public DriftShape? FlowShape { get; }

    /// <summary>Its parameters, with their moments.</summary>
    public ParameterState? Flow { get; }

    /// <summary>log Z as trajectory balance learns it, with its moments, [1].</summary>
    public ParameterState LogZ { get; } = new(1);

    /// <summary>Ends of the drift's own paths; null where nothing is replayed.</summary>
    public ReplayBuffer? Found { get; }

    /// <summary>What local search made of them; null without it.</summary>
    public ReplayBuffer? Improved { get; }

    /// <summary>Counts calls of the energy.</summary>
    public CallCounter Calls { get; } = new();

    /// <inheritdoc/>
    public override long? EnergyCalls => Calls.Total;

    /// <summary>Whether particles were annealed, and the network has its coordinates from them.</summary>
    public bool Annealed { get; private set; }

    /// <summary>Takes coordinates that were found.</summary>
    /// <param name="found">The coordinates.</param>
    public void Center(Standardization found) => Standard = found;

    /// <summary>Takes up what was annealed, in the coordinates that are to stay.</summary>
    /// <param name="annealing">Particles at the density.</param>
    public void Take(Annealing annealing)
    {
        var d = Problem.Dimension;
        for (var i = 0; i < annealing.Rewards.Length; i++) Found!.Add(annealing.Positions.Slice(i * d, d), annealing.Rewards[i]);
        Found!.Rank();
        LogZ.Parameters.Span[0] = (float)annealing.LogZ;
        Annealed = true;
    }

    /// <summary>Sum over this round's updates of the mean loss.</summary>
    public double LossSum { get; set; }

    /// <inheritdoc/>
    public override long PlannedUpdates => options.Updates;

    /// <inheritdoc/>
    public override Sampler Sampler => new DriftSampler(Problem, Shape, Weights.Average[..Weights.Count], options.Sampler, Standard);

    /// <inheritdoc/>
    public override void Initialize(Key key)
    {
        Shape.Initialize(key, 0, Weights.Parameters.Span[..Shape.ParameterCount]);
        FlowShape?.Initialize(key.Fold("flow"), 0, Flow!.Parameters.Span[..FlowShape.ParameterCount]);
    }

    /// <inheritdoc/>
    protected override void VisitOwn(IStateFields fields)
    {
        Visit(fields, "logZ", LogZ);
        if (Flow is not null) Visit(fields, "flow", Flow);
        LossSum = fields.Number("lossSum", LossSum);
        Calls.Total = fields.Number("energyCalls", Calls.Total);
        Annealed = fields.Number("annealed", Annealed ? 1 : 0) == 1;
        double[] center = [.. Standard.Center], scale = [.. Standard.Scale];
        fields.Vector<double>("center", center);
        fields.Vector<double>("scale", scale);
        if (Annealed) Standard = Standardization.Of(Problem, center, scale);
        // A training that is done draws from them no more.
        if (Round == Rounds) return;
        Found?.Visit(fields);
        Improved?.Visit(fields);
    }

    private static void Visit(IStateFields fields, string name, ParameterState learned)
    {
        fields.Vector($"{name}.value", learned.Parameters.Span[..learned.Count]);
        fields.Vector($"{name}.firstMoment", learned.FirstMoment.Span[..learned.Count]);
        fields.Vector($"{name}.secondMoment", learned.SecondMoment.Span[..learned.Count]);
        learned.Steps = fields.Number($"{name}.updates", learned.Steps);
    }
}
