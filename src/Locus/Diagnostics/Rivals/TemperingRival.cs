using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.Markov;
using Locus.Problems;

namespace Locus.Diagnostics.Rivals;

/// <summary>
/// Parallel tempering, see <see cref="Tempering"/>, with so many ladders that each makes a thousand steps a rung. Its samples are the chains on the density; they are worth what the spread of the ladders' means says.
/// </summary>
internal sealed class TemperingRival : ChainedRival
{
    private const int MostGroups = 16, StepsPerRung = 1000, WaveSteps = 4;

    private readonly int threads;
    private readonly int rungs;
    private readonly int groups;
    private Tempering? tempering;

    /// <summary>Before the first call.</summary>
    /// <param name="problem">A problem with an energy on all of space.</param>
    /// <param name="conditions">c [C] in the user's units.</param>
    /// <param name="budget">Calls that it may spend.</param>
    /// <param name="keep">Samples kept at most.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="threads">Threads of the team that will run it.</param>
    public TemperingRival(Problem problem, double[] conditions, long budget, int keep, Key key, int threads)
        : base(problem, conditions, budget, keep, key, Groups(problem.Dimension, budget) * Block.Lanes, WaveSteps, warmUpSteps: 1) =>
        (this.threads, rungs, groups) = (threads, Tempering.Rungs(problem.Dimension), Groups(problem.Dimension, budget));

    /// <inheritdoc/>
    public override string Name => "tempering";

    /// <inheritdoc/>
    public override string Setting => $"{groups * Block.Lanes} ladders of {rungs} rungs";

    /// <inheritdoc/>
    public override (double Value, double Error)? LogZ => tempering is { } t && Means.Effective > 0 ? (t.LogZ.Value + Standard.LogScale, t.LogZ.Error) : null;

    /// <inheritdoc/>
    public override double Acceptance => tempering?.Acceptance ?? double.NaN;

    /// <inheritdoc/>
    public override double? Exchanged => tempering?.Exchanged;

    /// <inheritdoc/>
    public override long? RoundTrips => tempering?.RoundTrips;

    /// <inheritdoc/>
    protected override long StepCalls => tempering?.StepCalls ?? 0;

    /// <inheritdoc/>
    protected override void Begin(Reward reward, Team team, Key chains)
    {
        tempering = new Tempering(reward, Dimension, Conditions, groups, rungs, Scouting.Variance, threads);
        tempering.Begin(team, chains);
    }

    /// <inheritdoc/>
    protected override void Run(Team team, int steps, bool adapts) => tempering!.Run(team, steps, adapts);

    /// <inheritdoc/>
    protected override IReadOnlyList<HamiltonianBlock> OnDensity() => [.. Enumerable.Range(0, groups).Select(group => tempering!.At(group, rungs - 1))];

    private static int Groups(int dimension, long budget)
    {
        var rungs = Tempering.Rungs(dimension);
        return (int)Math.Clamp(budget / (StepsPerRung * rungs * rungs * (long)Block.Lanes), 1, MostGroups);
    }
}
