using BenchmarkDotNet.Attributes;
using Locus.Diagnostics.Speed;
using Locus.Engine.Networks;
using Locus.Engine.Probes;
using Locus.Engine.Workers;
using Locus.Training;

namespace Locus.Benchmarks;

/// <summary>The whole training step of the recipe paper on three-rings, network 4 x 128. Nothing may be allocated in it.</summary>
public class TrainingBenchmarks : ICounted
{
    private Team? team;
    private TrainingWorkload? workload;

    /// <summary>Points in a step.</summary>
    [Params(64, 256, 1024, 4096)]
    public int Batch { get; set; }

    /// <summary>Worker threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    public double Flops => Batch * FlopCount.Training(Options.Shape(2, 0));

    private PaperOptions Options => new() { Hidden = [128, 128, 128, 128], Activation = ActivationKind.Silu, Batch = Batch };

    [GlobalSetup]
    public void Prepare() => workload = new TrainingWorkload(Gallery.Gallery.Find("three-rings")!.Problem, Options, team = new Team(Threads));

    [GlobalCleanup]
    public void End() => team?.Dispose();

    [Benchmark]
    public void Step() => workload!.Run();
}
