using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;
using Locus.Training;

namespace Locus.Methods.OffPolicy;

/// <summary>Trains a drift for an energy, off-policy (Sendera et al. 2024, algorithm 1).</summary>
internal sealed class OffPolicyTrainer : Trainer
{
    // Particles that look for the density, and the standard deviation of the normal law from which all are annealed, in the coordinates that the first have found.
    private const int Scouts = 4096;
    private const double Width = 1.5;

    // Standard deviations of the normal law from which scouts are annealed, in the problem's own units: the one that gives most of Z serves.
    private static readonly double[] Widths = [0.25, 1, 4, 16, 64];

    private readonly OffPolicyOptions options;
    private readonly OffPolicyState state;
    private readonly Key searchKey;
    private PathStep? step;
    private LocalSearch? search;

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
        if (options.LocalSearch) search ??= new LocalSearch(new Reward(Problem, State.Standard, state.Calls), options, Problem.Dimension, Problem.ConditionCount, Team.Threads);
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
        // Counted once it is done: what was interrupted is begun anew.
        var (key, calls) = (Key.Fold("anneal"), new CallCounter());
        Annealing? best = null;
        for (var i = 0; i < Widths.Length; i++)
        {
            observer.Exploring("looking for the density", (double)i / Widths.Length);
            var scouts = Particles(Scouts, Widths[i] * Widths[i], calls);
            if (scouts.Run(Team, key.Fold((ulong)i), null, cancellation) && (best is null || scouts.LogZ > best.LogZ)) best = scouts;
        }
        if (best is null) throw new LocusException($"the energy of '{Problem.Name}' is no finite number at any of {Widths.Length * Scouts} points around the origin; move its variables there, or let 'locus check' look");
        state.Center(best.Positions);
        var all = Particles(options.Particles, Width * Width, calls);
        if (!all.Run(Team, key.Fold("all"), power => observer.Exploring("annealing particles to the density", power), cancellation))
            throw new LocusException($"the energy of '{Problem.Name}' is no finite number where its density was found");
        state.Take(all);
        state.Calls.Add(calls.Total);
    }

    private Annealing Particles(int count, double variance, CallCounter calls) => new(new Reward(Problem, State.Standard, calls), Problem.Dimension, count, options.AnnealMoves, variance, Team.Threads);

    /// <summary>Where the paths back of an update begin; ranked, and improved, when it is time.</summary>
    private ReplayBuffer Source(ReplayBuffer found, long update)
    {
        if (options.Anneal) return found;
        if (update % options.SearchEvery > 1 && found.IsRanked) return state.Improved ?? found;
        found.Rank();
        if (search is null) return found;
        search.Run(Team, found, state.Improved!, searchKey.Fold((ulong)update));
        state.Improved!.Rank();
        return state.Improved;
    }

    /// <inheritdoc/>
    protected override void Count() => state.LossSum += step!.Loss;

    /// <inheritdoc/>
    protected override (double Loss, IReadOnlyList<(string Name, double Value)> Measures) EndRound()
    {
        var loss = state.LossSum / state.RoundUpdates;
        state.LossSum = 0;
        return (loss, [("logZ", state.LogZ.Parameters.Span[0])]);
    }
}
