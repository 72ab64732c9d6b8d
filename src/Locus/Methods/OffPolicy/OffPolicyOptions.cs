using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Networks;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Options;
using Locus.Problems;
using Locus.Training;

namespace Locus.Methods.OffPolicy;

/// <summary>How local search goes on from points of the buffer.</summary>
public enum SearchKind
{
    /// <summary>Langevin chains, a batch of them (Sendera et al. 2024, section 3.2).</summary>
    Langevin,

    /// <summary>Parallel tempering, whose chains come to other parts of the density.</summary>
    Tempering,

    /// <summary>Particles annealed to the density, which need no points of the buffer.</summary>
    Annealing,
}

/// <summary>Diffusion samplers trained off-policy for an energy (Sendera et al. 2024): a drift bends a diffusion so that its ends have the density exp(-E) / Z.</summary>
public sealed record OffPolicyOptions : TrainingOptions
{
    /// <summary>The published values: a trunk of 64, 64, 64 with GELU, Adam at 0.001 without decay, no average of the weights, batches of 300, here 320.</summary>
    public OffPolicyOptions()
    {
        (Batch, Hidden, Activation) = (320, [64, 64, 64], ActivationKind.Gelu);
        (TimeEmbedding, TimeFrequencies) = (TimeEmbeddingKind.Harmonic, 16);
        (LearningRate, LearningRateDecay, AverageDecay) = (1e-3, LearningRateDecay.Constant, 0);
    }

    /// <summary>What an update minimises.</summary>
    [Option("What an update on the drift's own paths minimises. trajectory-balance learns log Z beside the drift; var-grad takes the mean of the batch for it.")]
    public PathLossKind Loss { get; init; } = PathLossKind.TrajectoryBalance;

    /// <summary>Gradient steps.</summary>
    [Option("Gradient steps in all. Sendera et al. 2024 make 25000.", Min = 1, Max = 1000000000)]
    public int Updates { get; init; } = 25_000;

    /// <summary>Rounds, after each of which metrics are written.</summary>
    [Option("Rounds into which the updates are cut; after each the mean loss and the learned log Z are written to metrics.jsonl.", Min = 1, Max = 100000)]
    public int Rounds { get; init; } = 50;

    /// <summary>Lambda of sub-trajectory balance.</summary>
    [Option("Lambda of sub-trajectory balance: a part of n steps counts lambda^n. Sendera et al. 2024 take 2, which leaves the longest parts alone; Madan et al. 2023 take at most 1.", Min = 0, Max = 100, Above = true, With = "loss=sub-trajectory-balance or replay and backwardLoss=sub-trajectory-balance")]
    public double SubTrajectoryLambda { get; init; } = 0.9;

    /// <summary>Whether the learned levels of states look forward.</summary>
    [Option("Whether the levels of states that detailed-balance and sub-trajectory-balance learn begin with a part of the energy where they are (forward-looking); each state of a path then costs an energy.")]
    public bool ForwardLooking { get; init; }

    /// <summary>Learning rate of the levels of states.</summary>
    [Option("Learning rate of the network of the levels of states, or of log Z as a function of parameters. Sendera et al. 2024 take 0.01.", Min = 0, Max = 10, Above = true)]
    public double FlowRate { get; init; } = 1e-2;

    /// <summary>Paths of one condition in a variance.</summary>
    [Option("Paths that var-grad draws with the same values of the parameters, over which it takes the variance; a divisor of 64. Only for problems with parameters. Sendera et al. 2024 take 10.", Min = 2, Max = 64, With = "loss=var-grad or replay and backwardLoss=var-grad")]
    public int Repeats { get; init; } = 16;

    /// <summary>Learning rate of log Z.</summary>
    [Option("Learning rate of log Z. Sendera et al. 2024 take 0.1.", Min = 0, Max = 10, Above = true, With = "loss=trajectory-balance|detailed-balance|sub-trajectory-balance or replay and backwardLoss=trajectory-balance|detailed-balance|sub-trajectory-balance")]
    public double LogZRate { get; init; } = 0.1;

    /// <summary>Largest residual that counts in full.</summary>
    [Option("Largest residual log Z + P - Q - r of a path that counts by its square; from there on the loss goes on along a straight line (Huber 1964), so that a few paths that have lost their way do not outweigh all others. Infinity, as published, never does.", Min = 0, Above = true, With = "loss=trajectory-balance|var-grad or replay and backwardLoss=trajectory-balance|var-grad")]
    public double ResidualLimit { get; init; } = double.PositiveInfinity;

    /// <summary>Deviation of the noise added to each step in training.</summary>
    [Option("Deviation of noise that is added to each step of the paths that training draws, besides the process' own: exploration. It falls to 0 over the first half of the training. Sendera et al. 2024 take 0.2, with local search 0.1.", Min = 0, Max = 1000)]
    public double Exploration { get; init; }

