using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.OffPolicy;
using Locus.Problems;
using Locus.Training;
using static Locus.Expressions.Functions;

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

    // Searches come at the updates 1 and 21; a new round begins after 20.
    [Theory]
    [InlineData(PathLossKind.TrajectoryBalance, true, false)]
    [InlineData(PathLossKind.SubTrajectoryBalance, false, true)]
    [InlineData(PathLossKind.Pathwise, false, false)]
    public void Nor_does_an_update_for_an_energy(PathLossKind loss, bool search, bool free)
    {
        using var team = new Team(1);
        var problem = Problem.OfEnergy("bowl", 2, x => Square(x[0]) / 2 + Square(x[1]));
        var options = new OffPolicyOptions
        {
            Batch = 64, Hidden = [8], Updates = 40, Rounds = 2, Loss = loss, Langevin = true, Gate = free, LearnVariance = free, ForwardLooking = free, RandomGrids = free, Replay = search, LocalSearch = search,
            SearchEvery = 20, SearchSteps = 6, SearchBurnIn = 2, BufferSize = 4096, Sampler = new DiffusionOptions { Steps = 6, NoiseUnits = free },
        };
        var trainer = options.Trainer(problem, 1, team);
        var meter = new Meter(trainer);
        trainer.Run(meter, CancellationToken.None);
        Assert.Equal(40, meter.Count);
        AssertLevel(meter, first: i => i % 20 <= 2);
    }

    [Fact]
    public void A_buffer_of_600000_points_in_32_dimensions_takes_less_than_120_MB()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var buffer = new ReplayBuffer("found", 600_000, 32, 0);
        buffer.Rank();
        // 140 bytes a point.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 600_000L * 140, 600_000L * 140 + 100_000);
    }

    private static void AssertLevel(Meter meter, Func<int, bool> first)
    {
        // A collection, which other tests may cause, settles the thread's account and moves its count: what lies around one, from before the first count to after the second, says nothing.
        var compared = 0;
        for (var i = 1; i < meter.Count; i++)
        {
            if (first(i) || meter.Before[i - 1] != meter.After[i]) continue;
            Assert.Equal(meter.Bytes[i - 1], meter.Bytes[i]);
            compared++;
        }
        Assert.InRange(compared, meter.Count / 2, meter.Count);
    }

    private sealed class Meter(Trainer trainer) : TrainingObserver
    {
        public long[] Bytes { get; } = new long[1000];

        public int[] Before { get; } = new int[1000];

        public int[] After { get; } = new int[1000];

        public int Count { get; private set; }

        public override void Updated(in TrainingProgress progress)
        {
            if (trainer.State.Weights.Steps != Count + 1) return;
            Before[Count] = GC.CollectionCount(0);
            Bytes[Count] = GC.GetAllocatedBytesForCurrentThread();
            After[Count++] = GC.CollectionCount(0);
        }
    }
}
