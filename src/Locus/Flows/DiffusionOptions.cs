using System.Globalization;
using Locus.Options;

namespace Locus.Flows;

/// <summary>Which process leads from the start to a sample where the drift is 0.</summary>
public enum DiffusionKind
{
    /// <summary>Brownian motion from 0.</summary>
    Brownian,

    /// <summary>The stationary Ornstein-Uhlenbeck process, from a normal start.</summary>
    VariancePreserving,
}

/// <summary>How a trained drift is run: the process that it bends, and the grid of its steps.</summary>
public sealed record DiffusionOptions : SamplerOptions
{
    /// <summary>The process without drift.</summary>
    [Option("Process that the drift bends: brownian begins at 0, variance-preserving at normal noise. Sendera et al. 2024 train with the first and find the second no better.", Trained = true)]
    public DiffusionKind Process { get; init; } = DiffusionKind.Brownian;

    /// <summary>Steps T from start to sample.</summary>
    [Option("Steps from start to sample, each an evaluation of the network. Sendera et al. 2024 take 100.", Min = 1, Max = 10000)]
    public override int Steps { get; init; } = 100;

    /// <summary>Variance of the process without drift at its end.</summary>
    [Option("Variance of each coordinate at the end of the process without drift, in the network's coordinates: the samples must lie within its reach. Sendera et al. 2024 take 5 for gmm-25 and 1 for funnel and many-well. locus-energy has coordinates of deviation 1; where tails are heavy, as those of the funnel, 4 reaches farther.", Min = 0, Above = true, Trained = true)]
    public double Variance { get; init; } = 5;

    /// <summary>Power p of the time grid t_i = 1 - (1 - i/T)^p.</summary>
    [Option("Power p of the time grid t_i = 1 - (1 - i/T)^p. 1 is the published one; above it the last steps are shorter, and their noise blurs less.", Min = 1, Max = 10)]
    public double GridPower { get; init; } = 1;

    /// <summary>Rate at the end of the variance-preserving process.</summary>
    [Option("Rate b of the variance-preserving process at its end, where the samples are. Published: 0.01.", Min = 0, Above = true, With = "process=variance-preserving", Trained = true)]
    public double RateFirst { get; init; } = 0.01;

    /// <summary>Rate at its start.</summary>
    [Option("Rate b of the variance-preserving process at its start. Published: 4.", Min = 0, Above = true, With = "process=variance-preserving", Trained = true)]
    public double RateLast { get; init; } = 4;

    /// <summary>Largest logarithm of the factor of a learned variance.</summary>
    [Option("Largest logarithm, in size, of the factor by which a learned variance differs from that of the process without drift. Sendera et al. 2024 take 4.", Min = 0, Max = 20, Above = true, With = "learnVariance", Trained = true)]
    public double VarianceRange { get; init; } = 4;

    /// <summary>Largest change of the way back.</summary>
    [Option("Largest change, as a share, that a learned way back makes to the pull toward the start and to the noise of each of its steps. Sendera et al. 2024 take 0.1.", Min = 0, Max = 0.99, Above = true, With = "learnBack", Trained = true)]
    public double BackRange { get; init; } = 0.1;

    /// <summary>Largest entry of the score.</summary>
    [Option("Largest entry, in size, of the score of which the drift takes a part. Sendera et al. 2024 cut it at 100.", Min = 0, Above = true, With = "langevin", Trained = true)]
    public double ScoreLimit { get; init; } = 100;

    /// <summary>Whether the network gives the drift in deviations of the noise.</summary>
    [Option("Whether the network gives the drift in deviations of the noise that is left, for the time that is left: then its outputs are of the same size at all times, and steps may be as short as they like. Sendera et al. 2024 give it by time.", Trained = true)]
    public bool NoiseUnits { get; init; }

    /// <summary>Largest entry of the drift.</summary>
    [Option("Largest entry of the drift, in size, in the unit that noiseUnits says: beyond it is cut, so that no path runs away. Sendera et al. 2024 cut the network's output at 10000.", Min = 0, Above = true, Trained = true)]
    public double Limit { get; init; } = 10_000;

    /// <inheritdoc/>
    public override string MethodName => OptionTable.Text(Process);

    /// <summary>The least share of the time that a step may have: its noise, of the deviation sqrt(1e-9) of the whole, is told in single precision to a thousandth.</summary>
    private const double ShortestStep = 1e-9;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => TimeGrid.Left(Steps - 1, Steps, GridPower) is var last and < ShortestStep
        ? [string.Create(CultureInfo.InvariantCulture, $"'gridPower' {GridPower} leaves {last:0.0E0} of the time to the last of {Steps} steps, and single precision needs {ShortestStep:0E0}; take a smaller power, or fewer steps")]
        : [];

    /// <summary>The process on its grid.</summary>
    public ReferenceProcess Reference() => Reference(Grid());

    /// <summary>The process on a grid.</summary>
    /// <param name="grid">Times from 0 to 1, rising, [T + 1].</param>
    /// <exception cref="ArgumentException">The grid does not rise from 0 to 1.</exception>
    public ReferenceProcess Reference(double[] grid) =>
        Process == DiffusionKind.Brownian ? ReferenceProcess.Brownian(Variance, grid) : ReferenceProcess.VariancePreserving(Variance, RateFirst, RateLast, grid);

    /// <summary>Times of the steps' ends, [T + 1].</summary>
    public double[] Grid() => [.. Enumerable.Range(0, Steps + 1).Select(i => 1 - TimeGrid.Left(i, Steps, GridPower))];
}
