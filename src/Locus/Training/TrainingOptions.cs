using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Options;
using Locus.Problems;

namespace Locus.Training;

/// <summary>
/// The options that every method shares: the network and the optimizer. A method derives a record with its own and sets in its
/// constructor what it wants otherwise; from that record come its trainer and its state.
/// </summary>
public abstract record TrainingOptions : IValidated
{
    private const long MostParameters = 100_000_000;

    // Each shard of a batch has a gradient of its own, and all of them lie in one array.
    private const int MostWeights = 100_000_000;

    /// <summary>Points per update.</summary>
    [Option("Points per update, a multiple of 64. Larger batches learn less from the same number of samples.", Min = 64, Max = 1048576)]
    public int Batch { get; init; } = 512;

    /// <summary>Hidden widths.</summary>
    [Option("Widths of the hidden layers. Burghoff, Braun and Toussaint 2025 print four of 128.", Min = 1, Max = 65536)]
    public IReadOnlyList<int> Hidden { get; init; } = [128, 128, 128, 128];

    /// <summary>The function between layers.</summary>
    [Option("Function between the layers. silu is smooth and the cheapest of the smooth ones.")]
    public ActivationKind Activation { get; init; } = ActivationKind.Silu;

    /// <summary>How t enters the network.</summary>
    [Option("How the time enters the network. raw is one more input, fourier and harmonic are several that vary faster with t.")]
    public TimeEmbeddingKind TimeEmbedding { get; init; } = TimeEmbeddingKind.Raw;

    /// <summary>Frequencies of the time embedding.</summary>
    [Option("Frequencies of the fourier and harmonic embeddings; raw has none.", Min = 1, Max = 20, With = "timeEmbedding=fourier|harmonic")]
    public int TimeFrequencies { get; init; } = 8;

    /// <summary>Learning rate after warm-up.</summary>
    [Option("Learning rate at the start, after the warm-up. The reproduction of Burghoff, Braun and Toussaint 2025 was made with 0.002.", Min = 0, Max = 1, Above = true)]
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Learning rate at the end.</summary>
    [Option("Learning rate at the end of the decay.", Min = 0, Max = 1, With = "learningRateDecay=linear|cosine")]
    public double LearningRateEnd { get; init; }

    /// <summary>How the learning rate falls.</summary>
    [Option("How the learning rate falls. Without decay the last updates blur the boundary.")]
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
    [Option("Decoupled weight decay (AdamW). 0 does none: the network is small and its data never repeat.", Min = 0, Max = 10)]
    public double WeightDecay { get; init; }

    /// <summary>Decay of the averaged weights.</summary>
    [Option("Decay per update of the averaged weights, which are the ones delivered.", Min = 0, Max = 0.9999999)]
    public double AverageDecay { get; init; } = 0.999;

    /// <summary>Largest gradient norm.</summary>
    [Option("Largest norm of the gradient; a larger one is scaled down. Infinity does not clip; 1 is a customary value where training diverges.", Min = 0, Above = true)]
    public double GradientClip { get; init; } = double.PositiveInfinity;

    /// <summary>How the trained network is run.</summary>
    public abstract SamplerOptions SamplerOptions { get; }

    /// <summary>How the network is run where it is judged between two rounds: a look that should not cost much.</summary>
    public virtual SamplerOptions RoundSampler => SamplerOptions;

    /// <summary>The name of the method. A checkpoint holds it and is refused by any other.</summary>
    public abstract string Method { get; }

    /// <summary>These options with what suits a problem's kind of set, before anybody's own settings.</summary>
    /// <param name="problem">What is to be sampled.</param>
    public virtual TrainingOptions For(Problem problem) => this;

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> Validate()
    {
        List<string> findings = [.. OptionTable.Findings(this), .. SamplerOptions.Validate()];
        if (Batch % Block.Lanes != 0) findings.Add($"'batch' must be a multiple of {Block.Lanes}, not {Batch}; the nearest is {Math.Max(1, (Batch + Block.Lanes / 2) / Block.Lanes) * Block.Lanes}");
        var weights = Hidden.Zip(Hidden.Skip(1), (inputs, outputs) => (long)inputs * outputs).Sum();
        if (weights > MostWeights) findings.Add($"'hidden' makes a network of {weights} weights; at most {MostWeights} are possible");
        if (LearningRateEnd > LearningRate) findings.Add($"'learningRateEnd' must not be above 'learningRate', but {LearningRateEnd} is above {LearningRate}");
        return findings;
    }

    /// <summary>What these options, which are right in themselves, cannot do with a problem, such as what would not fit into one array: one sentence each.</summary>
    /// <param name="problem">What is to be sampled.</param>
    public virtual IReadOnlyList<string> Unfit(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        int[] sizes = [InputRows(problem), .. Hidden, problem.Dimension];
        var parameters = sizes.Zip(sizes.Skip(1), (from, to) => (from + 1L) * to).Sum();
        return parameters <= MostParameters ? [] : [$"'hidden' makes a network of {parameters} weights, more than the {MostParameters} that can be trained; make the layers narrower"];
    }

    /// <summary>Rows of the network's input.</summary>
    /// <param name="problem">What is to be sampled.</param>
    protected abstract int InputRows(Problem problem);

    /// <summary>A trainer before its first update, or one that goes on from a state.</summary>
    /// <param name="problem">What to sample.</param>
    /// <param name="seed">Decides all randomness.</param>
    /// <param name="team">Workers.</param>
    /// <param name="state">A state from a checkpoint of the same problem, options and seed; null to begin.</param>
    /// <exception cref="LocusException">Options are wrong: all findings in one message.</exception>
    public abstract Trainer Trainer(Problem problem, long seed, Team team, TrainingState? state = null);

    /// <summary>A state with everything at 0, for a checkpoint to be read into.</summary>
    /// <param name="problem">What is sampled.</param>
    public abstract TrainingState NewState(Problem problem);

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
