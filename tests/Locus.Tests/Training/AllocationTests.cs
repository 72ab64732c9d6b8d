using Locus.Engine.Workers;
using Locus.Training;

namespace Locus.Tests.Training;

public sealed class AllocationTests
{
    public static TheoryData<TimeLaw, bool> Kinds => new() { { TimeLaw.Uniform, false }, { TimeLaw.LogitNormal, false }, { TimeLaw.Uniform, true } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Neither_an_update_nor_a_new_pass_allocates_anything(TimeLaw law, bool conditional)
    {
        using var team = new Team(1);
        var options = Trainings.Short with
        {
            Rounds = 2, Passes = 8, TimeLaw = law, TimeEmbedding = Engine.Networks.TimeEmbeddingKind.Fourier, LearningRateDecay = Engine.Networks.LearningRateDecay.Cosine,
        };
        var trainer = options.Trainer(conditional ? Trainings.Ring : Trainings.Rectangle, 1, team);
        var meter = new Meter(trainer);
        trainer.Run(meter, CancellationToken.None);
        Assert.Equal(2 * 8 * Trainings.UpdatesPerPass, meter.Count);
        // The first pass of a round prepares; the pool between two rounds may allocate.
        AssertLevel(meter, first: i => i / Trainings.UpdatesPerPass % 8 == 0);
    }

    [Theory]
    [MemberData(nameof(FitSameBitsTests.Names), MemberType = typeof(FitSameBitsTests))]
    public void Nor_does_an_update_of_the_default_method(string name)
    {
        using var team = new Team(1);
        var trainer = Trainings.Fit.Trainer(Trainings.Kinds.Single(problem => problem.Name == name), 1, team);
        var meter = new Meter(trainer);
        trainer.Run(meter, CancellationToken.None);
        Assert.Equal(40, meter.Count);
        // New passes begin within the rounds; between two rounds samples are drawn, which allocates.
        AssertLevel(meter, first: i => i % 10 == 0);
    }

    private static void AssertLevel(Meter meter, Func<int, bool> first)
    {
        // A collection, which other tests may cause, settles the thread's account and moves its count by a few bytes: what lies around one says nothing.
        var compared = 0;
        for (var i = 1; i < meter.Count; i++)
        {
            if (first(i) || meter.Collections[i - 1] != meter.Collections[i]) continue;
            Assert.Equal(meter.Bytes[i - 1], meter.Bytes[i]);
            compared++;
        }
        Assert.InRange(compared, meter.Count / 2, meter.Count);
    }

    private sealed class Meter(Trainer trainer) : TrainingObserver
    {
        public long[] Bytes { get; } = new long[1000];

        public int[] Collections { get; } = new int[1000];

        public int Count { get; private set; }

        public override void Updated(in TrainingProgress progress)
        {
            if (trainer.State.Weights.Steps != Count + 1) return;
            Bytes[Count] = GC.GetAllocatedBytesForCurrentThread();
            Collections[Count++] = GC.CollectionCount(0);
        }
    }
}
