using Locus.Engine.Networks;
using Locus.Flows;
using Locus.Methods.OffPolicy;
using Locus.Problems;
using Locus.Training;

namespace Locus.Runs;

/// <summary>A named set of training options; the options are of the method that it trains with.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Summary">One sentence: what it is for.</param>
/// <param name="Options">The options as they stand in lists; <see cref="For"/> has those for a problem.</param>
public sealed record Recipe(string Name, string Summary, TrainingOptions Options)
{
    /// <summary>Locus' own: exploration, then a fit.</summary>
    public static Recipe Locus { get; } = new("locus", "Locus' own: explores the set, then fits a network to uniform points of it and to the way back to it; hidden, sampler.steps and sampler.gridPower stand here for sets with volume in 4 to 9 dimensions, train chooses them by kind and dimension of the set and says which in options.json", new LocusOptions());

    /// <summary>Algorithm 1 of Burghoff, Braun and Toussaint 2025, to the letter where it prints a value.</summary>
    public static Recipe Paper { get; } = new("paper", "Algorithm 1 of Burghoff, Braun and Toussaint 2025, to the letter where it prints a value", new PaperOptions());

    /// <summary>Trajectory balance on the drift's own paths (Sendera et al. 2024, row TB).</summary>
    public static Recipe Tb { get; } = new("tb", "for energies: trajectory balance on the drift's own paths, as published (Sendera et al. 2024)", new OffPolicyOptions());

    /// <summary>The same with exploration (row TB + Expl.).</summary>
    public static Recipe TbExpl { get; } = new("tb-expl", "tb on paths with noise that explores (Sendera et al. 2024)", new OffPolicyOptions { Exploration = 0.2 });

    /// <summary>VarGrad with exploration (row VarGrad + Expl.).</summary>
    public static Recipe VarGradExpl { get; } = new("vargrad-expl", "as tb-expl, with the variance of the batch as loss (Sendera et al. 2024)", new OffPolicyOptions { Exploration = 0.2, Loss = PathLossKind.VarGrad });

    /// <summary>Trajectory balance with exploration and the score in the drift (row TB + Expl. + LP).</summary>
    public static Recipe TbExplLp { get; } = new("tb-expl-lp", "tb-expl with the score in the drift, 10000 updates (Sendera et al. 2024)", new OffPolicyOptions { Exploration = 0.2, Langevin = true, Updates = 10_000 });

    // Local search as in the published code, on which its rows hang.
    private static readonly OffPolicyOptions localSearch = new() { Exploration = 0.1, Replay = true, LocalSearch = true, RankEpochs = true, KeepRefused = false };

    /// <summary>Trajectory balance with exploration and local search (row TB + Expl. + LS).</summary>
    public static Recipe TbExplLs { get; } = new(
        "tb-expl-ls", "trajectory balance in turn on the drift's own paths, with noise that explores, and back from what Langevin chains find (Sendera et al. 2024)", localSearch);

    /// <summary>The same with the score in the drift (row TB + Expl. + LP + LS).</summary>
    public static Recipe TbExplLpLs { get; } = new(
        "tb-expl-lp-ls", "tb-expl-ls with the score in the drift, 10000 updates (Sendera et al. 2024)",
        localSearch with { Langevin = true, Updates = 10_000 });

    /// <summary>VarGrad with all of it (row VarGrad + Expl. + LP + LS).</summary>
    public static Recipe VarGradExplLpLs { get; } = new(
        "vargrad-expl-lp-ls", "tb-expl-lp-ls with the variance of the batch as loss (Sendera et al. 2024)",
        localSearch with { Langevin = true, Updates = 10_000, Loss = PathLossKind.VarGrad, BackwardLoss = PathLossKind.VarGrad });

    /// <summary>Forward-looking sub-trajectory balance (row FL-SubTB).</summary>
    public static Recipe FlSubTb { get; } = new(
        "fl-subtb", "for energies: sub-trajectory balance on the drift's own paths with levels that look forward (Sendera et al. 2024)",
        new OffPolicyOptions { Loss = PathLossKind.SubTrajectoryBalance, ForwardLooking = true, SubTrajectoryLambda = 2, LogZRate = 0.01 });

    /// <summary>The same with the score in the drift (row FL-SubTB + LP).</summary>
    public static Recipe FlSubTbLp { get; } = new(
        "fl-subtb-lp", "fl-subtb with the score in the drift, 10000 updates (Sendera et al. 2024)",
        (OffPolicyOptions)FlSubTb.Options with { Langevin = true, Updates = 10_000 });

    /// <summary>Path integral sampler (row PIS).</summary>
    public static Recipe Pis { get; } = new(
        "pis", "for energies: the reverse divergence followed through the paths, path integral samplers (Zhang and Chen 2022; Sendera et al. 2024)",
        new OffPolicyOptions { Loss = PathLossKind.Pathwise });

    /// <summary>The same with the score in the drift (row PIS + LP).</summary>
    public static Recipe PisLp { get; } = new(
        "pis-lp", "pis with the score in the drift, 10000 updates (Zhang and Chen 2022; Sendera et al. 2024)",
        new OffPolicyOptions { Loss = PathLossKind.Pathwise, Langevin = true, Updates = 10_000 });

    /// <summary>Locus' own for energies.</summary>
    public static Recipe LocusEnergy { get; } = new(
        "locus-energy", "Locus' own for energies: particles annealed to the density give coordinates and a buffer; the drift imitates them, then learns by trajectory balance in turn on its own paths and back from the particles",
        new OffPolicyOptions
        {
            Batch = 256, Hidden = [128, 128], Activation = ActivationKind.Silu, Updates = 10_000, Rounds = 20, Replay = true, Anneal = true, Langevin = true,
            Gate = true, LearnVariance = true, Imitation = 0.3,
            LearningRate = 3e-3, LearningRateDecay = LearningRateDecay.Cosine, WarmupSteps = 200, AverageDecay = 0.999, LogZRate = 0.01, GradientClip = 1,
            Sampler = new DiffusionOptions { Variance = 1, GridPower = 3, VarianceRange = 2, NoiseUnits = true, Limit = 10, ScoreLimit = 10_000 },
        });

    /// <summary>All recipes.</summary>
    public static IReadOnlyList<Recipe> All { get; } = [Locus, Paper, Tb, TbExpl, VarGradExpl, FlSubTb, FlSubTbLp, TbExplLs, TbExplLp, TbExplLpLs, VarGradExplLpLs, Pis, PisLp, LocusEnergy];

    /// <summary>The recipe for who names none: Locus' own, for sets, with energies or without, or for energies on all of space.</summary>
    /// <param name="problem">What is to be sampled.</param>
    public static Recipe Default(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem is { Energy: not null, IsUnlimited: true } ? LocusEnergy : Locus;
    }

    /// <summary>The options for a problem: those of the recipe, with what suits its kind of set.</summary>
    /// <param name="problem">What is to be sampled.</param>
    public TrainingOptions For(Problem problem) => Options.For(problem);

    /// <summary>The recipe with this name.</summary>
    /// <param name="name">A name.</param>
    /// <exception cref="LocusException">There is none; the message lists those there are.</exception>
    public static Recipe Find(string name) =>
        All.FirstOrDefault(r => r.Name == name)
        ?? throw new LocusException($"there is no recipe '{name}'; the recipes are {string.Join(", ", All.Select(r => r.Name))}");
}
