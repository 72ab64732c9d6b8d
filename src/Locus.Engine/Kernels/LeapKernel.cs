using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>What chains with momenta do to 64 points at once: a leapfrog step under the force g = b s - q x, and taking up some of the places that were proposed (Duane et al. 1987; Neal 2011).</summary>
public static class LeapKernel
{
    private const int Floats = 16;

    /// <summary>x' = x + h g + sqrt(2 h) e, then e' = e + sqrt(h / 2) g, with g at x.</summary>
    /// <param name="force">b, q and h.</param>
    /// <param name="score">s at x [D][64].</param>
    /// <param name="position">x [D][64], moved.</param>
    /// <param name="momentum">e [D][64], moved.</param>
    public static void Leap(in LeapForce force, Block score, Block position, Block momentum)
    {
        if (Vector512.IsHardwareAccelerated) Leap<Lanes16>(force, score, position, momentum);
        else if (Vector256.IsHardwareAccelerated) Leap<Lanes8>(force, score, position, momentum);
        else Leap<Lanes1>(force, score, position, momentum);
    }

    /// <summary>e' = e + sqrt(h / 2) g.</summary>
    /// <param name="force">b, q and h.</param>
    /// <param name="score">s at x [D][64].</param>
    /// <param name="position">x [D][64].</param>
    /// <param name="momentum">e [D][64], moved.</param>
    public static void Kick(in LeapForce force, Block score, Block position, Block momentum)
    {
        if (Vector512.IsHardwareAccelerated) Kick<Lanes16>(force, score, position, momentum);
        else if (Vector256.IsHardwareAccelerated) Kick<Lanes8>(force, score, position, momentum);
        else Kick<Lanes1>(force, score, position, momentum);
    }

    /// <summary>Takes over some lanes of a block.</summary>
    /// <param name="lanes">The bit of each lane that is taken.</param>
    /// <param name="from">Their values [D][64].</param>
    /// <param name="to">Receives them [D][64]; the other lanes stay.</param>
    public static void Take(ulong lanes, Block from, Block to)
    {
        ReadOnlySpan<Vector512<float>> values = MemoryMarshal.Cast<float, Vector512<float>>(from.Values);
        var places = MemoryMarshal.Cast<float, Vector512<float>>(to.Values);
        Span<int> signs = stackalloc int[Floats];
        for (var part = 0; part < Block.Lanes / Floats; part++)
        {
            for (var i = 0; i < Floats; i++) signs[i] = -(int)(lanes >> (part * Floats + i) & 1);
            var taken = Vector512.Create<int>(signs).AsSingle();
            for (var at = part; at < places.Length; at += Block.Lanes / Floats) places[at] = Vector512.ConditionalSelect(taken, values[at], places[at]);
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Leap<T>(in LeapForce force, Block score, Block position, Block momentum)
        where T : struct, ILanes<T>
    {
        T b = T.Of(force.Power), q = T.Of(force.Pull), h = T.Of(force.Size), time = T.Of(force.Time), half = T.Of(force.Half);
        fixed (float* s = score, x = position, e = momentum)
        {
            for (var i = 0; i < position.Rows * Block.Lanes; i += T.Count)
            {
                T at = T.Load(x + i), speed = T.Load(e + i);
                var g = b * T.Load(s + i) - q * at;
                T.Store(at + h * g + time * speed, x + i);
                T.Store(speed + half * g, e + i);
            }
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Kick<T>(in LeapForce force, Block score, Block position, Block momentum)
        where T : struct, ILanes<T>
    {
        T b = T.Of(force.Power), q = T.Of(force.Pull), half = T.Of(force.Half);
        fixed (float* s = score, x = position, e = momentum)
        {
            for (var i = 0; i < position.Rows * Block.Lanes; i += T.Count) T.Store(T.Load(e + i) + half * (b * T.Load(s + i) - q * T.Load(x + i)), e + i);
        }
    }
}
