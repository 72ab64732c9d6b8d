using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Options;
using Locus.Problems;

namespace Locus.Training;

/// <summary>Over what the squared velocity error of a sample is reduced.</summary>
public enum VelocityLoss
{
    /// <summary>The mean over the coordinates, as a mean-squared-error loss has it.</summary>
    Mean,

    /// <summary>The sum over the coordinates, as the norm in equation (1) has it.</summary>
    Sum,
}

/// <summary>How many noise points CreateDataset adds.</summary>
public enum NoiseCount
{
    /// <summary>gamma n, so that a share gamma of the n points is noise: the paper's prose (section II-B).</summary>
    Share,

    /// <summary>gamma |D| with |D| the model points collected: the paper's pseudocode (line 21).</summary>
    Literal,
}

/// <summary>What fills the round when too few model samples pass the filter within the cap.</summary>
public enum Shortfall
{
    /// <summary>Noise up to n points.</summary>
    Noise,

    /// <summary>Nothing: the round has fewer points.</summary>
    Nothing,
}

/// <summary>
/// Data-free training, Algorithm 1 of Burghoff, Braun and Toussaint 2025. What the paper prints is the default; what it leaves open is an option whose
/// purpose says why its default is what it is.
/// </summary>
public sealed record PaperOptions : FlowTrainingOptions
{
    /// <summary>k_max: rounds of training and rebuilding the pool.</summary>
    [Option("Rounds k_max. 50 as in the paper's two-dimensional figures; 100 for the disks.", Min = 1, Max = 1000000)]
    public int Rounds { get; init; } = 50;

    /// <summary>n: points in the pool of a round.</summary>
    [Option("Points n in the pool of a round. Not printed; 16384 keeps the noise of the pool's law below that of the network.", Min = 64, Max = 100000000)]
    public int PoolSize { get; init; } = 16384;

    /// <summary>Passes over the pool in a round.</summary>
    [Option("Passes over the pool in a round. The paper makes one and does not say how large n is; the number of updates is what counts.", Min = 1, Max = 1000000)]
    public int Passes { get; init; } = 30;

    /// <summary>alpha_vel.</summary>
    [Option("Weight alpha_vel of the velocity loss, the paper's tuned value (3).", Min = 0)]
    public double AlphaVelocity { get; init; } = 1;

    /// <summary>alpha_con.</summary>
    [Option("Weight alpha_con of the constraint loss, the paper's tuned value (3).", Min = 0)]
    public double AlphaConstraint { get; init; } = 1;

    /// <summary>Mean or sum over coordinates in the velocity loss.</summary>
    [Option("Whether the velocity loss is averaged or summed over the coordinates. Equation (1) prints a norm; the mean is taken because with the sum a point of noise is predicted only half way to a linear constraint, with the mean over D coordinates D / (1 + D) of the way.")]
    public VelocityLoss VelocityLoss { get; init; } = VelocityLoss.Mean;

    /// <summary>Smallest 1 - t in the denominators of the losses.</summary>
    [Option("Smallest 1 - t in the denominators of both losses: 0.05, as printed.", Min = 0, Max = 1, Above = true)]
    public double Clip { get; init; } = 0.05;

    /// <summary>gamma_start.</summary>
    [Option("Noise share gamma at the start, the paper's tuned value (3).", Min = 0, Max = 1)]
    public double NoiseStart { get; init; } = 1;

    /// <summary>gamma_end.</summary>
    [Option("Noise share gamma at the end, the paper's tuned value (3).", Min = 0, Max = 1)]
    public double NoiseEnd { get; init; } = 0.25;

    /// <summary>Which of the paper's two contradicting noise counts.</summary>
    [Option("How many noise points a round gets. The prose says a share gamma of all points, the pseudocode gamma times the model points; the prose is taken as meant.")]
    public NoiseCount NoiseCount { get; init; } = NoiseCount.Share;

    /// <summary>s of CreateDataset: largest L_con of a sample that enters the pool.</summary>
    [Option("Filter s: a model sample enters the pool if its L_con (at t = 0: the sum of squared violations) is below this. The paper prints s without a value here and s = 0.001 for the slack in Table I. 0.0001 (slack up to 0.01) keeps the pool tight; less lets the components that are learned first crowd out the others.", Min = 0, Above = true)]
    public double Filter { get; init; } = 1e-4;

    /// <summary>Most samples drawn per point wanted.</summary>
    [Option("At most this many times n samples are drawn to rebuild the pool: 10, as printed.", Min = 1, Max = 10000)]
    public int DrawCap { get; init; } = 10;

    /// <summary>What fills the pool when the cap is reached.</summary>
    [Option("What fills the pool when the cap is reached first. Not printed; noise keeps the number of updates and the exploration.")]
    public Shortfall Shortfall { get; init; } = Shortfall.Noise;

    /// <summary>Steps of the flow when the pool is rebuilt.</summary>
    [Option("Steps of the flow when the pool is rebuilt. Not printed; 50 is enough to tell good samples from bad ones and a quarter of the cost of evaluation.", Min = 1, Max = 100000)]
    public int PoolSteps { get; init; } = 50;

    /// <summary>Whether the pool is drawn from the averaged weights.</summary>
    [Option("Whether the pool is drawn from the averaged weights. Not printed; the average lags a little and is smoother.")]
    public bool PoolFromAverage { get; init; } = true;

    /// <summary>The law of t.</summary>
    [Option("Law of the time t: uniform, as printed. logit-normal is what the paper's source [6] uses.")]
    public TimeLaw TimeLaw { get; init; } = TimeLaw.Uniform;

    /// <inheritdoc/>
    public override string Method => "self-training";

    /// <summary>Between rounds the network is judged with the steps that the pool is rebuilt with.</summary>
    public override SamplerOptions RoundSampler => Sampler with { Steps = PoolSteps };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        List<string> findings = [.. base.Validate()];
        if (AlphaVelocity == 0 && AlphaConstraint == 0) findings.Add("'alphaVelocity' and 'alphaConstraint' are both 0: there is nothing to learn");
        return findings;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Unfit(Problem problem)
    {
        List<string> findings = [.. base.Unfit(problem)];
        if (problem.Energy is not null) findings.Add($"problem '{problem.Name}' has an energy, which this recipe does not follow: it draws from sets, uniformly; take --recipe {(problem.IsUnlimited ? "locus-energy" : "locus")}");
        var rows = problem.Dimension + problem.ConditionCount;
        var numbers = (long)PoolSize * rows;
        if (numbers > Array.MaxLength)
            findings.Add($"'poolSize' makes a pool of {numbers} numbers, more than the {Array.MaxLength} that fit into one array; {Array.MaxLength / rows} points would");
        return findings;
    }

    /// <inheritdoc/>
    public override Trainer Trainer(Problem problem, long seed, Team team, TrainingState? state = null) =>
        new SelfTrainer(problem, this, seed, team, (SelfTrainingState?)state);

    /// <inheritdoc/>
    public override TrainingState NewState(Problem problem) => new SelfTrainingState(problem, this);
}
