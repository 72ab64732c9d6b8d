namespace Locus.Diagnostics;

/// <summary>How samples were drawn from a trained network.</summary>
/// <param name="Method">Integrator: euler, heun, euler-maruyama.</param>
/// <param name="Steps">Integration steps, K.</param>
/// <param name="NetworkEvaluations">Evaluations of the network for one sample.</param>
public sealed record SamplerFacts(string Method, int Steps, int NetworkEvaluations);
