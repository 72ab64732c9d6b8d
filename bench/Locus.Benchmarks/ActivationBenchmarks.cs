using BenchmarkDotNet.Attributes;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Benchmarks;

/// <summary>Activations with their derivatives on a block of 128 features: 8192 values in a call.</summary>
public class ActivationBenchmarks
{
    private const int Rows = 128;
    private readonly Block x;
    private readonly Block y;

    public ActivationBenchmarks()
    {
        var arena = new Arena(2 * Rows * Block.Lanes);
        (x, y) = (arena.Rows(Rows), arena.Rows(Rows));
        Draws.Normal(Key.Seed(1), 0, 0, x);
    }

    [Benchmark]
    public void Silu() => ActivationKernel.Forward<Beside<Silu>>(x, y);

    [Benchmark]
    public void Gelu() => ActivationKernel.Forward<Beside<Gelu>>(x, y);

    [Benchmark]
    public void Relu() => ActivationKernel.Forward<Beside<Relu>>(x, y);

    [Benchmark]
    public void Tanh() => ActivationKernel.Forward<Beside<TanhActivation>>(x, y);
}
