using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>A part of a score s that a gate opens or closes, value by value: scale (1 + q) s, q = tanh(raw), which lies between nothing and twice the scale, and so never turns the score round.</summary>
public static class GateKernel
{
    /// <summary>Adds the part to a drift: u = u + scale (1 + q) s.</summary>
    /// <param name="scale">The scale.</param>
    /// <param name="raw">[D][64], overwritten by q.</param>
    /// <param name="score">s [D][64].</param>
    /// <param name="drift">u [D][64], added to.</param>
    public static void Add(float scale, Block raw, Block score, Block drift)
    {
        if (Vector512.IsHardwareAccelerated) Add<Lanes16>(scale, raw, score, drift);
        else if (Vector256.IsHardwareAccelerated) Add<Lanes8>(scale, raw, score, drift);
        else Add<Lanes1>(scale, raw, score, drift);
    }

    /// <summary>The derivatives by raw, scale (1 - q^2) s g, and by the scale, (1 + q) s g, from that by u, g.</summary>
    /// <param name="scale">The scale.</param>
    /// <param name="gate">q [D][64].</param>
    /// <param name="score">s [D][64].</param>
    /// <param name="slope">g [D][64].</param>
    /// <param name="gradient">Receives the derivative by raw [D][64].</param>
    /// <param name="passing">Receives the terms of the derivative by the scale [D][64].</param>
    public static void Slope(float scale, Block gate, Block score, Block slope, Block gradient, Block passing)
    {
        if (Vector512.IsHardwareAccelerated) Slope<Lanes16>(scale, gate, score, slope, gradient, passing);
        else if (Vector256.IsHardwareAccelerated) Slope<Lanes8>(scale, gate, score, slope, gradient, passing);
        else Slope<Lanes1>(scale, gate, score, slope, gradient, passing);
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Add<T>(float scale, Block raw, Block score, Block drift)
        where T : struct, ILanes<T>
    {
        var part = T.Of(scale);
        fixed (float* q = raw, s = score, u = drift)
        {
            for (var i = 0; i < raw.Rows * Block.Lanes; i += T.Count)
            {
                var (gate, scaled) = (Elementary.Tanh(T.Load(q + i)), part * T.Load(s + i));
                T.Store(gate, q + i);
                T.Store(T.Fma(gate, scaled, T.Load(u + i) + scaled), u + i);
            }
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Slope<T>(float scale, Block gate, Block score, Block slope, Block gradient, Block passing)
        where T : struct, ILanes<T>
    {
        T part = T.Of(scale), one = T.Of(1);
        fixed (float* q = gate, s = score, g = slope, to = gradient, terms = passing)
        {
            for (var i = 0; i < gate.Rows * Block.Lanes; i += T.Count)
            {
                T open = T.Load(q + i), pull = T.Load(s + i) * T.Load(g + i);
                T.Store(part * pull * (one - open * open), to + i);
                T.Store(T.Fma(open, pull, pull), terms + i);
            }
        }
    }
}
