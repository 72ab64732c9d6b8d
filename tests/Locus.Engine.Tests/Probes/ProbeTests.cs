using Locus.Engine.Kernels;
using Locus.Engine.Probes;
using Locus.Engine.Workers;

namespace Locus.Engine.Tests.Probes;

/// <summary>Bytes are counted for the whole process: these tests run by themselves.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;

[Collection("alone")]
public sealed class ProbeTests
{
    [Fact]
    public void The_chains_settle_at_the_same_value_at_every_width()
    {
        // a = a / 2 + 3 settles at 6, for each of twelve chains.
        Assert.Equal(72, FmaPeak.Chain<Lanes1>(0.5f, 3));
        if (System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated) Assert.Equal(72, FmaPeak.Chain<Lanes8>(0.5f, 3));
        if (System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated) Assert.Equal(72, FmaPeak.Chain<Lanes16>(0.5f, 3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Probes_do_what_they_count(int threads)
    {
        using var team = new Team(threads);
        var peak = new FmaPeak(team);
        peak.Run();
        // Tasks, chains, rounds, lanes, and two operations for each.
        Assert.Equal(8.0 * threads * 12 * 50_000 * FmaPeak.Lanes * 2, peak.Flops);
        var memory = new MemoryBandwidth(team, megabytes: 1);
        memory.Run();
        Assert.Equal(3 * (1 << 20), memory.Bytes);
        Assert.Equal(2 + 0.5f * 3, memory.First);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryBandwidth(team, 0));
    }

    [Fact]
    public void A_timing_counts_calls_and_bytes()
    {
        var calls = 0L;
        var still = Timing.Of(() => calls++, 0.01);
        Assert.InRange(still.Calls, 1, calls - 1);
        Assert.True(still.Best > 0 && still.Best <= still.Median, still.ToString());
        Assert.InRange(still.AllocatedBytes, 0, 1);
        Assert.True(Timing.Of(() => GC.KeepAlive(new byte[1000]), 0.01).AllocatedBytes >= 1000);
        // Work that takes longer than all the time is done a few times all the same.
        Assert.InRange(Timing.Of(() => Thread.Sleep(5), 1e-6).Calls, 1, 10);
    }

    [Fact]
    public void A_timing_ends_when_it_is_told()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Timing.Of(source.Cancel, 60, source.Token));
    }
}
