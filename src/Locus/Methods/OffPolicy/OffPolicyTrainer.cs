using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.Markov;
using Locus.Problems;
using Locus.Training;

namespace Locus.Methods.OffPolicy;

/// <summary>Trains a drift for an energy, off-policy (Sendera et al. 2024, algorithm 1).</summary>
internal sealed class OffPolicyTrainer : Trainer
{
    // A scout, from each of the laws from which they begin, for so many particles.
    private const int ScoutShare = 16;

    private readonly OffPolicyOptions options;
    private readonly OffPolicyState state;
    private readonly Key searchKey;
    private PathStep? step;
    private ISearch? search;

    /// <inheritdoc cref="Trainer(Problem, TrainingOptions, long, Team, TrainingState)"/>
    public OffPolicyTrainer(Problem problem, OffPolicyOptions options, long seed, Team team, OffPolicyState? state = null)
        : base(problem, options, seed, team, state)
    {
        (this.options, this.state) = (options, (OffPolicyState)State);
        searchKey = Key.Fold("search");
    }

    /// <inheritdoc/>
    protected override double RoundFraction => ShareOfRound(options.Updates, options.Rounds);

    /// <summary>A path is as many samples of the network as it has steps.</summary>
    protected override long UpdateSamples => (long)options.Batch * (options.TrainingSteps > 0 ? options.TrainingSteps : options.Sampler.Steps);

    /// <inheritdoc/>
    protected override void Explore(TrainingObserver observer, CancellationToken cancellation)
    {
        try
        {
            if (options.Anneal && !state.Annealed) Anneal(observer, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Begun anew by the next run.
            return;
        }
        step ??= new PathStep(options, state, Key.Fold("train"), Team.Threads);
        if (options.LocalSearch) search ??= Search(new Reward(Problem, State.Standard, state.Calls));
    }

    /// <inheritdoc/>
    protected override (double Loss, double GradientNorm) Update(double rate)
    {
        var update = State.Weights.Steps;
        var imitate = update < options.Imitation * options.Updates;
        if (state.Found is { } found && (imitate || update % 2 == 1))
        {
            var back = step!.Backward(Team, rate, Source(found, update), imitate);
            return (step.Loss, back);
        }
        // Noise that falls to 0 over the first half of the training.
        var left = Math.Max(0, 1 - 2.0 * update / options.Updates);
        var norm = step!.Forward(Team, rate, options.Exploration * left);
        if (double.IsFinite(norm) && !options.Anneal && state.Found is { } buffer) step.Push(buffer);
        return (step.Loss, norm);
    }

    /// <summary>Finds the coordinates of the density by a few particles, then anneals them all.</summary>
    private void Anneal(TrainingObserver observer, CancellationToken cancellation)
    {
        var key = Key.Fold("anneal");
        var scouts = Math.Clamp(options.Particles / ScoutShare / Block.Lanes * Block.Lanes, Block.Lanes, Scouting.Most);
        // Counted once it is done: what was interrupted is begun anew.
        var calls = new CallCounter();
        var standard = Scouting.Run(Problem, State.Standard, [], scouts, options.AnnealMoves, calls, Team, key, done => observer.Exploring("looking for the density", done), cancellation);
        state.Center(standard);
        var all = new Annealing(new Reward(Problem, State.Standard, calls), Problem.Dimension, [], options.Particles, options.AnnealMoves, Scouting.Variance, Team.Threads);
        if (!all.Run(Team, key.Fold("all"), power => observer.Exploring("annealing particles to the density", power), cancellation))
            throw new LocusException($"the energy of '{Problem.Name}' is no finite number where its density was found");
        state.Take(all);
        state.Calls.Add(calls.Total);
    }

    private ISearch Search(Reward reward) => options.Search switch
    {
        SearchKind.Tempering => new TemperingSearch(reward, options, Problem.Dimension, Problem.ConditionCount),
        SearchKind.Annealing => new AnnealingSearch(reward, options, Problem.Dimension),
        _ => new LocalSearch(reward, options, Problem.Dimension, Problem.ConditionCount, Team.Threads),
    };

    /// <summary>Where the paths back of an update begin; ranked, and improved, when it is time.</summary>
    private ReplayBuffer Source(ReplayBuffer found, long update)
    {
        if (options.Anneal) return found;
        var due = update % options.SearchEvery <= 1 || !found.IsRanked;
        if (search is null) return Ranked(found, due);
        if (due) search.Run(Team, Ranked(found, due), state.Improved!, searchKey.Fold((ulong)update));
        // Chains that never moved may have left nothing.
        return state.Improved!.Count > 0 ? Ranked(state.Improved, due) : found;
    }

    private ReplayBuffer Ranked(ReplayBuffer buffer, bool due)
    {
        if (options.RankEpochs ? buffer.IsSpent : due) buffer.Rank();
        return buffer;
    }

    /// <inheritdoc/>
    protected override void Count() => state.LossSum += step!.Loss;

    /// <inheritdoc/>
    protected override (double Loss, IReadOnlyList<(string Name, double Value)> Measures) EndRound()
    {
        var loss = state.LossSum / state.RoundUpdates;
        state.LossSum = 0;
        return (loss, options.LearnsLogZ ? [("logZ", step!.LogZ + State.Standard.LogScale)] : []);
    }
}
