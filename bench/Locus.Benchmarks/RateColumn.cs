using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Locus.Benchmarks;

/// <summary>10^9 operations per second of a benchmark that counts them, by its mean time.</summary>
public class RateColumn : IColumn
{
    /// <inheritdoc/>
    public string Id => ColumnName;

    /// <inheritdoc/>
    public virtual string ColumnName => "GFLOP/s";

    /// <inheritdoc/>
    public bool AlwaysShow => true;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Custom;

    /// <inheritdoc/>
    public int PriorityInCategory => 0;

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <inheritdoc/>
    public virtual string Legend => "Multiply-adds of dense layers times two, over the mean time, in 10^9 per second";

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        var seconds = summary[benchmarkCase]?.ResultStatistics?.Mean * 1e-9;
        return seconds is { } time && Counted(benchmarkCase) is { } counted ? Value(counted.Flops / time, counted) : "";
    }

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) => true;

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <summary>The cell of a benchmark that was measured.</summary>
    /// <param name="rate">Operations per second.</param>
    /// <param name="counted">The benchmark with its parameters.</param>
    protected virtual string Value(double rate, ICounted counted) => (rate / 1e9).ToString("F1", CultureInfo.InvariantCulture);

    /// <summary>A benchmark object with the parameters of a case, if it counts.</summary>
    private static ICounted? Counted(BenchmarkCase benchmarkCase)
    {
        if (Activator.CreateInstance(benchmarkCase.Descriptor.Type) is not ICounted counted) return null;
        foreach (var parameter in benchmarkCase.Parameters.Items) counted.GetType().GetProperty(parameter.Name)!.SetValue(counted, parameter.Value);
        return counted;
    }
}
