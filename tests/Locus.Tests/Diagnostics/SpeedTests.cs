using Locus.Diagnostics.Speed;
using Locus.Engine.Probes;
using Locus.Engine.Workers;
using Locus.Flows;
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
