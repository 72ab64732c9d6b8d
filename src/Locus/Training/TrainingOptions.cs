using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Flows;
using Locus.Options;

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

/// <summary>The law of the time t in training.</summary>
public enum TimeLaw
{
    /// <summary>Uniform on [0, 1].</summary>
    Uniform,

    /// <summary>The logistic function of a normal with mean -0.8 and deviation 0.8, with a tenth drawn uniformly (Li and He 2025 without the tenth).</summary>
    LogitNormal,
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
/// Data-free training, Algorithm 1 of Burghoff, Braun and Toussaint 2025 (arXiv number in the documentation). What the paper prints is the default; what it
/// leaves open is an option whose purpose says why its default is what it is.
/// </summary>
public sealed record TrainingOptions : IValidated
{
    // Each shard of a batch has a gradient of its own, and all of them lie in one array.
    private const int MostWeights = 100_000_000;

    /// <summary>k_max: rounds of training and rebuilding the pool.</summary>
    [Option("Rounds k_max. 50 as in the paper's two-dimensional figures; 100 for the disks.", Min = 1, Max = 1000000)]
    public int Rounds { get; init; } = 50;

    /// <summary>n: points in the pool of a round.</summary>
    [Option("Points n in the pool of a round. Not printed; 16384 keeps the noise of the pool's law below that of the network.", Min = 64, Max = 100000000)]
    public int PoolSize { get; init; } = 16384;

    /// <summary>Passes over the pool in a round.</summary>
    [Option("Passes over the pool in a round. The paper makes one and does not say how large n is; the number of updates is what counts.", Min = 1, Max = 1000000)]
    public int Passes { get; init; } = 30;

    /// <summary>Points per update.</summary>
    [Option("Points per update, a multiple of 64. Not printed; larger batches learn less from the same number of samples.", Min = 64, Max = 1048576)]
    public int Batch { get; init; } = 512;

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

    /// <summary>Hidden widths.</summary>
    [Option("Widths of the hidden layers: four of 128, as printed.", Min = 1, Max = 65536)]
    public IReadOnlyList<int> Hidden { get; init; } = [128, 128, 128, 128];

    /// <summary>The function between layers.</summary>
    [Option("Function between the layers. Not printed; silu is smooth and the cheapest of the smooth ones.")]
    public ActivationKind Activation { get; init; } = ActivationKind.Silu;

    /// <summary>How t enters the network.</summary>
    [Option("How the time enters the network. Not printed; raw is one more input and enough for these sets.")]
    public TimeEmbeddingKind TimeEmbedding { get; init; } = TimeEmbeddingKind.Raw;

    /// <summary>Frequencies of the time embedding.</summary>
    [Option("Frequencies of the fourier and harmonic embeddings; raw has none.", Min = 1, Max = 20)]
    public int TimeFrequencies { get; init; } = 8;

    /// <summary>Whether the network's output is added to z.</summary>
    [Option("Whether the network predicts x - z instead of x. The paper predicts x, and so does the default; on the spiral the residual form had the smaller slack in the reproduction.")]
    public bool Residual { get; init; }

    /// <summary>Scale of the output layer's initial weights.</summary>
    [Option("Scale of the output layer's first weights. Not printed; 1 is the customary uniform law in +-1/sqrt(inputs), 0 starts from a constant.", Min = 0, Max = 10)]
    public double OutputScale { get; init; } = 1;

    /// <summary>Learning rate after warm-up.</summary>
    [Option("Learning rate at the start. Not printed; 0.002 is what the runs of the reproduction were made with.", Min = 0, Max = 1, Above = true)]
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Learning rate at the end.</summary>
    [Option("Learning rate at the end of the decay.", Min = 0, Max = 1)]
    public double LearningRateEnd { get; init; }

    /// <summary>How the learning rate falls.</summary>
    [Option("How the learning rate falls. Not printed; without decay the last updates blur the boundary.")]
    public LearningRateDecay LearningRateDecay { get; init; } = LearningRateDecay.Cosine;

    /// <summary>Updates of warm-up.</summary>
    [Option("Updates in which the learning rate first rises from 0.", Min = 0, Max = 1000000000)]
    public int WarmupSteps { get; init; }

    /// <summary>Adam's beta 1.</summary>
    [Option("Decay of Adam's first moment, the customary value.", Min = 0, Max = 0.999999)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's beta 2.</summary>
    [Option("Decay of Adam's second moment, the customary value.", Min = 0, Max = 0.9999999)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Decoupled weight decay.</summary>
    [Option("Decoupled weight decay (AdamW). 0: the network is small and its data never repeat.", Min = 0, Max = 10)]
    public double WeightDecay { get; init; }

    /// <summary>Decay of the averaged weights.</summary>
    [Option("Decay per update of the averaged weights, which are the ones delivered.", Min = 0, Max = 0.9999999)]
    public double AverageDecay { get; init; } = 0.999;

    /// <summary>Largest gradient norm.</summary>
    [Option("Largest norm of the gradient; a larger one is scaled down. Infinity: not clipped, as nothing in the paper suggests it.", Min = 0, Above = true)]
    public double GradientClip { get; init; } = double.PositiveInfinity;

    /// <summary>How the trained network is run.</summary>
    [Option("How the trained network is run.")]
    public FlowOptions Sampler { get; init; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate()
    {
        var findings = OptionTable.Findings(this).ToList();
        if (Batch % Block.Lanes != 0) findings.Add($"'batch' must be a multiple of {Block.Lanes}, not {Batch}; the nearest is {Math.Max(1, (Batch + Block.Lanes / 2) / Block.Lanes) * Block.Lanes}");
        var weights = Hidden.Zip(Hidden.Skip(1), (inputs, outputs) => (long)inputs * outputs).Sum();
        if (weights > MostWeights) findings.Add($"'hidden' makes a network of {weights} weights; at most {MostWeights} are possible");
        if (LearningRateEnd > LearningRate) findings.Add($"'learningRateEnd' must not be above 'learningRate', but {LearningRateEnd} is above {LearningRate}");
        if (AlphaVelocity == 0 && AlphaConstraint == 0) findings.Add("'alphaVelocity' and 'alphaConstraint' are both 0: there is nothing to learn");
        return findings;
    }

    /// <summary>The network for a problem of D coordinates and C conditions.</summary>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">C.</param>
    public MlpShape Shape(int dimension, int conditions) =>
        new(dimension, conditions, Hidden, Activation, new TimeEmbedding(TimeEmbedding, TimeFrequencies), Residual);

    /// <summary>The optimizer's numbers.</summary>
    internal AdamOptions Adam() => new()
    {
        Beta1 = (float)Beta1,
        Beta2 = (float)Beta2,
        WeightDecay = (float)WeightDecay,
        AverageDecay = (float)AverageDecay,
        GradientClip = (float)GradientClip,
    };

    /// <summary>The learning rate over the steps.</summary>
    internal LearningRate Rate() => new(LearningRate, LearningRateEnd, LearningRateDecay, WarmupSteps);
}
