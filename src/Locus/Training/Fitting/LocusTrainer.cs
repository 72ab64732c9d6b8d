using System.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;

namespace Locus.Training;

/// <summary>
/// Locus' own method: explores the set, pairs what it found with noise, and fits a network to the flow between them (Lipman et al. 2023, with the pairing of Tong et al. 2024)
/// and to the way back to the set.
/// </summary>
internal sealed class LocusTrainer : Trainer
{
    // Gradient steps by which the speed of the machine is measured.
    private const int Timed = 200;

    // Samples that are looked at for parts of the set that the pool lacks, after a twelfth and after a quarter of the rounds: while the network is still far from settled.
    private const int Fed = 4096, FirstLook = 12, SecondLook = 4;

    // Samples by which a round is judged.
    private const int Judged = 2048;
    private readonly LocusOptions options;
    private readonly LocusState state;
    private readonly int[] order;
    private readonly Key orderKey;
    private FitStep? step;

    // The pass that the order is of; it is drawn again where a training goes on in the middle of one.
    private long shuffled = -1;

    /// <inheritdoc cref="Trainer(Problem, TrainingOptions, long, Team, TrainingState)"/>
    public LocusTrainer(Problem problem, LocusOptions options, long seed, Team team, LocusState? state = null)
        : base(problem, options, seed, team, state)
    {
        (this.options, this.state) = (options, (LocusState)State);
        order = new int[options.PoolSize];
        orderKey = Key.Fold("order");
    }

    /// <inheritdoc/>
    protected override double RoundFraction => ShareOfRound(state.Updates, options.Rounds);

    /// <inheritdoc/>
    protected override void Explore(TrainingObserver observer, CancellationToken cancellation)
    {
        try
        {
            if (!state.Explored) Fill(observer, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Begun anew by the next run.
            return;
        }
        step ??= new FitStep(options, state, Key.Fold("train"), Team.Threads);
    }

    /// <inheritdoc/>
    protected override (double Loss, double GradientNorm) Update(double rate)
    {
        var perPass = options.PoolSize / options.Batch;
        var (pass, update) = Math.DivRem(State.Weights.Steps, perPass);
        if (shuffled != pass) Draws.Permutation(orderKey.Fold((ulong)pass), order);
        shuffled = pass;
        var norm = step!.Run(Team, order.AsMemory((int)update * options.Batch, options.Batch), rate);
        return (step.FlowLoss + step.ProjectorLoss, norm);
    }

    /// <inheritdoc/>
    protected override void Count()
    {
        state.FlowLossSum += step!.FlowLoss;
        state.ProjectorLossSum += step.ProjectorLoss;
    }

    /// <inheritdoc/>
    protected override (double Loss, IReadOnlyList<(string Name, double Value)> Measures) EndRound()
    {
        var (flow, projector) = (state.FlowLossSum / state.RoundUpdates, state.ProjectorLossSum / state.RoundUpdates);
        state.FlowLossSum = state.ProjectorLossSum = 0;
        var slacks = SampleSlacks();
        if (State.Round + 1 == options.Rounds / FirstLook || State.Round + 1 == options.Rounds / SecondLook) Feed();
        state.Judge(flow + projector, Array.TrueForAll(slacks, slack => slack < RoundInfo.SuccessSlack), options.Patience);
        return (flow + projector,
        [
            ("flowLoss", flow), ("projectorLoss", projector), (RoundInfo.MeanSlack, slacks.Average()),
            (RoundInfo.Success, slacks.Count(slack => slack < RoundInfo.SuccessSlack) / (double)Judged),
        ]);
    }

    /// <inheritdoc/>
    protected override string Losses(double loss) => $"flow loss {step!.FlowLoss}, projector loss {step.ProjectorLoss}";

    private void Fill(TrainingObserver observer, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Draw(Key.Fold("explore"), null, observer, cancellation);
        state.Updates = options.Minutes > 0 ? UpdatesWithin(TimeSpan.FromMinutes(options.Minutes) - clock.Elapsed) : options.UpdatesFor(Problem.Dimension);
        state.Explored = true;
    }

    /// <summary>Explores the set again where the network's samples lead to parts of it that the pool lacks.</summary>
    private void Feed()
    {
        var news = PoolNews.Of(state, Sampler.Sample(Fed, Key.Fold("news").Fold((ulong)State.Round), Team), Team);
        if (news.Count > 0) Draw(Key.Fold("explore").Fold((ulong)State.Round), news, new TrainingObserver(), CancellationToken.None);
    }

    /// <summary>Draws the pool, the first or, with points that a network found, a new one in the coordinates of the first; and pairs it with noise.</summary>
    private void Draw(Key key, Points? news, TrainingObserver observer, CancellationToken cancellation)
    {
        var explorer = new Explorer(Problem, key, Team, cancellation);
        var pool = explorer.Run(options.PoolSize, observer.Exploring, news);
        if (news is null) state.Take(pool.Points, explorer.Set);
        else state.Refill(pool.Points, explorer.Set);
        observer.Exploring("looking at what was found", 0);
        state.Facts = PoolReview.Of(explorer.Set, pool, Key.Fold("review"), Team) with { News = (state.Facts?.News ?? 0) + (news?.Count ?? 0) };
        observer.Explored(state.Facts);
        state.Margin = TrainingMargin.Of(state, options.Margin, Key.Fold("margin"));
        Pair(observer, cancellation);
    }

    private void Pair(TrainingObserver observer, CancellationToken cancellation)
    {
        var d = Problem.Dimension;
        shuffled = -1;
        var noise = new EvenDraws(Key.Fold("noise"), d);
        // The points may be as even, in the same order: they must tell nothing about their noise but by the pairing.
        Draws.Permutation(Key.Fold("noise"), order);
        for (var i = 0; i < order.Length; i++)
            for (var k = 0; k < d; k++) state.Noise[i * d + k] = (float)noise.Normal((ulong)order[i], k);
        var pairing = new NoisePairing(state.Points, state.Noise, d, Team.Threads, cancellation);
        for (var round = 0; round < options.Pairings; round++)
        {
            observer.Exploring("pairing it with noise", (double)round / options.Pairings);
            pairing.Run(Team, Key.Fold("pairing").Fold((ulong)round), state.Conditions);
        }
    }

    /// <summary>How many gradient steps fit into a time, measured on weights that are thrown away.</summary>
    private int UpdatesWithin(TimeSpan time)
    {
        var rehearsal = new LocusState(Problem, options);
        rehearsal.TakeFrom(state);
        var timed = new FitStep(options, rehearsal, Key.Fold("rehearsal"), Team.Threads);
        Draws.Permutation(Key.Fold("rehearsal"), order);
        var clock = new Stopwatch();
        for (var i = 0; i < 2 * Timed; i++)
        {
            // The first half warms up.
            if (i == Timed) clock.Start();
            timed.Run(Team, order.AsMemory(0, options.Batch), options.LearningRate);
        }
        // A part is for what comes between the steps.
        var most = 0.95 * time / clock.Elapsed * Timed;
        return (int)Math.Clamp(most, options.Rounds, int.MaxValue);
    }

    private double[] SampleSlacks()
    {
        var samples = Sampler.Sample(Judged, Key.Fold("judged"), Team);
        var slacks = new double[Judged];
        double[] slack = new double[1], scratch = new double[Problem.Slack.ScratchRows];
        for (var i = 0; i < Judged; i++)
        {
            Problem.Slack.Run(samples.Points[i], samples.Conditions is { } c ? c[i] : [], slack, scratch);
            slacks[i] = slack[0];
        }
        return slacks;
    }
}
