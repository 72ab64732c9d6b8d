using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.Markov;

namespace Locus.Methods.OffPolicy;

/// <summary>
/// Parallel tempering from points of a buffer, see <see cref="Tempering"/>: its chains leave the parts in which they begin, by way of the normal law at the end of the process without drift, which is to cover the density. Steps and ladder are
/// set during the burn-in; of the steps after it the chains on the density are kept.
/// </summary>
/// <param name="reward">log R and its score.</param>
/// <param name="options">Number of chains, steps, the process.</param>
/// <param name="dimension">D.</param>
/// <param name="conditions">C.</param>
internal sealed class TemperingSearch(Reward reward, OffPolicyOptions options, int dimension, int conditions) : ISearch
{
    private readonly int rungs = Tempering.Rungs(dimension);
    private readonly int groups = Groups(options, dimension);

    /// <inheritdoc/>
    public void Run(Team team, ReplayBuffer from, ReplayBuffer to, Key key)
    {
        var tempering = new Tempering(reward, dimension, new double[conditions], groups, rungs, options.Sampler.Reference().EndVariance, team.Threads);
        for (var group = 0; group < groups; group++)
            for (var k = 0; k < rungs; k++)
            {
                // A ladder has one condition, that of its place in the buffer, so all of its chains begin there.
                var block = tempering.At(group, k);
                from.Draw(key.Fold(0), (ulong)(group * Block.Lanes), block.Position, block.Condition, block.Reward);
            }
        tempering.Begin(team, key.Fold(1), placed: true);
        for (var step = 0; step < options.SearchSteps; step++)
        {
            tempering.Run(team, 1, adapts: step < options.SearchBurnIn);
            if (step >= options.SearchBurnIn) Keep(tempering, to);
        }
    }

    // About as many chains as the batch has points, but a ladder at least in each of 64 lanes.
    private static int Groups(OffPolicyOptions options, int dimension) => Math.Max(1, options.Batch / (Tempering.Rungs(dimension) * Block.Lanes));

    private void Keep(Tempering tempering, ReplayBuffer to)
    {
        for (var group = 0; group < groups; group++)
        {
            var foot = tempering.At(group, rungs - 1);
            for (var lane = 0; lane < Block.Lanes; lane++) to.Add(foot.Position, foot.Condition, lane, foot.Reward[lane]);
        }
    }
}
