using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.OffPolicy;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Methods;

public sealed class LocalSearchTests : IDisposable
{
    private static readonly Problem gaussian = Problem.OfEnergy("gaussian", 2, x => Square(x[0] - 1) / 2 + Square(x[1]) / (2 * 0.25));

    private readonly Team team = new(2);

    public void Dispose() => team.Dispose();

    // 256 chains of 100 points, forgotten in about three steps: worth some 8,000, so that means are off by 0.011 deviations and variances by 0.016 of themselves.
    [Fact]
    public void Chains_keep_a_Gaussian()
    {
        var (found, improved) = (Started(100), Buffer(100_000));
        Search().Run(team, found, improved, Key.Seed(5));
        Assert.Equal(256 * 100, improved.Count);
        var (mean, variance) = Moments(improved);
        Assert.InRange(mean[0], 1 - 0.05, 1 + 0.05);
        Assert.InRange(mean[1], -0.025, 0.025);
        Assert.InRange(variance[0], 1 - 0.08, 1 + 0.08);
        Assert.InRange(variance[1], 0.25 * (1 - 0.08), 0.25 * (1 + 0.08));
    }

    [Fact]
    public void What_is_found_is_the_same_for_any_number_of_threads()
    {
        using var one = new Team(1);
        var (improved, again) = (Buffer(100_000), Buffer(100_000));
        Search().Run(team, Started(100), improved, Key.Seed(5));
        Search().Run(one, Started(100), again, Key.Seed(5));
        Assert.Equal(Moments(improved), Moments(again), (a, b) => a.Mean.SequenceEqual(b.Mean) && a.Variance.SequenceEqual(b.Variance));
    }

    // The step leads to an acceptance of 0.574.
    [Fact]
    public void Accepted_points_alone_are_kept_once_each()
    {
        var (all, accepted) = (Buffer(100_000), Buffer(100_000));
        Search().Run(team, Started(100), all, Key.Seed(5));
        Search(keepsRefused: false).Run(team, Started(100), accepted, Key.Seed(5));
        var kept = Points(accepted).ToHashSet();
        Assert.Equal(accepted.Count, kept.Count);
        Assert.InRange(accepted.Count / (256 * 100.0), 0.5, 0.65);
        Assert.Subset(Points(all).ToHashSet(), kept);
        // What stood at the end of the burn-in was accepted before.
        Assert.InRange(Points(all).Distinct().Count() - kept.Count, 0, 256);
    }

    private LocalSearch Search(bool keepsRefused = true) =>
        new(new Reward(gaussian, Standardization.Of(gaussian)), new OffPolicyOptions { Batch = 256, SearchStep = 0.3, KeepRefused = keepsRefused }, 2, 0, team.Threads);

    private static ReplayBuffer Buffer(int capacity) => new("test", capacity, 2, 0);

    // All in one place, far out.
    private static ReplayBuffer Started(int count)
    {
        var buffer = Buffer(1024);
        var (position, condition) = (new Arena(2 * Block.Lanes).Rows(2), new Arena(0).Rows(0));
        position[0].Fill(4);
        position[1].Fill(-2);
        for (var i = 0; i < count; i++) buffer.Add(position, condition, i % Block.Lanes, -12.5);
        buffer.Rank();
        return buffer;
    }

    private static (double[] Mean, double[] Variance) Moments(ReplayBuffer buffer)
    {
        var points = Points(buffer);
        double[] mean = [points.Average(x => (double)x.X), points.Average(x => (double)x.Y)];
        return (mean, [points.Average(x => (x.X - mean[0]) * (x.X - mean[0])), points.Average(x => (x.Y - mean[1]) * (x.Y - mean[1]))]);
    }

    private static (float X, float Y)[] Points(ReplayBuffer buffer)
    {
        var fields = new Fields();
        buffer.Visit(fields);
        return [.. fields.Points.Chunk(2).Select(x => (x[0], x[1]))];
    }

    private sealed class Fields : Locus.Training.IStateFields
    {
        public float[] Points { get; private set; } = [];

        public T Number<T>(string name, T value)
            where T : unmanaged => value;

        public void Vector<T>(string name, Span<T> values)
            where T : unmanaged
        {
            if (name == "test.points") Points = System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(values).ToArray();
        }
    }
}