    /// <summary>Whether every other update is on paths back from a buffer.</summary>
    [Option("Whether every other update is on paths back from points of a buffer, where the drift's own paths have left their ends.")]
    public bool Replay { get; init; }

    /// <summary>What the updates on paths back minimise.</summary>
    [Option("What updates on paths back minimise. maximum-likelihood makes the drift follow the points of the buffer, whatever their rewards.", With = "replay")]
    public PathLossKind BackwardLoss { get; init; } = PathLossKind.TrajectoryBalance;

    /// <summary>Share of the updates that imitate.</summary>
    [Option("Share of the updates, the first ones, that make the drift follow the annealed particles by maximum likelihood, before paths are weighed: so that few of its own lose their way. Needs anneal.", Min = 0, Max = 1)]
    public double Imitation { get; init; }

    /// <summary>Which points of the buffer are drawn.</summary>
    [Option("Which points of the buffer paths back and searches begin at. rank, as published: by the rank of their rewards R = exp(-E). reward: in proportion to R. importance: in proportion to the weight of the path that led to each, R over the density that the drift gives it, and to none more than sqrt(N) times the mean weight; points that a search found have no such weight and are drawn evenly. even: each as likely.", With = "replay and anneal=false")]
    public ReplayPriority Priority { get; init; }

    /// <summary>Most points in the buffer.</summary>
    [Option("Most points in the buffer, and in that of the local search; the oldest are forgotten. Sendera et al. 2024 take 600000: with 30000 many-well keeps one of its modes.", Min = 1024, Max = 100000000, With = "replay and anneal=false")]
    public int BufferSize { get; init; } = 600_000;

    /// <summary>Whether particles annealed to the density fill the buffer.</summary>
    [Option("Whether the buffer holds particles that were annealed to the density before the first update, each as likely, instead of the ends of paths; they give the network's coordinates and the first log Z too. Needs replay. For problems without parameters: where there are some, locus-energy begins with anneal=false replay=false imitation=0 loss=var-grad.")]
    public bool Anneal { get; init; }

    /// <summary>Particles.</summary>
    [Option("Particles that are annealed, a multiple of 64. The share of a mode among 65536 has a standard error of 0.2 % at most, were they independent.", Min = 1024, Max = 100000000, With = "anneal")]
    public int Particles { get; init; } = 65_536;

    /// <summary>Langevin steps after each rise of the temperature's inverse.</summary>
    [Option("Langevin steps of each particle after each rise on the way from the normal law to the density.", Min = 1, Max = 100000, With = "anneal or localSearch and search=annealing")]
    public int AnnealMoves { get; init; } = 8;

    /// <summary>Whether points of the buffer are improved by Langevin chains.</summary>
    [Option("Whether chains of the Metropolis-adjusted Langevin algorithm run from points of the buffer, and the paths back begin at what they find; needs replay.")]
    public bool LocalSearch { get; init; }

    /// <summary>Updates between two searches, or two rankings of the buffer.</summary>
    [Option("Updates between two local searches; without them, between two rankings of the buffer.", Min = 1, Max = 1000000, With = "replay and anneal=false")]
    public int SearchEvery { get; init; } = 100;

    /// <summary>Whether ranks grow old.</summary>
    [Option("Whether a buffer is ranked anew only when as many points were drawn from it as it held when it was ranked last, as in the published code, and not at each search: searches then begin at points of the first updates for long, which lie all over.", With = "replay and anneal=false")]
    public bool RankEpochs { get; init; }

    /// <summary>Steps of a chain.</summary>
    [Option("Steps of a chain. Sendera et al. 2024 take 200.", Min = 1, Max = 1000000, With = "localSearch and search=langevin|tempering")]
    public int SearchSteps { get; init; } = 200;

    /// <summary>Steps of a chain whose points are not kept.</summary>
    [Option("Steps of a chain whose points are not kept: half of them, as published.", Min = 0, Max = 1000000, With = "localSearch and search=langevin|tempering")]
    public int SearchBurnIn { get; init; } = 100;

    /// <summary>First size of a chain's step.</summary>
    [Option("Size h of a chain's first step x' = x + h s + sqrt(2 h) e; it then follows the acceptance. Sendera et al. 2024 take 0.1 for many-well; 0.001 is the default of their script.", Min = 0, Above = true, With = "localSearch and search=langevin")]
    public double SearchStep { get; init; } = 0.1;

