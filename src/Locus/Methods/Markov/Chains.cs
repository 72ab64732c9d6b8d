using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;

namespace Locus.Methods.Markov;

/// <summary>
/// Many chains of Hamiltonian Monte Carlo, or with one leap of the Metropolis-adjusted Langevin algorithm, on the density itself, each from a start of its own; see <see cref="HamiltonianBlock"/>. All have one size of step, found by
/// <see cref="StepSize"/> while they warm up. Trajectories of several leaps vary in length by a fifth, so that none comes back to where it began.
/// </summary>
internal sealed class Chains : IWork
{
    private const double FirstSize = 0.05, Jitter = 0.2;

    private readonly Reward reward;
    private readonly HamiltonianBlock[] blocks;
    private readonly Block[] scratch;
    private readonly StepSize size;
    private readonly double variance;
    private readonly int leaps;
    private readonly Key key;
    private readonly Key jitterKey;
    private readonly int[] movedOf;
    private double h;
    private uint step;
    private int wave;
    private long moved;
    private long counted;

    /// <summary>Before the first step.</summary>
    /// <param name="reward">log R and its score.</param>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">c' [C], the same for all.</param>
    /// <param name="count">Chains, a multiple of 64.</param>
    /// <param name="leaps">Leapfrog steps of a trajectory; 1 is Langevin's step.</param>
    /// <param name="acceptance">Acceptance wanted.</param>
    /// <param name="variance">v of the normal law N(0, v) from which they start.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="threads">Workers.</param>
    public Chains(Reward reward, int dimension, double[] conditions, int count, int leaps, double acceptance, double variance, Key key, int threads)
    {
        (this.reward, this.leaps, this.variance, this.key, jitterKey) = (reward, leaps, variance, key, key.Fold("jitter"));
        blocks = [.. Enumerable.Range(0, count / Block.Lanes).Select(_ => new HamiltonianBlock(dimension, conditions))];
        scratch = [.. Enumerable.Range(0, threads).Select(_ => reward.Scratch())];
        (size, movedOf) = (new StepSize(FirstSize, acceptance), new int[blocks.Length]);
    }

    /// <summary>The chains, 64 in each.</summary>
    public IReadOnlyList<HamiltonianBlock> Blocks => blocks;

    /// <summary>Calls of the energy of one step of all chains.</summary>
    public long StepCalls => (long)blocks.Length * Block.Lanes * leaps;

    /// <summary>Share of steps that were taken since the warm-up; NaN before.</summary>
    public double Acceptance => (double)moved / counted;

    /// <summary>Puts the chains to their starts.</summary>
    /// <param name="team">Workers.</param>
    public void Begin(Team team)
    {
        (step, wave) = (0, 0);
        team.Run(this, blocks.Length);
    }

    /// <summary>Makes some steps.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="steps">Steps, at least 1, all of one size.</param>
    /// <param name="adapts">Whether the size of the step follows the acceptance: chains leave the law as it is only without.</param>
    public void Run(Team team, int steps, bool adapts)
    {
        if (!adapts) size.Settle();
        (h, wave) = (size.Value, steps);
        team.Run(this, blocks.Length);
        step += (uint)steps;
        var (now, all) = (0L, (long)steps * blocks.Length * Block.Lanes);
        foreach (var count in movedOf) now += count;
        if (adapts) size.Add((double)now / all);
        else (moved, counted) = (moved + now, counted + all);
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        var (block, first) = (blocks[task], (ulong)(task * Block.Lanes));
        movedOf[task] = 0;
        if (wave == 0) block.Begin(reward, scratch[worker], variance, key, first, 0);
        for (var i = 1u; i <= wave; i++)
        {
            // By as much for all chains, whatever they do.
            var factor = leaps > 1 ? 1 + Jitter * (2 * Draws.Uniform(jitterKey, step + i, 0) - 1) : 1;
            block.Step(reward, scratch[worker], TemperedLaw.Target, h * factor * factor, leaps, key, first, step + i);
            movedOf[task] += block.Moved;
        }
    }
}
