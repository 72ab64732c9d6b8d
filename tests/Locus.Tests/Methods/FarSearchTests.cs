using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.OffPolicy;
using Locus.Tests.Methods.Markov;
using Locus.Training;

namespace Locus.Tests.Methods;

/// <summary>Searches that leave the parts of the density in which the buffer's points are.</summary>
public sealed class FarSearchTests : IDisposable
{
    private readonly Team team = new(2);

    public void Dispose() => team.Dispose();

    [Fact]
    public void Points_come_to_parts_of_which_the_buffer_has_none()
    {
        var (langevin, tempering) = (Shares(Found(SearchKind.Langevin, team)), Shares(Found(SearchKind.Tempering, team)));
        // All began on the left, whose share is 0.3. 64 ladders of some dozens of round trips each.
        Assert.Equal((1.0, 0.0), langevin);
        Assert.InRange(tempering.Right, 0.6, 0.8);
    }

    // 40 searches of 64 particles, hardly ever drawn anew: a share has an error of 0.01, and more by what a search has in common.
    [Fact]
    public void Annealed_particles_need_no_points_of_the_buffer() => Assert.InRange(Shares(Found(SearchKind.Annealing, team, searches: 40)).Right, 0.62, 0.78);

    [Theory]
    [InlineData(SearchKind.Tempering)]
    [InlineData(SearchKind.Annealing)]
    public void What_is_found_is_the_same_for_any_number_of_threads(SearchKind kind)
    {
        using var one = new Team(1);
        Assert.Equal(Drawn(Found(kind, team)), Drawn(Found(kind, one)));
    }

    [Theory]
    [InlineData(SearchKind.Tempering, ReplayPriority.Rank, false)]
    [InlineData(SearchKind.Annealing, ReplayPriority.Reward, false)]
    [InlineData(SearchKind.Langevin, ReplayPriority.Importance, false)]
    [InlineData(SearchKind.Langevin, ReplayPriority.Rank, true)]
    public void A_training_takes_it_and_goes_on_from_a_checkpoint(SearchKind kind, ReplayPriority priority, bool epochs)
    {
        var options = Training(kind) with { Priority = priority, RankEpochs = epochs };
        var trainer = options.Trainer(Laws.Far, 3, team);
        using var source = new CancellationTokenSource();
        trainer.Run(new Stop(source, 6), source.Token);
        using var folder = new Formats.TemporaryFolder();
        Checkpoint.Write(folder["last"], trainer);
        var read = options.NewState(Laws.Far);
        Checkpoint.Read(folder["last"], Laws.Far.ToYaml(), options, 3, read);
        var again = options.Trainer(Laws.Far, 3, team, read);
        again.Run(new TrainingObserver(), CancellationToken.None);
        var whole = options.Trainer(Laws.Far, 3, team);
        whole.Run(new TrainingObserver(), CancellationToken.None);
        Assert.Equal(whole.State.Weights.Parameters.ToArray(), again.State.Weights.Parameters.ToArray());
    }

    // The search of update 1 leaves 256 points, of which the updates 1, 3, 5 and 7 draw all: up to the search of update 5 the old ranks stand in any case, then they do not.
    [Fact]
    public void Ranks_grow_old_until_all_is_drawn()
    {
        var fresh = Training(SearchKind.Langevin);
        var old = fresh with { RankEpochs = true };
        Assert.Equal(After(fresh, 5), After(old, 5));
        Assert.NotEqual(After(fresh, 6), After(old, 6));
    }

    private float[] After(OffPolicyOptions options, int updates)
    {
        var trainer = options.Trainer(Laws.Far, 3, team);
        using var source = new CancellationTokenSource();
        trainer.Run(new Stop(source, updates), source.Token);
        Assert.Equal(updates, trainer.State.Weights.Steps);
        return trainer.State.Weights.Parameters.ToArray();
    }

    private static OffPolicyOptions Training(SearchKind kind) =>
        Options(kind) with { Hidden = [8], Updates = 12, Rounds = 3, Replay = true, LocalSearch = true, SearchEvery = 4, SearchSteps = 8, SearchBurnIn = 4, BufferSize = 4096 };

    private static OffPolicyOptions Options(SearchKind kind) =>
        new() { Batch = 64, Search = kind, SearchSteps = 1000, SearchBurnIn = 500, Sampler = new DiffusionOptions { Steps = 5, Variance = 36 } };

    private static ReplayBuffer Found(SearchKind kind, Team team, int searches = 1)
    {
        ReplayBuffer from = new("from", 1024, 2, 0), to = new("to", 100_000, 2, 0);
        var arena = new Arena(2 * Block.Lanes);
        var position = arena.Rows(2);
        position[0].Fill(-6);
        for (var lane = 0; lane < Block.Lanes; lane++) from.Add(position, default, lane, -1.2);
        from.Rank();
        var (reward, options) = (Laws.Reward(Laws.Far), Options(kind));
        ISearch search = kind switch
        {
            SearchKind.Tempering => new TemperingSearch(reward, options, 2, 0),
            SearchKind.Annealing => new AnnealingSearch(reward, options, 2),
            _ => new LocalSearch(reward, options, 2, 0, team.Threads),
        };
        for (var i = 0; i < searches; i++) search.Run(team, from, to, Key.Seed(8 + i));
        Assert.Equal(64 * searches * (kind == SearchKind.Annealing ? 1 : 500), to.Count);
        to.Rank();
        return to;
    }

    private static float[] Drawn(ReplayBuffer buffer)
    {
        var arena = new Arena(2 * 16 * Block.Lanes);
        List<float> all = [];
        for (var i = 0; i < 16; i++)
        {
            var block = arena.Rows(2);
            buffer.Draw(Key.Seed(9), (ulong)(i * Block.Lanes), block, default, new double[Block.Lanes]);
            all.AddRange(block.Values);
        }
        return [.. all];
    }

    private static (double Left, double Right) Shares(ReplayBuffer buffer)
    {
        var points = new Points(buffer).Values;
        double right = 0;
        for (var i = 0; i < points.Length; i += 2)
            if (points[i] > 0) right += 2.0 / points.Length;
        return (1 - right, right);
    }

    private sealed class Points : IStateFields
    {
        public Points(ReplayBuffer buffer) => buffer.Visit(this);

        public float[] Values { get; private set; } = [];

        public T Number<T>(string name, T value)
            where T : unmanaged => value;

        public void Vector<T>(string name, Span<T> values)
            where T : unmanaged
        {
            if (name == "to.points") Values = System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(values).ToArray();
        }
    }

    private sealed class Stop(CancellationTokenSource source, int updates) : TrainingObserver
    {
        private int made;

        public override void Updated(in TrainingProgress progress)
        {
            if (++made == updates) source.Cancel();
        }
    }
}
