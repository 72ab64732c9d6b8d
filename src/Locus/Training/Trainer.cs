using System.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Sampling;

namespace Locus.Training;

/// <summary>
/// Trains a network to draw from a problem's set. What all methods share is here: rounds of updates, the clock, interruption, the end of a training that diverges.
/// A method says what an update does, when a round ends and what follows. The result depends on problem, options and seed alone; threads and interruptions
/// do not change a bit of it.
/// </summary>
public abstract class Trainer
{
    /// <summary>A trainer before its first update, its weights drawn, or one that goes on from a state.</summary>
    /// <param name="problem">What to sample.</param>
    /// <param name="options">The options; checked here.</param>
    /// <param name="seed">Decides all randomness.</param>
    /// <param name="team">Workers.</param>
    /// <param name="state">A state from a checkpoint of the same problem, options and seed; null to begin.</param>
    /// <exception cref="LocusException">Options are wrong: all findings in one message.</exception>
    protected Trainer(Problem problem, TrainingOptions options, long seed, Team team, TrainingState? state)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(team);
        var findings = options.Validate();
        if (findings.Count == 0) findings = options.Unfit(problem);
        if (findings.Count > 0) throw new LocusException(string.Join(Environment.NewLine, findings));
        Problem = problem;
        Options = options;
        Seed = seed;
        Team = team;
        Key = Key.Seed(seed);
        State = state ?? options.NewState(problem);
        if (state is not null) return;
        State.Initialize(Key.Fold("weights"));
        State.Weights.Parameters.CopyTo(State.Weights.Average);
    }

    /// <summary>What is sampled.</summary>
    public Problem Problem { get; }

    /// <summary>The options.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The seed.</summary>
    public long Seed { get; }

    /// <summary>Where training stands.</summary>
    public TrainingState State { get; }

    /// <summary>Whether all rounds are done.</summary>
    public bool Finished => State.Round >= State.Rounds;

    /// <summary>The sampler of the averaged weights as they are now; it sees later training too.</summary>
    public Sampler Sampler => State.Sampler;

    /// <summary>The source of all randomness, to be folded by name.</summary>
    protected Key Key { get; }

    /// <summary>Workers.</summary>
    protected Team Team { get; }

    /// <summary>Share of this round's updates done, 0 to 1; the round ends when it is 1.</summary>
    protected abstract double RoundFraction { get; }

    /// <summary>Training samples of one update.</summary>
    protected virtual long UpdateSamples => Options.Batch;

    /// <summary>Share of this round's updates done, of a training whose rounds differ in length by one at most.</summary>
    /// <param name="updates">Updates of all rounds.</param>
    /// <param name="rounds">Number of rounds.</param>
    protected double ShareOfRound(long updates, int rounds) => (double)State.RoundUpdates / ((State.Round + 1L) * updates / rounds - State.Round * updates / rounds);

    private double Fraction => (State.Round + RoundFraction) / State.Rounds;

    /// <summary>Trains until all rounds are done or the cancellation comes, which ends training after the current update, in a state that can go on.</summary>
    /// <param name="observer">Watches.</param>
    /// <param name="cancellation">Ends training early.</param>
    /// <exception cref="TrainingException">The loss is no longer finite.</exception>
    public void Run(TrainingObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (Finished) return;
        var clock = Stopwatch.StartNew();
        var secondsBefore = State.Seconds;
        var rates = Options.Rate();
        Explore(observer, cancellation);
        State.Seconds = secondsBefore + clock.Elapsed.TotalSeconds;
        if (cancellation.IsCancellationRequested) return;
        while (!Finished)
        {
            while (RoundFraction < 1)
            {
                if (cancellation.IsCancellationRequested) return;
                var loss = CheckedUpdate(rates.At(Fraction, State.Weights.Steps));
                State.Seconds = secondsBefore + clock.Elapsed.TotalSeconds;
                observer.Updated(new TrainingProgress(Fraction, State.NetworkSamples, loss));
            }
            var rate = rates.At(Fraction, State.Weights.Steps);
            var (mean, measures) = EndRound();
            State.Round++;
            State.RoundUpdates = 0;
            State.Seconds = secondsBefore + clock.Elapsed.TotalSeconds;
            observer.RoundEnded(new RoundInfo(State.Round, State.Rounds, State.Weights.Steps, State.NetworkSamples, State.Seconds, rate, mean, measures), this);
        }
    }

    /// <summary>
    /// What comes before the first update, if anything. Called at the start of each run: what the state already holds is not to be done again, and after a cancellation the
    /// state must be such that the next call goes on.
    /// </summary>
    /// <param name="observer">Is told how far it is.</param>
    /// <param name="cancellation">Ends it early.</param>
    protected virtual void Explore(TrainingObserver observer, CancellationToken cancellation)
    {
    }

    /// <summary>Makes one gradient step and leaves all else in the state as it is.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <returns>The loss, weighted, and the norm of its gradient; not finite when training has diverged.</returns>
    protected abstract (double Loss, double GradientNorm) Update(double rate);

    /// <summary>Counts the update just made, whose loss was finite: the place in the round, sums of losses.</summary>
    protected abstract void Count();

    /// <summary>Ends a round: makes all ready for the next one and sets what the state counts over a round back to 0.</summary>
    /// <returns>The mean loss of the round, and what the method measured besides; see <see cref="RoundInfo"/>.</returns>
    protected abstract (double Loss, IReadOnlyList<(string Name, double Value)> Measures) EndRound();

    /// <summary>The losses of the last update in words, for the message of a training that diverged.</summary>
    /// <param name="loss">The loss that it returned.</param>
    protected virtual string Losses(double loss) => $"loss {loss}";

    private double CheckedUpdate(double rate)
    {
        var (loss, norm) = Update(rate);
        if (!double.IsFinite(norm) || !double.IsFinite(loss))
            throw new TrainingException(
                $"training diverged in round {State.Round + 1}, update {State.Weights.Steps + 1}: {Losses(loss)}, gradient norm {norm}. "
                + "Lower learningRate, or gradientClip (1, say, where it is 0, which is off); if it happens in the first updates, let 'locus check' look for places where a constraint or the energy is not finite, and for an energy without a norm.");
        State.RoundUpdates++;
        State.NetworkSamples += UpdateSamples;
        Count();
        return loss;
    }
}