    /// <summary>Whether chains stay where a step was refused.</summary>
    [Option("Whether a point of a chain is kept once more for each step that was refused there, so that what is kept has the law of the chain. Sendera et al. 2024 keep accepted points alone: fewer where the density is narrow.", With = "localSearch and search=langevin")]
    public bool KeepRefused { get; init; } = true;

    /// <summary>How local search goes.</summary>
    [Option("How the local search goes. langevin, as published, stays in the parts of the density where the buffer's points are. tempering leaves them, by parallel tempering with 2 + 2 sqrt(D) temperatures: as many chains in all as the batch has points, but at least 64 for each temperature. annealing needs no points: it leads as many particles as the batch has points from a normal law to the density, by annealMoves steps after each rise of the inverse temperature.", With = "localSearch")]
    public SearchKind Search { get; init; }

    /// <summary>Whether the drift has the score of the density in it.</summary>
    [Option("Whether the drift takes a learned part of the score of exp(-E) where it is (Langevin parametrisation). Each step of a path then costs a gradient of the energy.")]
    public bool Langevin { get; init; }

    /// <summary>Whether what the drift takes of the score depends on the place.</summary>
    [Option("Whether the part that the drift takes of the score depends on the place, coordinate by coordinate, and not on the time alone; needs langevin. Where a density is wide here and narrow there.")]
    public bool Gate { get; init; }

    /// <summary>Whether the variance of each step is learned.</summary>
    [Option("Whether the drift has a second half that scales the noise of each step, in each coordinate, within sampler.varianceRange. Sendera et al. 2024 find that it helps where steps are few.")]
    public bool LearnVariance { get; init; }

    /// <summary>Whether the way back is learned.</summary>
    [Option("Whether the way back from a sample is learned too (the learned backward policy of Sendera et al. 2024): a second network changes the time-reversed reference process, by at most sampler.backRange, so that drift and way back meet half-way. Not with loss=pathwise. Worth trying where steps are few.")]
    public bool LearnBack { get; init; }

    /// <summary>Steps of paths in training.</summary>
    [Option("Steps of the paths in training; 0 for those of the sampler. With fewer, and randomGrids, training is faster and the sampler may still take more (Berner et al. 2025).", Min = 0, Max = 10000)]
    public int TrainingSteps { get; init; }

    /// <summary>Whether training moves the times of the grid.</summary>
    [Option("Whether each update has a grid of times of its own: that of the sampler with each time moved at random by up to half of the way to its neighbours.")]
    public bool RandomGrids { get; init; }

    /// <summary>How the drift is run.</summary>
    [Option("How the drift is run, in training and after it.")]
    public DiffusionOptions Sampler { get; init; } = new();

    // Of the weights of parts of paths: exp(700) is near the largest number.
    private const double LargestLogWeight = 650;

    /// <inheritdoc/>
    public override SamplerOptions SamplerOptions => Sampler;

    /// <inheritdoc/>
    public override string Method => "off-policy";

    /// <summary>Whether losses look at parts of paths.</summary>
    internal bool ByParts => Loss.LooksAtParts() || (Replay && BackwardLoss.LooksAtParts());

    /// <summary>Whether losses learn log Z, and do not take a mean over paths for it.</summary>
    internal bool LearnsLogZ => Loss.LearnsLogZ() || (Replay && BackwardLoss.LearnsLogZ());

    /// <summary>The drift for a problem.</summary>
    /// <param name="problem">The problem.</param>
    public DriftShape DriftShape(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Shape(problem, LearnVariance ? 2 * problem.Dimension : problem.Dimension, Langevin, Gate, LearnBack ? Shape(problem, 2 * problem.Dimension, score: false) : null);
    }

    /// <summary>The network of the levels of states, or of log Z as a function of the parameters; null where neither is learned.</summary>
    /// <param name="problem">The problem.</param>
    internal DriftShape? FlowShape(Problem problem) =>
        ByParts || (problem.ConditionCount > 0 && LearnsLogZ) ? Shape(problem, 1, score: false) : null;

