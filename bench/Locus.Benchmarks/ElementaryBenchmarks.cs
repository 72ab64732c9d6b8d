using System.Runtime.CompilerServices;
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
    public void Exp() => ActivationKernel.Forward<ElementaryBeside<ExpOf>>(x, y);

    [Benchmark]
    public void Log() => ActivationKernel.Forward<ElementaryBeside<LogOf>>(x, y);

    [Benchmark]
    public void Sin() => ActivationKernel.Forward<ElementaryBeside<SinOf>>(x, y);

    [Benchmark]
    public void Cos() => ActivationKernel.Forward<ElementaryBeside<CosOf>>(x, y);

    [Benchmark]
    public void Tanh() => ActivationKernel.Forward<ElementaryBeside<TanhOf>>(x, y);

    [Benchmark]
    public void Erf() => ActivationKernel.Forward<ElementaryBeside<ErfOf>>(x, y);

    private readonly struct ExpOf : IElementary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, ILanes<T> => Elementary.Exp(x);
    }

    private readonly struct LogOf : IElementary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, ILanes<T> => Elementary.Log(T.Abs(x));
    }

    private readonly struct SinOf : IElementary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, ILanes<T> => Elementary.Sin(x);
    }

    private readonly struct CosOf : IElementary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, ILanes<T> => Elementary.Cos(x);
    }

    private readonly struct TanhOf : IElementary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, ILanes<T> => Elementary.Tanh(x);
    }

    private readonly struct ErfOf : IElementary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, ILanes<T> => Elementary.Erf(x);
    }
}
