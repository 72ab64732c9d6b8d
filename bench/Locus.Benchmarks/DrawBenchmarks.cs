using BenchmarkDotNet.Attributes;
using Locus.Engine.Blocks;
using Locus.Engine.Random;

namespace Locus.Benchmarks;

/// <summary>Random numbers for one block of 64 samples.</summary>
public class DrawBenchmarks
{
    private Block target;
    private ulong sample;

    /// <summary>Coordinates D.</summary>
    [Params(2, 16, 64)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Prepare() => target = new Arena(Dimension * Block.Lanes).Rows(Dimension);

    [Benchmark]
    public void Normal() => Draws.Normal(Key.Seed(1), sample += Block.Lanes, 0, target);

    [Benchmark]
    public void Uniform() => Draws.Uniform(Key.Seed(1), sample += Block.Lanes, 0, target);
}
