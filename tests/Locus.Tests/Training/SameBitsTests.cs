using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Tests.Formats;
using Locus.Training;

namespace Locus.Tests.Training;

/// <summary>The result depends on problem, options and seed alone.</summary>
public sealed class SameBitsTests
{
    private static readonly Lazy<byte[]> Unbroken = new(() =>
    {
        using var team = new Team(1);
        return Trainings.Bits(Trainings.Train(Trainings.Ring, Trainings.Short, team));
    });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Parameters_pool_and_samples_are_the_same_for_any_number_of_threads(int threads)
    {
        using Team one = new(1), many = new(threads);
        // Nine blocks for as many shards, and a time law, embedding and readings other than the usual.
        var options = Trainings.Short with
        {
            Batch = 576, Rounds = 2, TimeLaw = TimeLaw.LogitNormal, TimeEmbedding = Engine.Networks.TimeEmbeddingKind.Fourier, NoiseCount = NoiseCount.Literal, WeightDecay = 0.1, GradientClip = 1,
        };
        Trainer alone = Trainings.Train(Trainings.Ring, options, one), shared = Trainings.Train(Trainings.Ring, options, many);
        Assert.Equal(Trainings.Bits(alone), Trainings.Bits(shared));
        Assert.Equal(alone.Sampler.Sample(300, Key.Seed(1), one).Points.Values, shared.Sampler.Sample(300, Key.Seed(1), many).Points.Values);
        Assert.True(((SelfTrainingState)alone.State).Pool.ModelCount > 50, "without model points in the pool little is shown");

        using var again = new Team(threads);
        Assert.Equal(Unbroken.Value, Trainings.Bits(Trainings.Train(Trainings.Ring, Trainings.Short, again)));
    }

    // The first update; within a pass; at its end; at the end of a round, when the pool has just been rebuilt; the last ones.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(Trainings.UpdatesPerPass)]
    [InlineData(Trainings.UpdatesPerPass + 1)]
    [InlineData(Trainings.UpdatesPerRound - 1)]
    [InlineData(Trainings.UpdatesPerRound)]
    [InlineData(Trainings.UpdatesPerRound + 1)]
    [InlineData(37)]
    [InlineData(Trainings.Updates - 1)]
    [InlineData(Trainings.Updates)]
    public void A_training_that_was_cancelled_saved_and_resumed_gives_the_bits_of_an_unbroken_one(int update)
    {
        using var folder = new TemporaryFolder();
        using Team two = new(2), one = new(1);
        var stopped = Trainings.Train(Trainings.Ring, Trainings.Short, two, until: update);
        Assert.Equal(update, stopped.State.Weights.Steps);
        Assert.Equal(update == Trainings.Updates, stopped.Finished);
        Checkpoint.Write(folder["state"], stopped);
        var resumed = Trainings.Train(Trainings.Ring, Trainings.Short, one, Read(folder["state"], stopped));
        Assert.True(resumed.Finished);
        Assert.Equal(Unbroken.Value, Trainings.Bits(resumed));
    }

    [Fact]
    public void Many_interruptions_one_after_the_other_change_nothing()
    {
        using var folder = new TemporaryFolder();
        using var team = new Team(2);
        TrainingState? state = null;
        for (var i = 0; ; i++)
        {
            var until = (state?.Weights.Steps ?? 0) + 1 + Draws.Below(Key.Seed(4), (ulong)i, 0, 9);
            var trainer = Trainings.Train(Trainings.Ring, Trainings.Short, team, state, until);
            if (trainer.Finished)
            {
                Assert.InRange(i, 6, Trainings.Updates);
                Assert.Equal(Unbroken.Value, Trainings.Bits(trainer));
                return;
            }
            Checkpoint.Write(folder["state"], trainer);
            state = Read(folder["state"], trainer);
        }
    }

    [Fact]
    public void Another_seed_or_another_option_gives_other_bits()
    {
        using var team = new Team(1);
        Assert.NotEqual(Unbroken.Value, Trainings.Bits(Trainings.Train(Trainings.Ring, Trainings.Short, team, seed: 4)));
        Assert.NotEqual(Unbroken.Value, Trainings.Bits(Trainings.Train(Trainings.Ring, Trainings.Short with { Filter = 0.04 }, team)));
    }

    private static TrainingState Read(string path, Trainer trainer)
    {
        var state = trainer.Options.NewState(trainer.Problem);
        Checkpoint.Read(path, trainer.Problem.ToYaml(), trainer.Options, trainer.Seed, state);
        return state;
    }
}
