using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Running;
using Locus.Benchmarks;

// In this process, so that the peak in the last columns is that of the process which was measured: DOTNET_EnableAVX512=0 applies to both.
var config = DefaultConfig.Instance
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumn(new RateColumn(), new PeakColumn())
    .HideColumns(Column.Error, Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2);
BenchmarkSwitcher.FromAssembly(typeof(RateColumn).Assembly).Run([.. args, "--inProcess"], config);
