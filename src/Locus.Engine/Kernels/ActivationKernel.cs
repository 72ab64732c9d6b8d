using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>Applies an activation to every value of a block, in the widest lanes the machine has; the bits are the same on each.</summary>
/// <remarks>The loops are compiled at once with all optimisations: lanes that are not inlined cost tens of times as much.</remarks>
public static class ActivationKernel
{
    /// <summary>Replaces each value by f(value).</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">Values, [W][64], in place.</param>
    public static void Forward<TActivation>(Block x)
        where TActivation : struct, IActivation
    {
        if (Vector512.IsHardwareAccelerated) Forward<TActivation, Pair<Lanes16>>(x);
        else if (Vector256.IsHardwareAccelerated) Forward<TActivation, Pair<Lanes8>>(x);
        else Forward<TActivation, Lanes1>(x);
    }

    /// <summary>Replaces each value by f(value) and keeps f'(value) for the way back.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">Values, [W][64], in place.</param>
    /// <param name="derivative">Receives the derivatives, [W][64].</param>
    /// <exception cref="ArgumentException">The blocks differ in rows.</exception>
    public static void Forward<TActivation>(Block x, Block derivative)
        where TActivation : struct, IActivation
    {
        if (x.Rows != derivative.Rows)
            throw new ArgumentException($"{derivative.Rows} rows of derivatives for {x.Rows} rows of values: give both the same", nameof(derivative));
        if (Vector512.IsHardwareAccelerated) Forward<TActivation, Pair<Lanes16>>(x, derivative);
        else if (Vector256.IsHardwareAccelerated) Forward<TActivation, Pair<Lanes8>>(x, derivative);
        else Forward<TActivation, Lanes1>(x, derivative);
    }

    /// <summary>As <see cref="Forward{TActivation}(Block)"/>, with a width of one's own.</summary>
    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Forward<TActivation, T>(Block x)
        where TActivation : struct, IActivation
        where T : struct, ILanes<T>
    {
        fixed (float* values = x.Values)
        {
            for (var i = 0; i < x.Rows * Block.Lanes; i += T.Count) T.Store(TActivation.Value(T.Load(values + i)), values + i);
        }
    }

    /// <summary>As <see cref="Forward{TActivation}(Block, Block)"/>, with a width of one's own.</summary>
    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Forward<TActivation, T>(Block x, Block derivative)
        where TActivation : struct, IActivation
        where T : struct, ILanes<T>
    {
        fixed (float* values = x.Values, slopes = derivative.Values)
        {
            for (var i = 0; i < x.Rows * Block.Lanes; i += T.Count)
            {
                TActivation.ValueAndDerivative(T.Load(values + i), out var value, out var slope);
                T.Store(value, values + i);
                T.Store(slope, slopes + i);
            }
        }
    }
}
