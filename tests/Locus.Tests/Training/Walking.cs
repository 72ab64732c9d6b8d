using Locus.Engine.Workers;
using Locus.Options;
using Locus.Problems;
using Locus.Training;

namespace Locus.Tests.Training;

/// <summary>A method that learns nothing: all that <see cref="Trainer"/> asks of one, and a log of when it was asked.</summary>
internal sealed record WalkOptions : FlowTrainingOptions
{
    /// <summary>Another network and rate than other methods have.</summary>
    public WalkOptions() => (Hidden, LearningRate, LearningRateDecay, Batch) = ([3], 0.5, Locus.Engine.Networks.LearningRateDecay.Linear, 64);

    [Option("Rounds of the walk, a whole number.", Min = 1)]
    public int Rounds { get; init; } = 3;

    [Option("Updates in each round of the walk.", Min = 1)]
    public int Updates { get; init; } = 4;

    /// <summary>The update, counted from 0, whose loss is no number.</summary>
    public long Bad { get; init; } = -1;

    public override string Method => "walk";

    public override Trainer Trainer(Problem problem, long seed, Team team, TrainingState? state = null) => new WalkTrainer(problem, this, seed, team, state);

    public override TrainingState NewState(Problem problem) => new WalkState(problem, this);
}

internal sealed class WalkState(Problem problem, WalkOptions options) : FlowTrainingState(problem, options, options.Rounds)
{
    /// <summary>Places explored before the first update, of 5.</summary>
    public int Explored { get; set; }

    public double LossSum { get; set; }

    protected override void VisitOwn(IStateFields fields)
    {
        Explored = fields.Number("explored", Explored);
        LossSum = fields.Number("lossSum", LossSum);
    }
}

internal sealed class WalkTrainer(Problem problem, WalkOptions options, long seed, Team team, TrainingState? state) : Trainer(problem, options, seed, team, state)
{
    public List<double> Rates { get; } = [];

    protected override double RoundFraction => (double)State.RoundUpdates / options.Updates;

    protected override long UpdateSamples => 10;

    private WalkState Walk => (WalkState)State;

    protected override void Explore(TrainingObserver observer, CancellationToken cancellation)
    {
        for (; Walk.Explored < 5 && !cancellation.IsCancellationRequested; Walk.Explored++) observer.Exploring("walking", Walk.Explored / 5.0);
    }

    protected override (double Loss, double GradientNorm) Update(double rate)
    {
        Rates.Add(rate);
        if (State.Weights.Steps == options.Bad) return (double.NaN, 1);
        return (State.Weights.Steps++, 1);
    }

    protected override void Count() => Walk.LossSum += State.Weights.Steps - 1;

    protected override (double Loss, IReadOnlyList<(string Name, double Value)> Measures) EndRound()
    {
        var mean = Walk.LossSum / State.RoundUpdates;
        Walk.LossSum = 0;
        return (mean, [("height", 100.0 + State.Round), ("depth", double.NaN)]);
    }
}