    /// <summary>One density can be annealed to, not one for each value of the parameters: there the drift learns from its own paths, by the variance over those of the same values, and follows nothing.</summary>
    /// <inheritdoc/>
    public override TrainingOptions For(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Anneal && problem.ConditionCount > 0 ? this with { Anneal = false, Replay = false, Imitation = 0, Loss = PathLossKind.VarGrad } : this;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        List<string> findings = [.. base.Validate()];
        if (Updates < Rounds) findings.Add($"'updates' must be at least 'rounds', but {Updates} is below {Rounds}");
        if (BackwardLoss == PathLossKind.Pathwise) findings.Add("'backwardLoss' cannot be pathwise: paths back do not come from the drift's noise");
        if (Loss == PathLossKind.Pathwise && Exploration > 0) findings.Add($"'exploration' must be 0 with loss=pathwise, not {Exploration}: that loss is of the drift's own paths alone");
        if (Loss == PathLossKind.Pathwise && LearnBack) findings.Add("'learnBack' cannot be with loss=pathwise, which goes through the drift's paths alone; take trajectory-balance or var-grad");
        if (ForwardLooking && !ByParts) findings.Add("'forwardLooking' needs a loss that learns the levels of states: detailed-balance or sub-trajectory-balance");
        if (Block.Lanes % Repeats != 0) findings.Add($"'repeats' must be a divisor of {Block.Lanes}, not {Repeats}");
        if (Loss == PathLossKind.MaximumLikelihood) findings.Add("'loss' cannot be maximum-likelihood: the drift's own paths would be learned whatever their rewards; it is for 'backwardLoss'");
        if (Anneal && (!Replay || LocalSearch)) findings.Add($"'anneal' needs 'replay', and no 'localSearch': paths back begin at its particles{(Imitation > 0 ? "; set anneal=false imitation=0 to go without" : "")}");
        if (Gate && !Langevin) findings.Add("'gate' needs 'langevin': there must be a score to take a part of");
        if (Imitation > 0 && !Anneal) findings.Add("'imitation' needs 'anneal': there must be particles to follow");
        if (Particles % Block.Lanes != 0) findings.Add($"'particles' must be a multiple of {Block.Lanes}, not {Particles}");
        if (LocalSearch && !Replay) findings.Add("'localSearch' needs 'replay': what the chains find is learned on paths back from it");
        if (Replay && Priority == ReplayPriority.Importance && Exploration > 0) findings.Add($"'priority' cannot be importance with exploration={Exploration}: the weights are those of paths without the noise that explores; set exploration=0");
        if (ByParts && SubTrajectoryLambda > 1 && Math.Max(Sampler.Steps, TrainingSteps) * ElementaryDouble.Log(SubTrajectoryLambda) > LargestLogWeight)
            findings.Add($"'subTrajectoryLambda' {SubTrajectoryLambda} makes weights of parts, up to its power {Math.Max(Sampler.Steps, TrainingSteps)}, that no number can hold; at most {ElementaryDouble.Exp(LargestLogWeight / Math.Max(Sampler.Steps, TrainingSteps)):0.###}");
        if (SearchBurnIn >= SearchSteps) findings.Add($"'searchBurnIn' must be below 'searchSteps', but {SearchBurnIn} is not below {SearchSteps}: nothing would be kept");
        return findings;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Unfit(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        List<string> findings = [.. base.Unfit(problem)];
        if (problem.Energy is not null && !problem.IsUnlimited)
            findings.Add($"problem '{problem.Name}' has {(problem.Constraints.Count > 0 ? "constraints" : "boxes")} beside its energy, which this recipe does not follow; take --recipe locus, which does, or put them into the energy, as a steep rise outside");
        if (problem.Energy is null) findings.Add($"problem '{problem.Name}' has no energy, which this recipe learns from; give it one (energy: ...), or take the recipe locus");
        else if (problem.IsUnlimited) findings.AddRange(Usage.Unlimited(problem).Select(variable => $"exp(-E) of problem '{problem.Name}' has no finite integral: the energy does not use {variable.Name}; let it rise with it, or leave it out"));
        if (Anneal && problem.ConditionCount > 0) findings.Add($"'anneal' is for problems without parameters, and '{problem.Name}' has some; set anneal=false imitation=0");
        if (LocalSearch && Search == SearchKind.Annealing && problem.ConditionCount > 0) findings.Add($"'search' cannot be annealing for problems with parameters, and '{problem.Name}' has some; set search=tempering");
        var numbers = (long)(Anneal ? Particles : BufferSize) * (problem.Dimension + problem.ConditionCount);
        if (Replay && numbers > Array.MaxLength) findings.Add($"'bufferSize' makes a buffer of {numbers} numbers, more than the {Array.MaxLength} that fit into one array");
        return findings;
    }

    /// <inheritdoc/>
    protected override int InputRows(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.Dimension + problem.ConditionCount;
    }

    private DriftShape Shape(Problem problem, int outputs, bool score, bool gate = false, DriftShape? back = null) =>
        new(problem.Dimension, problem.ConditionCount, Hidden, Activation, new TimeEmbedding(TimeEmbedding, TimeFrequencies), outputs, score, gate, back) { GridPower = Sampler.GridPower };

    /// <inheritdoc/>
    public override Trainer Trainer(Problem problem, long seed, Team team, TrainingState? state = null) => new OffPolicyTrainer(problem, this, seed, team, (OffPolicyState?)state);

    /// <inheritdoc/>
    public override TrainingState NewState(Problem problem) => new OffPolicyState(problem, this);
}
