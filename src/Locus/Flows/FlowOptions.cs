using Locus.Options;

namespace Locus.Flows;

/// <summary>How the path from noise to a sample is integrated.</summary>
public enum FlowMethod
{
    /// <summary>Euler on the flow ODE: one network evaluation a step.</summary>
    Euler,

    /// <summary>Heun on the flow ODE, the last step Euler: two evaluations a step, one in the last.</summary>
    Heun,

    /// <summary>Euler-Maruyama on an SDE with the same marginals; the last step goes to the mean.</summary>
    EulerMaruyama,
}

/// <summary>The diffusion w(t) of the SDE, with strength lambda.</summary>
public enum FlowNoise
{
    /// <summary>w = lambda (1 - t): vanishes at the set (the "sigma" form of SiT, Ma et al. 2024).</summary>
    Sigma,

    /// <summary>w = 2 lambda (1 - t) / t, at most 10 lambda: the variance-preserving choice.</summary>
    VariancePreserving,

    /// <summary>w = lambda.</summary>
    Constant,
}

/// <summary>How a trained network is run: method, steps, and the noise of the stochastic method.</summary>
public sealed record FlowOptions : SamplerOptions
{
    /// <summary>The integrator.</summary>
    [Option("Integrator. Euler lands tightest on the set; Burghoff, Braun and Toussaint 2025 evaluate with it.")]
    public FlowMethod Method { get; init; } = FlowMethod.Euler;

    /// <summary>Steps K from noise to sample.</summary>
    [Option("Steps from noise to sample. Each step near t = 1 takes off a share of the remaining slack; the reproduction of Burghoff, Braun and Toussaint 2025 was measured with 200.", Min = 1, Max = 100000)]
    public override int Steps { get; init; } = 200;

    /// <summary>Power p of the time grid t_i = 1 - (1 - i/K)^p.</summary>
    [Option("Power p of the time grid t_i = 1 - (1 - i/K)^p. With p = 2 the last of 200 steps begins at 1 - t = 2.5e-5, with the uniform grid (p = 1) at 5e-3, which leaves a visible rest of the slack.", Min = 0, Max = 10, Above = true)]
    public double GridPower { get; init; } = 2;

    /// <summary>Smallest 1 - t in the velocity while sampling.</summary>
    [Option("Smallest 1 - t in the velocity's denominator while sampling. 0 does not clip: with more than 20 steps a clip of 0.05 would stop short of the set.", Min = 0, Max = 1)]
    public double Clip { get; init; }

    /// <summary>Shape of the noise of the stochastic method.</summary>
    [Option("Noise schedule of euler-maruyama. sigma vanishes at the set and disturbs it least.", With = "method=euler-maruyama")]
    public FlowNoise Noise { get; init; } = FlowNoise.Sigma;

    /// <summary>Strength lambda of the noise.</summary>
    [Option("Strength of that noise; 0 is the ODE.", Min = 0, With = "method=euler-maruyama")]
    public double NoiseStrength { get; init; } = 1;

    /// <summary>Time after which the stochastic method adds no more noise.</summary>
    [Option("Time after which euler-maruyama adds no noise and only moves on: 0.96 as in SiT, so that the last steps settle on the set.", Min = 0, Max = 1, With = "method=euler-maruyama")]
    public double NoiseEnd { get; init; } = 0.96;

    /// <inheritdoc/>
    public override string MethodName => OptionTable.Text(Method);

    /// <inheritdoc/>
    public override int NetworkEvaluations => Method == FlowMethod.Heun ? 2 * Steps - 1 : Steps;

    /// <summary>The time at the start of step <paramref name="i"/>, 0 to 1.</summary>
    /// <param name="i">0 to Steps; Steps gives 1.</param>
    public double Time(int i) => 1 - Left(i);

    /// <summary>What is left until t = 1 at the start of step <paramref name="i"/>: (1 - i/K)^p, exact where 1 - t would have lost its digits.</summary>
    /// <param name="i">0 to Steps; Steps gives 0.</param>
    internal double Left(int i) => TimeGrid.Left(i, Steps, GridPower);

    /// <summary>The diffusion w at time t.</summary>
    /// <param name="t">Time in [0, 1].</param>
    public double Diffusion(double t) => t > NoiseEnd ? 0 : Noise switch
    {
        FlowNoise.VariancePreserving => NoiseStrength * Math.Min(10, 2 * (1 - t) / Math.Max(t, 1e-9)),
        FlowNoise.Constant => NoiseStrength,
        _ => NoiseStrength * (1 - t),
    };
}
