using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Methods.Markov;
using Locus.Problems;

namespace Locus.Diagnostics.Rivals;

/// <summary>A rival whose samples are where chains are after their warm-up; they are worth what the spread of the chains' means says.</summary>
internal abstract class ChainedRival : EnergyRival
{
    private readonly int waveSteps;
    private readonly int warmUpSteps;
    private readonly Snapshots snapshots;

    /// <summary>Before the first call.</summary>
    /// <param name="problem">A problem with an energy on all of space.</param>
    /// <param name="conditions">c [C] in the user's units.</param>
    /// <param name="budget">Calls that it may spend.</param>
    /// <param name="keep">Samples kept at most.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="count">Chains whose means are compared.</param>
    /// <param name="waveSteps">Steps of a wave.</param>
    /// <param name="warmUpSteps">Steps of a wave of the warm-up.</param>
    protected ChainedRival(Problem problem, double[] conditions, long budget, int keep, Key key, int count, int waveSteps, int warmUpSteps)
        : base(problem, conditions, budget, key)
    {
        (this.waveSteps, this.warmUpSteps) = (waveSteps, warmUpSteps);
        (Means, snapshots) = (new ChainMeans(count, problem.Dimension), new Snapshots(keep, problem.Dimension));
    }

    /// <inheritdoc/>
    public override bool IsReady => WarmedUp;

    /// <inheritdoc/>
    public override double Samples => Means.Effective;

    /// <inheritdoc/>
    public override Points Kept => snapshots.Kept;

    /// <summary>Means of the chains since the warm-up.</summary>
    protected ChainMeans Means { get; }

    /// <inheritdoc/>
    protected override long NextCalls => waveSteps * StepCalls;

    /// <summary>Calls of the energy of one step of all chains; 0 before they have begun.</summary>
    protected abstract long StepCalls { get; }

    /// <inheritdoc/>
    protected override void Work(Team team, CancellationToken cancellation)
    {
        var warm = IsReady;
        Run(team, warm ? waveSteps : warmUpSteps, adapts: !warm);
        if (!warm) return;
        var blocks = OnDensity();
        Means.Add(blocks);
        snapshots.Add(() => Places(blocks));
    }

    /// <summary>Makes some steps of all chains.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="steps">Steps, at least 1.</param>
    /// <param name="adapts">Whether sizes of steps, and what else is tuned, follow what happens.</param>
    protected abstract void Run(Team team, int steps, bool adapts);

    /// <summary>The chains on the density itself, 64 in each.</summary>
    protected abstract IReadOnlyList<HamiltonianBlock> OnDensity();
}
