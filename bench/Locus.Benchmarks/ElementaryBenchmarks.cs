using BenchmarkDotNet.Attributes;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Benchmarks;

/// <summary>Elementary functions on a block of 128 features: 8192 standard normal arguments in a call, read and written once.</summary>
public class ElementaryBenchmarks
{
    private const int Rows = 128;
    private readonly Block x;
    private readonly Block y;

    public ElementaryBenchmarks()
    {
        var arena = new Arena(2 * Rows * Block.Lanes);
        (x, y) = (arena.Rows(Rows), arena.Rows(Rows));
        Draws.Normal(Key.Seed(1), 0, 0, x);
    }

    [Benchmark]
    public void Exp() => ActivationKernel.Forward<ExpBeside>(x, y);

    [Benchmark]
    public void Log() => ActivationKernel.Forward<LogBeside>(x, y);

    [Benchmark]
    public void Sin() => ActivationKernel.Forward<SinBeside>(x, y);

    [Benchmark]
    public void Cos() => ActivationKernel.Forward<CosBeside>(x, y);

    [Benchmark]
    public void Tanh() => ActivationKernel.Forward<TanhBeside>(x, y);

    [Benchmark]
    public void Erf() => ActivationKernel.Forward<ErfBeside>(x, y);
}
