using Locus.Diagnostics.Speed;
using Locus.Engine.Probes;
using Locus.Engine.Workers;
using Locus.Expressions;
using Locus.Flows;
using Locus.Methods.OffPolicy;
using Locus.Problems;
using Locus.Training;

namespace Locus.Tests.Diagnostics;

public sealed class SpeedTests
{
    private static readonly PaperOptions Small = new() { Hidden = [16, 16], Batch = 64, PoolSize = 256 };

    [Fact]
    public void Training_steps_learn_and_allocate_nothing()
    {
        using var team = new Team(1);
        var workload = new TrainingWorkload(Square.Problem, Small, team);
        workload.Run();
        var before = workload.VelocityLoss;
        for (var i = 0; i < 300; i++) workload.Run();
        Assert.True(workload.VelocityLoss < before, $"{workload.VelocityLoss} after {before}");
        Assert.Equal(64 * FlopCount.Training(workload.Shape), workload.Flops);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) workload.Run();
        Assert.Equal(bytes, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Updates_for_an_energy_learn_and_allocate_nothing()
    {
        using var team = new Team(1);
        var problem = Problem.OfEnergy("bowl", 2, x => Functions.Square(x[0]) / 2 + Functions.Square(x[1]));
        var options = new OffPolicyOptions { Batch = 64, Hidden = [16], Replay = true, LocalSearch = true, SearchSteps = 6, SearchBurnIn = 2, BufferSize = 4096, Sampler = new DiffusionOptions { Steps = 6 } };
        var workload = new PathWorkload(problem, options, team);
        workload.Run();
        var before = workload.Loss;
        for (var i = 0; i < 300; i++) workload.Run();
        Assert.True(workload.Loss < 0.5 * before, $"{workload.Loss} after {before}");
        workload.Search();
        // A trunk of 2, 16 and 2: two updates of 64 paths of 6 steps, evaluated and then gone through with a backward pass.
        Assert.Equal(2 * 64 * 6 * 2.0 * (64 + 3 * 64 - 32), workload.Flops);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) workload.Run();
        workload.Search();
        Assert.Equal(bytes, GC.GetAllocatedBytesForCurrentThread());
        Assert.Throws<InvalidOperationException>(() => new PathWorkload(problem, options with { LocalSearch = false }, team).Search());
        Assert.Throws<ArgumentException>(() => new PathWorkload(problem, options with { LocalSearch = false, Anneal = true }, team));
    }

    [Fact]
    public void A_batch_larger_than_the_pool_takes_points_again()
    {
        using var team = new Team(2);
        var workload = new TrainingWorkload(Square.Problem, Small with { Batch = 512 }, team);
        for (var i = 0; i < 3; i++) workload.Run();
        Assert.True(double.IsFinite(workload.VelocityLoss));
    }

    [Fact]
    public void Sampling_draws_other_samples_in_each_call()
    {
        using var team = new Team(1);
        var workload = new SamplingWorkload(Square.Problem, Small, new FlowOptions { Steps = 4, Method = FlowMethod.Heun }, 100, team);
        workload.Run();
        var first = workload.Samples!.Points;
        workload.Run();
        Assert.Equal(100, workload.Samples.Points.Count);
        Assert.NotEqual(first.Values, workload.Samples.Points.Values);
        Assert.Equal(100 * 7.0 * 2 * (3 * 16 + 16 * 16 + 16 * 2), workload.Flops);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_report_has_a_row_for_each_piece_of_work_with_its_share_of_the_peak(int threads)
    {
        var named = new List<string>();
        var report = SpeedMeasurement.Run(Square.Problem, threads, 0.002, named.Add, CancellationToken.None);
        Assert.Equal(named, report.Rows.Select(row => row.Name));
        Assert.Equal(threads == 1 ? 8 : 12, report.Rows.Count);
        Assert.Equal(threads, report.Rows.Max(row => row.Threads));
        Assert.All(report.Rows, row =>
        {
            Assert.True(row.BestSeconds > 0 && row.BestSeconds <= row.Seconds, row.ToString());
            Assert.Equal(row.GigabytesPerSecond is null, row.Gigaflops > 0);
            Assert.Equal(row.GigabytesPerSecond is null, row.ShareOfPeak > 0);
            Assert.Equal(row.Threads > 1, row.SpeedUp is not null);
        });
    }
}
