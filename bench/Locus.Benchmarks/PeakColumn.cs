using System.Collections.Concurrent;
using System.Globalization;
using Locus.Engine.Probes;
using Locus.Engine.Workers;

namespace Locus.Benchmarks;

/// <summary>The rate as a share of the peak of fused multiply-adds on as many threads, measured in this process when the table is made.</summary>
public sealed class PeakColumn : RateColumn
{
    private static readonly ConcurrentDictionary<int, double> Peaks = new();

    /// <inheritdoc/>
    public override string ColumnName => "Of peak";

    /// <inheritdoc/>
    public override string Legend => $"Share of the peak of fused multiply-adds, {32 * FmaPeak.Lanes} bits, measured in this process on as many threads";

    /// <inheritdoc/>
    protected override string Value(double rate, ICounted counted)
    {
        ArgumentNullException.ThrowIfNull(counted);
        return (rate / Peaks.GetOrAdd(counted.Threads, Measure)).ToString("P0", CultureInfo.InvariantCulture);
    }

    private static double Measure(int threads)
    {
        using var team = new Team(threads);
        var probe = new FmaPeak(team);
        return probe.Flops / Timing.Of(probe.Run, 1).Median;
    }
}
