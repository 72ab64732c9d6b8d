using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.Markov;
using Locus.Problems;

namespace Locus.Diagnostics.Rivals;

/// <summary>
/// Chains from many starts, without any way between them: MALA (one leap, to the acceptance 0.574 of Roberts and Rosenthal 1998) or Hamiltonian Monte Carlo (ten leaps, to 0.8 as Betancourt, Byrne and Girolami 2014 advise).
/// Its samples are worth what the spread of the chains' means says.
/// </summary>
internal sealed class ChainRival : EnergyRival
{
    private const int MostChains = 1024, FewestSteps = 1000, WaveSteps = 8, WarmUpSteps = 2;

    private readonly int leaps;
    private readonly double acceptance;
    private readonly int threads;
    private readonly int count;
    private readonly ChainMeans means;
    private readonly Snapshots snapshots;
    private Chains? chains;

    private ChainRival(string name, int leaps, double acceptance, Problem problem, double[] conditions, long budget, int keep, Key key, int threads)
        : base(problem, conditions, budget, key)
    {
        (Name, this.leaps, this.acceptance, this.threads) = (name, leaps, acceptance, threads);
        count = (int)Math.Clamp(budget / leaps / FewestSteps / Block.Lanes * Block.Lanes, Block.Lanes, MostChains);
        (means, snapshots) = (new ChainMeans(count, problem.Dimension), new Snapshots(keep, problem.Dimension));
    }

    /// <summary>Langevin's steps.</summary>
    /// <param name="problem">A problem with an energy on all of space.</param>
    /// <param name="conditions">c [C] in the user's units.</param>
    /// <param name="budget">Calls that it may spend.</param>
    /// <param name="keep">Samples kept at most.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="threads">Threads of the team that will run it.</param>
    public static ChainRival Langevin(Problem problem, double[] conditions, long budget, int keep, Key key, int threads) => new("mala", 1, 0.574, problem, conditions, budget, keep, key, threads);

    /// <summary>Trajectories of ten leaps.</summary>
    /// <inheritdoc cref="Langevin"/>
    public static ChainRival Hamiltonian(Problem problem, double[] conditions, long budget, int keep, Key key, int threads) => new("hmc", 10, 0.8, problem, conditions, budget, keep, key, threads);

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Setting => FormattableString.Invariant($"{count} chains{(leaps > 1 ? $", {leaps} leaps a step" : "")}, to an acceptance of {acceptance}");

    /// <inheritdoc/>
    public override double Acceptance => chains?.Acceptance ?? double.NaN;

    /// <inheritdoc/>
    public override bool IsReady => WarmedUp;

    /// <inheritdoc/>
    public override double Samples => means.Effective;

    /// <inheritdoc/>
    public override Points Kept => snapshots.Kept;

    /// <inheritdoc/>
    protected override long OwnCalls => chains?.Calls ?? 0;

    /// <inheritdoc/>
    protected override long NextCalls => WaveSteps * (chains?.StepCalls ?? 0);

    /// <inheritdoc/>
    protected override void Begin(Reward reward, Team team, Key chains)
    {
        this.chains = new Chains(reward, Dimension, Conditions, count, leaps, acceptance, Scouting.Variance, chains, threads);
        this.chains.Begin(team);
    }

    /// <inheritdoc/>
    protected override void Work(Team team, CancellationToken cancellation)
    {
        var warm = IsReady;
        chains!.Run(team, warm ? WaveSteps : WarmUpSteps, adapts: !warm);
        if (!warm) return;
        means.Add(chains.Blocks);
        snapshots.Add(() => Places(chains.Blocks));
    }
}
