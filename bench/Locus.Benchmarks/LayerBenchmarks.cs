using BenchmarkDotNet.Attributes;
using Locus.Diagnostics.Speed;
using Locus.Engine.Probes;

namespace Locus.Benchmarks;

/// <summary>One dense layer on one block: square ones, and the narrow first and last layer of a network in the plane.</summary>
public class LayerBenchmarks : ICounted
{
    private LayerWorkload? layer;

    /// <summary>Outputs and inputs of the layer.</summary>
    [ParamsSource(nameof(Sizes))]
    public LayerSize Size { get; set; } = new(1, 1);

    public static IEnumerable<LayerSize> Sizes =>
        [new(16, 16), new(32, 32), new(64, 64), new(128, 128), new(256, 256), new(512, 512), new(1024, 1024), new(128, 2), new(128, 3), new(2, 128), new(3, 128)];

    public double Flops => FlopCount.Block(Size.Outputs, Size.Inputs);

    public int Threads => 1;

    [GlobalSetup]
    public void Prepare() => layer = new LayerWorkload(Size.Outputs, Size.Inputs);

    [Benchmark]
    public void Forward() => layer!.Forward();

    [Benchmark]
    public void Backward() => layer!.Backward();

    [Benchmark]
    public void WeightGradient() => layer!.AddGradient();
}
