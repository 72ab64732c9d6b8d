using Locus.Engine.Workers;
using Locus.Tests.Formats;
using Locus.Training;

namespace Locus.Tests.Training.Fitting;

/// <summary>Training comes to its end when rounds gain nothing more, and not before.</summary>
public sealed class EarlyEndTests
{
    private static readonly LocusOptions Options = Trainings.Fit with { Rounds = 24, Updates = 240 };

    [Fact]
    public void Training_ends_a_third_of_the_rounds_after_the_last_of_three_without_gain()
    {
        var state = State();
        // 1.97 is a gain of less than a fiftieth, and stays the lowest; 1.94 is no fiftieth below it.
        double[] losses = [3, 2, 1.97, 1.94, 1.95];
        foreach (var loss in losses)
        {
            Assert.Equal(24, state.Rounds);
            Judge(state, loss);
        }
        Assert.Equal((5, 3, 1.94), (state.Round, state.RoundsWithoutGain, state.LowestLoss));
        Assert.Equal(7, state.Rounds);
        // What is decided stays decided, also when the falling rate brings new gains.
        Judge(state, 1);
        Judge(state, 0.5);
        Assert.Equal((7, 7), (state.Round, state.Rounds));
    }

    [Fact]
    public void A_round_whose_samples_miss_the_set_begins_the_count_anew()
    {
        var state = State();
        for (var round = 0; round < 20; round++) Judge(state, 2, onSet: round % 3 != 0);
        Assert.Equal(24, state.Rounds);
    }

    [Fact]
    public void Patience_0_trains_to_the_last_round_and_late_ends_are_no_ends()
    {
        var state = State();
        for (var round = 0; round < 23; round++) Judge(state, 2, patience: 0);
        Assert.Equal(24, state.Rounds);

        // Twenty rounds with gain: a third of 23 would end behind the last round.
        state = State();
        for (var round = 0; round < 23; round++) Judge(state, round < 20 ? Math.Pow(0.9, round) : 1);
        Assert.Equal(24, state.Rounds);
    }

    [Fact]
    public void A_training_that_ends_early_has_the_same_bits_when_it_was_interrupted_on_the_way()
    {
        // So small a rate gains nothing but by chance, and no sample misses so small a set by a thousandth.
        var options = Trainings.Fit with { Rounds = 12, Updates = 48, Patience = 1, LearningRate = 1e-9, Sampler = new() { Steps = 1 } };
        var problem = Locus.Problems.Problem.Define("speck", 2, x => [x[0] <= 0], -1e-6, 1e-6);
        using var team = new Team(2);
        var whole = Trainings.Train(problem, options, team);
        Assert.True(whole.Finished);
        Assert.InRange(whole.State.Rounds, 3, 8);
        Assert.Equal((whole.State.Rounds, 4 * whole.State.Rounds), (whole.State.Round, whole.State.Weights.Steps));

        using var folder = new TemporaryFolder();
        foreach (var update in new[] { 5, 4 * whole.State.Rounds - 5, 4 * whole.State.Rounds - 1 })
        {
            var stopped = Trainings.Train(problem, options, team, until: update);
            Checkpoint.Write(folder["state"], stopped);
            var state = options.NewState(problem);
            Checkpoint.Read(folder["state"], problem.ToYaml(), options, stopped.Seed, state);
            Assert.Equal(Trainings.Bits(whole), Trainings.Bits(Trainings.Train(problem, options, team, state)));
        }
    }

    private static LocusState State() => new(Trainings.Rectangle, Options);

    private static void Judge(LocusState state, double loss, bool onSet = true, int patience = 3)
    {
        state.Judge(loss, onSet, patience);
        state.Round++;
    }
}
