using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Training;

public sealed class DivergenceTests
{
    [Fact]
    public void A_training_that_diverges_says_where_and_what_to_change()
    {
        // Steps as large as 1 throw the prediction far out, where the penalty grows faster than floats.
        var problem = Problem.Define("steep", 2, x => [Exp(4 * x[0]) <= 1, Exp(4 * x[1]) <= 1]);
        using var team = new Team(2);
        var message = Assert.Throws<TrainingException>(() => Trainings.Train(problem, Trainings.Short with { LearningRate = 1, WarmupSteps = 0 }, team)).Message;
        Assert.Matches("^training diverged in round [1-4], update [0-9]+: ", message);
        Assert.Contains("Lower learningRate, or gradientClip", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_training_in_its_first_update()
    {
        // log of a negative number, over the half of the plane where much of the noise lies.
        var problem = Problem.Define("undefined", 2, x => [Log(x[0]) <= 0]);
        using var team = new Team(1);
        var trainer = Trainings.Short.Trainer(problem, 1, team);
        var before = trainer.State.Weights.Parameters.ToArray();
        var message = Assert.Throws<TrainingException>(() => trainer.Run(new TrainingObserver(), CancellationToken.None)).Message;
        Assert.Contains("round 1, update 1:", message, StringComparison.Ordinal);
        Assert.Contains("locus check", message, StringComparison.Ordinal);
        Assert.Equal(before, trainer.State.Weights.Parameters.ToArray());
    }

    [Fact]
    public void Wrong_options_are_refused_before_anything_is_trained()
    {
        using var team = new Team(1);
        var message = Assert.Throws<LocusException>(() => (Trainings.Short with { Rounds = 0, Batch = 100, Clip = 0 }).Trainer(Trainings.Ring, 1, team)).Message;
        Assert.Equal(3, message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void Networks_and_pools_that_no_array_can_hold_are_refused()
    {
        using var team = new Team(1);
        var wide = Problem.Define("wide", 2000, x => [x[0] <= 1]);
        var options = Trainings.Short with { Hidden = [65536], PoolSize = 100_000_000 };
        var message = Assert.Throws<LocusException>(() => options.Trainer(wide, 1, team)).Message.Split(Environment.NewLine);
        // (2000 + 1 + 1) 65536 + (65536 + 1) 2000, with the time as one more input and the biases.
        Assert.Contains("'hidden' makes a network of 262277072 weights", message[0], StringComparison.Ordinal);
        Assert.Contains("'poolSize' makes a pool of 200000000000 numbers", message[1], StringComparison.Ordinal);
    }
}
