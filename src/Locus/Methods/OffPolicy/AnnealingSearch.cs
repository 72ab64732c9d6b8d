using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.Markov;

namespace Locus.Methods.OffPolicy;

/// <summary>
/// Particles that are annealed to the density anew with each search, see <see cref="Annealing"/>, from the normal law at the end of the process without drift, which is to cover the density: as many as the batch has points. It needs
/// nothing of the buffer.
/// </summary>
/// <param name="reward">log R and its score.</param>
/// <param name="options">Number of particles and their steps, the process.</param>
/// <param name="dimension">D.</param>
internal sealed class AnnealingSearch(Reward reward, OffPolicyOptions options, int dimension) : ISearch
{
    /// <inheritdoc/>
    public void Run(Team team, ReplayBuffer from, ReplayBuffer to, Key key)
    {
        var annealing = new Annealing(reward, dimension, [], options.Batch, options.AnnealMoves, options.Sampler.Reference().EndVariance, team.Threads);
        if (!annealing.Run(team, key, null, CancellationToken.None)) throw new LocusException($"search=annealing: the energy is no finite number at any of {options.Batch} points from which particles were to begin; take search=langevin, or another sampler.variance");
        for (var i = 0; i < annealing.Rewards.Length; i++) to.Add(annealing.Positions.Slice(i * dimension, dimension), annealing.Rewards[i]);
    }
}
