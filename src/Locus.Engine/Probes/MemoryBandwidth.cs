using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Workers;

namespace Locus.Engine.Probes;

/// <summary>
/// How fast numbers come from memory and go back: the triad a = b + s c of STREAM (McCalpin 1995) on arrays that no ordinary cache holds. As there, a
/// value that is read or written counts once; that most processors also read a before they write it is not counted.
/// </summary>
public sealed class MemoryBandwidth : IWork
{
    private const int ChunkLength = 1 << 16;
    private readonly Team team;
    private readonly Memory<float> a;
    private readonly Memory<float> b;
    private readonly Memory<float> c;

    /// <summary>A probe for a team.</summary>
    /// <param name="team">The workers that run side by side.</param>
    /// <param name="megabytes">Size of each of the three arrays in 2^20 bytes, 1 to 1024; several times the last cache, or the cache is measured.</param>
    public MemoryBandwidth(Team team, int megabytes = 128)
    {
        ArgumentNullException.ThrowIfNull(team);
        ArgumentOutOfRangeException.ThrowIfLessThan(megabytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(megabytes, 1024);
        this.team = team;
        var length = megabytes * (1 << 20) / sizeof(float);
        (a, b, c) = (new Arena(length).Vector(length), new Arena(length).Vector(length), new Arena(length).Vector(length));
        // Pages are given out on their first writing: all of them before the first measurement.
        a.Span.Fill(1);
        b.Span.Fill(2);
        c.Span.Fill(3);
    }

    /// <summary>Bytes that one <see cref="Run"/> reads and writes.</summary>
    public double Bytes => 3.0 * sizeof(float) * a.Length;

    /// <summary>The first result, for tests: b + s c.</summary>
    internal float First => a.Span[0];

    /// <summary>Goes over the arrays once, all workers together.</summary>
    public void Run() => team.Run(this, a.Length / ChunkLength);

    /// <inheritdoc/>
    unsafe void IWork.Execute(int task, int worker)
    {
        var start = task * ChunkLength;
        fixed (float* pa = a.Span, pb = b.Span, pc = c.Span)
        {
            if (Avx512F.IsSupported) Triad<Lanes16>(pa + start, pb + start, pc + start);
            else if (Avx2.IsSupported) Triad<Lanes8>(pa + start, pb + start, pc + start);
            else Triad<Lanes1>(pa + start, pb + start, pc + start);
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private static unsafe void Triad<T>(float* a, float* b, float* c)
        where T : struct, ILanes<T>
    {
        var s = T.Of(0.5f);
        for (var i = 0; i < ChunkLength; i += T.Count) T.Store(T.Fma(s, T.Load(c + i), T.Load(b + i)), a + i);
    }
}
