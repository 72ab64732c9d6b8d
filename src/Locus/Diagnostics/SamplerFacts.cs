using Locus.Sampling;

namespace Locus.Diagnostics;

/// <summary>How samples were drawn from a trained network.</summary>
/// <param name="Method">Integrator of a flow: euler, heun, euler-maruyama; or the process that a drift bends: brownian, variance-preserving.</param>
/// <param name="Steps">Integration steps, K.</param>
/// <param name="NetworkEvaluations">Evaluations of the network for one sample.</param>
/// <param name="GridPower">Power p of the time grid, 1 for steps of one size; null where it was not written down.</param>
/// <param name="Clip">Smallest 1 - t in the velocity's denominator; null where it was not written down.</param>
/// <param name="Guided">Whether a step toward the set by the constraints themselves is part of the network; null where it was not written down.</param>
public sealed record SamplerFacts(string Method, int Steps, int NetworkEvaluations, double? GridPower = null, double? Clip = null, bool? Guided = null)
{
    /// <summary>Calls of the energy for one sample; null for a flow.</summary>
    public long? EnergyCalls { get; init; }

    /// <summary>The facts about a sampler.</summary>
    /// <param name="sampler">The sampler.</param>
    public static SamplerFacts Of(Sampler sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        var options = sampler.Options;
        var facts = new SamplerFacts(options.MethodName, options.Steps, options.NetworkEvaluations);
        return sampler switch
        {
            FlowSampler flow => facts with { GridPower = flow.Flow.GridPower, Clip = flow.Flow.Clip, Guided = flow.Guided },
            DriftSampler drift => facts with { GridPower = drift.Diffusion.GridPower, EnergyCalls = drift.EnergyCalls },
            _ => facts,
        };
    }
}
