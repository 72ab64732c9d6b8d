using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.Markov;

namespace Locus.Methods.OffPolicy;

/// <summary>
/// Langevin chains from points of a buffer (Sendera et al. 2024, section 3.2), see <see cref="HamiltonianBlock"/>. The size h of the step grows or falls by a hundredth where the acceptance of the last five steps, over all chains, is above or below
/// 0.574 (Roberts and Rosenthal 1998). The points after the burn-in are kept, those of a step that was refused once more, if that is wanted: then they have the chains' law, which accepted ones alone, as published, have not.
/// </summary>
internal sealed class LocalSearch : ISearch, IWork
{
    private const double Optimal = 0.574, Growth = 1.01, Shrinkage = 0.99;
    private const int Window = 5;

    private readonly Reward reward;
    private readonly HamiltonianBlock[] chains;
    private readonly Block[] scratch;
    private readonly int[] accepted = new int[Window];
    private readonly int steps;
    private readonly int burnIn;
    private readonly double firstStep;
    private readonly bool keepsRefused;
    private double size;
    private int step;
    private Key key;

    /// <summary>Memory for chains.</summary>
    /// <param name="reward">log R and its score.</param>
    /// <param name="options">Number of chains, steps, size of the first step.</param>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">C.</param>
    /// <param name="threads">Workers.</param>
    public LocalSearch(Reward reward, OffPolicyOptions options, int dimension, int conditions, int threads)
    {
        this.reward = reward;
        (steps, burnIn, firstStep, keepsRefused) = (options.SearchSteps, options.SearchBurnIn, options.SearchStep, options.KeepRefused);
        chains = [.. Enumerable.Range(0, options.Batch / Block.Lanes).Select(_ => new HamiltonianBlock(dimension, conditions))];
        scratch = [.. Enumerable.Range(0, threads).Select(_ => reward.Scratch())];
    }

    /// <inheritdoc/>
    public void Run(Team team, ReplayBuffer from, ReplayBuffer to, Key key)
    {
        for (var block = 0; block < chains.Length; block++)
            from.Draw(key.Fold(0), (ulong)(block * Block.Lanes), chains[block].Position, chains[block].Condition, chains[block].Reward);
        (size, this.key) = (firstStep, key.Fold(1));
        Array.Clear(accepted);
        // Step 0 finds the scores of the start.
        for (step = 0; step <= steps; step++)
        {
            team.Run(this, chains.Length);
            if (step == 0) continue;
            accepted[step % Window] = Count();
            if (step > burnIn) Keep(to);
            var sum = 0.0;
            foreach (var count in accepted) sum += count;
            if (step > 1) size *= sum / (Math.Min(step, Window) * chains.Length * Block.Lanes) > Optimal ? Growth : Shrinkage;
        }
    }

    private int Count()
    {
        var count = 0;
        foreach (var c in chains) count += c.Moved;
        return count;
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        if (step == 0) chains[task].Begin(reward, scratch[worker]);
        else chains[task].Step(reward, scratch[worker], TemperedLaw.Target, size, 1, key, (ulong)(task * Block.Lanes), (uint)step);
    }

    private void Keep(ReplayBuffer to)
    {
        foreach (var c in chains)
            for (var lane = 0; lane < Block.Lanes; lane++)
                if (keepsRefused || c.HasMoved(lane)) to.Add(c.Position, c.Condition, lane, c.Reward[lane]);
    }
}
