using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;
using Locus.Sampling;
using Locus.Training;

namespace Locus.Diagnostics.Speed;

/// <summary>Draws from an untrained network, for measuring the speed of sampling as a caller of <see cref="Sampler.Sample"/> sees it: memory for the samples included.</summary>
public sealed class SamplingWorkload
{
    private readonly FlowSampler sampler;
    private readonly Team team;
    private readonly Key key = Key.Seed(1).Fold("speed");
    private readonly int count;
    private ulong call;

    /// <summary>Draws of a number of samples.</summary>
    /// <param name="problem">What is sampled.</param>
    /// <param name="options">The network.</param>
    /// <param name="flow">Method and steps.</param>
    /// <param name="count">Samples of one call, N.</param>
    /// <param name="team">Workers.</param>
    public SamplingWorkload(Problem problem, FlowTrainingOptions options, FlowOptions flow, int count, Team team)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        this.count = count;
        this.team = team;
        var shape = options.Shape(problem.Dimension, problem.ConditionCount);
        var parameters = new float[shape.ParameterCount];
        Mlp.Initialize(shape, Key.Seed(1).Fold("weights"), (float)options.OutputScale, parameters);
        sampler = new FlowSampler(problem, shape, parameters, flow);
    }

    /// <summary>Operations that the samples of one call need: lanes of a block that nobody asked for do not count.</summary>
    public double Flops => (double)count * sampler.Flow.NetworkEvaluations * sampler.Shape.FlopsPerSample;

    /// <summary>The samples of the last call.</summary>
    public SampleSet? Samples { get; private set; }

    /// <summary>Draws N samples, other ones in each call.</summary>
    public void Run() => Samples = sampler.Sample(count, key.Fold(call++), team);
}
