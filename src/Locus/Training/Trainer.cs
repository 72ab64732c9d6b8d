using System.Diagnostics;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Sampling;

namespace Locus.Training;

/// <summary>
/// Trains a network to draw from a problem's set without data: Algorithm 1 of Burghoff, Braun and Toussaint 2025.
/// Rounds of training on a pool alternate with rebuilding the pool from the network and noise. The result depends on problem, options and seed
/// alone; threads and interruptions do not change a bit of it.
/// </summary>
public sealed class Trainer
{
    private const long MostParameters = 100_000_000;
    private readonly Key key;
    private readonly Key orderKey;
    private readonly Team team;
    private readonly TrainingStep step;
    private readonly PoolBuilder builder;
    private readonly int[] order;

    /// <summary>A trainer before its first step, or one that goes on from a state.</summary>
    /// <param name="problem">What to sample.</param>
    /// <param name="options">The options; checked here.</param>
    /// <param name="seed">Decides all randomness.</param>
    /// <param name="team">Workers.</param>
    /// <param name="state">A state from a checkpoint of the same problem, options and seed; null to begin.</param>
    /// <exception cref="LocusException">Options are wrong: all findings in one message.</exception>
    public Trainer(Problem problem, TrainingOptions options, long seed, Team team, TrainingState? state = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(team);
        List<string> findings = [.. options.Validate()];
        if (findings.Count == 0) findings.AddRange(TooLarge(problem, options));
        if (findings.Count > 0) throw new LocusException(string.Join(Environment.NewLine, findings));
        Problem = problem;
        Options = options;
        Seed = seed;
        this.team = team;
        key = Key.Seed(seed);
        orderKey = key.Fold("order");
        Shape = options.Shape(problem.Dimension, problem.ConditionCount);
        var standard = Standardization.Of(problem);
        State = state ?? new TrainingState(Shape, options);
        builder = new PoolBuilder(options, Shape, standard, team.Threads);
        if (state is null)
        {
            Mlp.Initialize(Shape, key.Fold("weights"), (float)options.OutputScale, State.Weights.Parameters.Span);
            State.Weights.Parameters.CopyTo(State.Weights.Average);
            builder.FillWithNoise(State.Pool, key.Fold("pool").Fold(0));
        }
        step = new TrainingStep(options, Shape, standard, State.Weights, State.Pool, key.Fold("train"), team.Threads);
        order = new int[options.PoolSize + options.Batch];
    }

    /// <summary>What is sampled.</summary>
    public Problem Problem { get; }

    /// <summary>The options.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The seed.</summary>
    public long Seed { get; }

    /// <summary>The network.</summary>
    public MlpShape Shape { get; }

    /// <summary>Where training stands.</summary>
    public TrainingState State { get; }

    /// <summary>Whether all rounds are done.</summary>
    public bool Finished => State.Round >= Options.Rounds;

    /// <summary>The sampler of the averaged weights as they are now; it sees later training too.</summary>
    public Sampler Sampler => new(Problem, Shape, State.Weights.Average[..State.Weights.Count], Options.Sampler);

    private int UpdatesPerPass => (State.Pool.Count + Options.Batch - 1) / Options.Batch;

    private double Fraction => (State.Round + (State.Pass + (double)State.Update / UpdatesPerPass) / Options.Passes) / Options.Rounds;

