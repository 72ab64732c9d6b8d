using Locus.Engine.Blocks;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Options;
using Locus.Problems;

namespace Locus.Training;

/// <summary>Whether a step toward the set is part of the network.</summary>
public enum Guidance
{
    /// <summary>For sets of equalities, which a network alone meets only to a few digits.</summary>
    Auto,

    /// <summary>Always.</summary>
    On,

    /// <summary>Never: the network alone.</summary>
    Off,
}

/// <summary>
/// Locus' own method: the set is explored first, then a network is fitted to points that are uniform on it, and taught to come back to the set from anywhere near it. The
/// reasons for the defaults are measurements on the gallery's sets; docs/method.md tells them.
/// </summary>
public sealed record LocusOptions : FlowTrainingOptions
{
    // Variables up to which a problem counts as small, and up to which a narrow network does.
    private const int Few = 9;
    private const int Fewest = 3;

    /// <summary>The defaults that differ from other methods'.</summary>
    public LocusOptions()
    {
        (Batch, LearningRate, WarmupSteps) = (256, 3e-3, 200);
        (Residual, OutputScale, PositionFrequencies) = (true, 0.1, 2);
        Sampler = new FlowOptions { Steps = 12, GridPower = 3 };
    }

    /// <summary>Points in the pool.</summary>
    [Option("Points in the pool, each paired with noise. 65536 make the pool's own error a quarter of that of 5000 samples.", Min = 1024, Max = 100000000)]
    public int PoolSize { get; init; } = 65536;

    /// <summary>Gradient steps.</summary>
    [Option("Gradient steps in all. 0 chooses by the number of variables: 60000 up to 9, 100000 up to 29, 250000 above; the fit of the gallery's sets ends near the floor of what can be measured with these.", Min = 0, Max = 1000000000)]
    public int Updates { get; init; }

    /// <summary>Time for the whole training.</summary>
    [Option("Minutes for the whole training, exploration included; 0 is no limit. The number of gradient steps then follows from the speed of this machine, measured before the first one, and is told: updates set to it gives the same network anywhere.", Min = 0, Max = 100000)]
    public double Minutes { get; init; }

    /// <summary>Rounds, after each of which the samples are measured.</summary>
    [Option("Rounds into which the updates are cut; after each the network's samples are measured for metrics.jsonl. Training ends early when rounds bring nothing more: see patience.", Min = 1, Max = 100000)]
    public int Rounds { get; init; } = 24;

    /// <summary>Rounds without gain after which training comes to its end.</summary>
    [Option("Rounds without gain, no sample of which misses the set, after which training comes to its end: a third of the rounds done follow, in which the learning rate falls to 0. A round gains if its loss is lower by a fiftieth than the lowest before. 0 always trains to the last round.", Min = 0, Max = 100000)]
    public int Patience { get; init; } = 3;

    /// <summary>Rounds of pairing.</summary>
    [Option("Rounds of optimal transport between pool and noise, each in other chunks. The first straightens the paths, two more take the rest of the crossings; 0 pairs at random.", Min = 0, Max = 1000)]
    public int Pairings { get; init; } = 3;

    /// <summary>Share of each batch that learns to come back to the set.</summary>
    [Option("Share of each batch that learns to come back to the set from points beside it, instead of following the flow. Without it some samples end beside the set.", Min = 0, Max = 1)]
    public double ProjectorShare { get; init; } = 0.5;

    /// <summary>Weight of staying near in that half.</summary>
    [Option("Weight of the squared distance moved in that half, against the constraint loss 1: what makes it come back to a near point.", Min = 0)]
    public double Anchor { get; init; } = 0.03;

    /// <summary>Earliest time of that half.</summary>
    [Option("Earliest time of that half: the flow has done its work by then.", Min = 0, Max = 1)]
    public double ProjectorStart { get; init; } = 0.9;

    /// <summary>Decades over which 1 - t is spread there.</summary>
    [Option("Decades over which 1 - t is spread there, uniformly in its logarithm; later, when the steps of the sampler are shortest, nothing new is to be learned.", Min = 0, Max = 10)]
    public double ProjectorDecades { get; init; } = 3;

    /// <summary>Distance from the set, in units of 1 - t.</summary>
    [Option("Largest noise added to a point of the set there, in units of 1 - t; 0.02 is added to it, and up to 0.5, as far as gaps between parts of a set are wide, at the earliest times and for one point in sixteen at any time. So it is little farther than the flow itself may be at that time; nearer, and a sample that the flow leaves beside the set stays there.", Min = 0, Above = true)]
    public double ProjectorReach { get; init; } = 3;

