using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.Markov;
using Locus.Problems;

namespace Locus.Diagnostics.Rivals;

/// <summary>
/// Chains from many starts, without any way between them: MALA (one leap, to the acceptance 0.574 of Roberts and Rosenthal 1998) or Hamiltonian Monte Carlo (ten leaps, to 0.8 as Betancourt, Byrne and Girolami 2014 advise).
/// </summary>
internal sealed class ChainRival : ChainedRival
{
    private const int MostChains = 1024, FewestSteps = 1000, WaveSteps = 8, WarmUpSteps = 2;

    private readonly int leaps;
    private readonly double acceptance;
    private readonly int threads;
    private readonly int count;
    private Chains? chains;

    private ChainRival(string name, int leaps, double acceptance, Problem problem, double[] conditions, long budget, int keep, Key key, int threads, int count)
        : base(problem, conditions, budget, keep, key, count, WaveSteps, WarmUpSteps) =>
        (Name, this.leaps, this.acceptance, this.threads, this.count) = (name, leaps, acceptance, threads, count);

    /// <summary>Langevin's steps.</summary>
    /// <param name="problem">A problem with an energy on all of space.</param>
    /// <param name="conditions">c [C] in the user's units.</param>
    /// <param name="budget">Calls that it may spend.</param>
    /// <param name="keep">Samples kept at most.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="threads">Threads of the team that will run it.</param>
    public static ChainRival Langevin(Problem problem, double[] conditions, long budget, int keep, Key key, int threads) => new("mala", 1, 0.574, problem, conditions, budget, keep, key, threads, Count(budget, 1));

    /// <summary>Trajectories of ten leaps.</summary>
    /// <inheritdoc cref="Langevin"/>
    public static ChainRival Hamiltonian(Problem problem, double[] conditions, long budget, int keep, Key key, int threads) => new("hmc", 10, 0.8, problem, conditions, budget, keep, key, threads, Count(budget, 10));

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Setting => FormattableString.Invariant($"{count} chains{(leaps > 1 ? $", {leaps} leaps a step" : "")}, to an acceptance of {acceptance}");

    /// <inheritdoc/>
    public override double Acceptance => chains?.Acceptance ?? double.NaN;

    /// <inheritdoc/>
    protected override long StepCalls => chains?.StepCalls ?? 0;

    /// <inheritdoc/>
    protected override void Begin(Reward reward, Team team, Key chains)
    {
        this.chains = new Chains(reward, Dimension, Conditions, count, leaps, acceptance, Scouting.Variance, chains, threads);
        this.chains.Begin(team);
    }

    /// <inheritdoc/>
    protected override void Run(Team team, int steps, bool adapts) => chains!.Run(team, steps, adapts);

    /// <inheritdoc/>
    protected override IReadOnlyList<HamiltonianBlock> OnDensity() => chains!.Blocks;

    private static int Count(long budget, int leaps) => (int)Math.Clamp(budget / leaps / FewestSteps / Block.Lanes * Block.Lanes, Block.Lanes, MostChains);
}