    /// <summary>Trains until all rounds are done or the cancellation comes, which ends training after the current update, in a state that can go on.</summary>
    /// <param name="observer">Watches.</param>
    /// <param name="cancellation">Ends training early.</param>
    /// <exception cref="TrainingException">The loss is no longer finite.</exception>
    public void Run(TrainingObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var clock = Stopwatch.StartNew();
        var secondsBefore = State.Seconds;
        var rates = Options.Rate();
        while (!Finished)
        {
            for (; State.Pass < Options.Passes; State.Pass++, State.Update = 0)
            {
                Shuffle();
                for (var updates = UpdatesPerPass; State.Update < updates;)
                {
                    if (cancellation.IsCancellationRequested) return;
                    Update(rates);
                    State.Seconds = secondsBefore + clock.Elapsed.TotalSeconds;
                    observer.Updated(new TrainingProgress(Fraction, State.NetworkSamples, Options.AlphaVelocity * step.VelocityLoss + Options.AlphaConstraint * step.ConstraintLoss));
                }
            }
            var rate = rates.At(Fraction, State.Weights.Steps);
            var pool = builder.Rebuild(State.Pool, State.Round + 1, team, Options.PoolFromAverage ? State.Weights.Average : State.Weights.Parameters, key.Fold("pool").Fold((ulong)State.Round + 1));
            var (velocity, constraint) = (State.VelocityLossSum / State.RoundUpdates, State.ConstraintLossSum / State.RoundUpdates);
            State.Round++;
            State.Pass = State.Update = State.RoundUpdates = 0;
            State.VelocityLossSum = State.ConstraintLossSum = 0;
            State.Seconds = secondsBefore + clock.Elapsed.TotalSeconds;
            observer.RoundEnded(
                new RoundInfo(State.Round, Options.Rounds, State.Weights.Steps, State.NetworkSamples, State.Seconds, rate, velocity, constraint,
                    Options.AlphaVelocity * velocity + Options.AlphaConstraint * constraint, pool),
                this);
        }
    }

    /// <summary>What would not fit into one array: the gradients of all shards, and the pool.</summary>
    private static IEnumerable<string> TooLarge(Problem problem, TrainingOptions options)
    {
        int dimension = problem.Dimension, conditions = problem.ConditionCount;
        // A network of one narrow layer has the same inputs and outputs.
        var inputs = (options with { Hidden = [1] }).Shape(dimension, conditions).InputRows;
        int[] sizes = [inputs, .. options.Hidden, dimension];
        var parameters = sizes.Zip(sizes.Skip(1), (from, to) => (from + 1L) * to).Sum();
        if (parameters > MostParameters)
            yield return $"'hidden' makes a network of {parameters} weights, more than the {MostParameters} that can be trained; make the layers narrower";
        var numbers = (long)options.PoolSize * (dimension + conditions);
        if (numbers > Array.MaxLength)
            yield return $"'poolSize' makes a pool of {numbers} numbers, more than the {Array.MaxLength} that fit into one array; {Array.MaxLength / (dimension + conditions)} points would";
    }

    private void Update(LearningRate rates)
    {
        var rate = rates.At(Fraction, State.Weights.Steps);
        var norm = step.Run(team, order.AsMemory(State.Update * Options.Batch, Options.Batch), rate);
        if (!double.IsFinite(norm) || !double.IsFinite(step.VelocityLoss + step.ConstraintLoss))
            throw new TrainingException(
                $"training diverged in round {State.Round + 1}, update {State.Weights.Steps + 1}: velocity loss {step.VelocityLoss}, constraint loss {step.ConstraintLoss}, gradient norm {norm}. "
                + "Lower learningRate or set gradientClip (1, say); if it happens in the first updates, let 'locus check' look for places where a constraint is not finite.");
        State.Update++;
        State.RoundUpdates++;
        State.NetworkSamples += Options.Batch;
        State.VelocityLossSum += step.VelocityLoss;
        State.ConstraintLossSum += step.ConstraintLoss;
    }

    /// <summary>The order of this pass: a permutation of the pool, continued from its start so that the last batch is full.</summary>
    private void Shuffle()
    {
        var count = State.Pool.Count;
        Draws.Permutation(orderKey.Fold((ulong)State.Round).Fold((ulong)State.Pass), order.AsSpan(0, count));
        for (var i = count; i < UpdatesPerPass * Options.Batch; i++) order[i] = order[i - count];
    }
}
