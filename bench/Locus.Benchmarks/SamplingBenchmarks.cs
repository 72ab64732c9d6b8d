using BenchmarkDotNet.Attributes;
using Locus.Diagnostics.Speed;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Training;

namespace Locus.Benchmarks;

/// <summary>Drawing from a network 4 x 128 for three-rings by Euler's method: many samples of 20 steps, and one of 10.</summary>
public class SamplingBenchmarks : ICounted
{
    private Team? team;
    private SamplingWorkload? workload;

    /// <summary>Samples N.</summary>
    [Params(1, 4096)]
    public int Count { get; set; }

    /// <summary>Worker threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    public double Flops => (double)Count * Steps * new PaperOptions().Shape(2, 0).FlopsPerSample;

    private int Steps => Count == 1 ? 10 : 20;

    [GlobalSetup]
    public void Prepare() =>
        workload = new SamplingWorkload(Gallery.Gallery.Find("three-rings")!.Problem, new PaperOptions(), new FlowOptions { Steps = Steps }, Count, team = new Team(Threads));

    [GlobalCleanup]
    public void End() => team?.Dispose();

    [Benchmark]
    public void Draw() => workload!.Run();
}
