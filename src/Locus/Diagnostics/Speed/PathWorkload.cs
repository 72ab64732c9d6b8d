using Locus.Engine.Probes;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.OffPolicy;
using Locus.Problems;

namespace Locus.Diagnostics.Speed;

/// <summary>
/// Updates of a drift for an energy, for measuring their speed. With a buffer a piece of work is two updates, one on the drift's own paths and one on paths back; searches are counted by themselves, see <see cref="Search"/>.
/// </summary>
public sealed class PathWorkload
{
    private readonly OffPolicyOptions options;
    private readonly OffPolicyState state;
    private readonly Team team;
    private readonly PathStep step;
    private readonly LocalSearch? search;
    private ulong searches;

    /// <summary>Updates before the first one; a buffer is filled by one on the drift's own paths.</summary>
    /// <param name="problem">A problem with an energy.</param>
    /// <param name="options">The training; its buffer must not be annealed.</param>
    /// <param name="team">Workers.</param>
    /// <exception cref="LocusException">Options are wrong: all findings in one message.</exception>
    public PathWorkload(Problem problem, OffPolicyOptions options, Team team)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(team);
        if (options.Anneal) throw new ArgumentException("a buffer that is annealed first has no place in updates alone", nameof(options));
        (this.options, this.team) = (options, team);
        // The trainer checks the options and draws the first weights.
        state = (OffPolicyState)new OffPolicyTrainer(problem, options, seed: 1, team).State;
        step = new PathStep(options, state, Key.Seed(1).Fold("speed"), team.Threads);
        if (state.Found is not { } found) return;
        step.Forward(team, options.LearningRate, options.Exploration);
        step.Push(found);
        found.Rank();
        if (options.LocalSearch) search = new LocalSearch(new Reward(problem, state.Standard), options, problem.Dimension, problem.ConditionCount, team.Threads);
    }

    /// <summary>Updates in a piece of work: 1, or 2 with a buffer.</summary>
    public int Updates => state.Found is null ? 1 : 2;

    /// <summary>Operations of the networks in a piece of work: all steps of all paths are evaluated once, and then once more with a backward pass.</summary>
    public double Flops => (double)Updates * options.Batch * options.Sampler.Steps * (state.Shape.Trunk.FlopsPerSample + FlopCount.Training(state.Shape.Trunk));

    /// <summary>Loss of the last update.</summary>
    public double Loss => step.Loss;

    /// <summary>Makes the updates of one piece of work.</summary>
    public void Run()
    {
        step.Forward(team, options.LearningRate, options.Exploration);
        if (state.Found is not { } found) return;
        step.Push(found);
        step.Backward(team, options.LearningRate, found);
    }

    /// <summary>Makes one local search from the buffer, and ranks what it found.</summary>
    /// <exception cref="InvalidOperationException">The training has none.</exception>
    public void Search()
    {
        if (search is null) throw new InvalidOperationException("a training without localSearch has nothing to search");
        search.Run(team, state.Found!, state.Improved!, Key.Seed(1).Fold(searches++));
        state.Improved!.Rank();
    }
}