    /// <summary>Smallest noise there.</summary>
    [Option("Smallest noise added there: as far off as the last step of the flow leaves a point.", Min = 0, Above = true)]
    public double ProjectorNearest { get; init; } = 3e-4;

    /// <summary>Margin by which inequalities are to be kept in training.</summary>
    [Option("Largest margin by which inequalities are trained to be kept: they are judged at a point this far off, in a random direction. It is made smaller where a tenth of the pool would fail, and left out beside equalities.", Min = 0)]
    public double Margin { get; init; } = 0.003;

    /// <summary>Smallest 1 - t in the denominators of the losses.</summary>
    [Option("Smallest 1 - t in the denominators of both losses.", Min = 0, Max = 1, Above = true)]
    public double Clip { get; init; } = 0.05;

    /// <summary>Whether a step toward the set is part of the network.</summary>
    [Option("Whether a Gauss-Newton step toward the set is part of the network. auto takes it for sets of equalities, where a network alone stays a few 1e-4 off. A guided network evaluates the constraints when samples are drawn.")]
    public Guidance Guidance { get; init; } = Guidance.Auto;

    /// <summary>
    /// A set of equalities has no inside: its samples take more and shorter last steps, each of which takes off a part of what is left, and so do those of a network for many sets. In a set with volume such steps would move samples away
    /// from its faces; there the first steps decide how true the law is, and in many dimensions they are to be shorter, on sets of either kind. In up to three coordinates half of the width learns the same law in half of the time.
    /// </summary>
    /// <inheritdoc/>
    public override TrainingOptions For(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return this with
        {
            Hidden = problem.Dimension <= Fewest && problem.ConditionCount == 0 ? [64, 64, 64, 64] : Hidden,
            Sampler = (HasEqualities(problem) || problem.ConditionCount > 0, problem.Dimension > Few) switch
            {
                (true, true) => Sampler with { Steps = 50, GridPower = 4 },
                (true, false) => Sampler with { Steps = 20, GridPower = 6 },
                (false, true) => Sampler with { Steps = 20, GridPower = 2 },
                _ => Sampler,
            },
        };
    }

    /// <summary>Gradient steps for a problem where nothing else is said.</summary>
    /// <param name="dimension">D.</param>
    internal int UpdatesFor(int dimension) => Updates > 0 ? Updates : Math.Max(Rounds, dimension <= Few ? 60_000 : dimension <= 29 ? 100_000 : 250_000);

    /// <inheritdoc/>
    public override string Method => "exploration";

    /// <inheritdoc/>
    public override bool IsGuided(Problem problem) =>
        Guidance == Guidance.On || (Guidance == Guidance.Auto && HasEqualities(problem));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        List<string> findings = [.. base.Validate()];
        if (PoolSize < Batch) findings.Add($"'poolSize' must be at least 'batch', but {PoolSize} is below {Batch}");
        if (Guidance != Guidance.Off && !Residual) findings.Add("'residual' must be true for a guided network; set guidance=off to go without");
        if (Updates > 0 && Updates < Rounds) findings.Add($"'updates' must be at least 'rounds', but {Updates} is below {Rounds}");
        if (Updates > 0 && Minutes > 0) findings.Add("'updates' and 'minutes' both say how long to train; set one of them");
        if (PoolSize % Block.Lanes != 0) findings.Add($"'poolSize' must be a multiple of {Block.Lanes}, not {PoolSize}");
        return findings;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Unfit(Problem problem)
    {
        List<string> findings = [.. base.Unfit(problem)];
        if (problem is { Energy: not null, IsUnlimited: true }) findings.Add($"problem '{problem.Name}' has an energy on all of space, where this recipe has no set to begin with; take --recipe locus-energy, or give the variables boxes");
        var numbers = (long)PoolSize * (2 * problem.Dimension + problem.ConditionCount);
        if (numbers > Array.MaxLength) findings.Add($"'poolSize' makes a pool of {numbers} numbers, more than the {Array.MaxLength} that fit into one array");
        return findings;
    }

    /// <inheritdoc/>
    public override Trainer Trainer(Problem problem, long seed, Team team, TrainingState? state = null) =>
        new LocusTrainer(problem, this, seed, team, (LocusState?)state);

    /// <inheritdoc/>
    public override TrainingState NewState(Problem problem) => new LocusState(problem, this);

    private static bool HasEqualities(Problem problem) => Standardization.Of(problem).Residuals.EqualityCount > 0;
}
