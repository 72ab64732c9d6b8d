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
    public static unsafe void Forward<TActivation>(Block x)
        where TActivation : struct, IActivation
    {
        fixed (float* values = x) Rows<TActivation>(values, null, x.Rows);
    }

    /// <summary>Replaces each value by f(value) and keeps f'(value) for the way back.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="x">Values, [W][64], in place.</param>
    /// <param name="derivative">Receives the derivatives, [W][64].</param>
    /// <exception cref="ArgumentException">The blocks differ in rows.</exception>
    public static unsafe void Forward<TActivation>(Block x, Block derivative)
        where TActivation : struct, IActivation
    {
        if (x.Rows != derivative.Rows)
            throw new ArgumentException($"{derivative.Rows} rows of derivatives for {x.Rows} rows of values: give both the same", nameof(derivative));
        fixed (float* values = x, slopes = derivative) Rows<TActivation>(values, slopes, x.Rows);
    }

    /// <summary>Rows of 64 values, in the widest lanes of this machine; <paramref name="slopes"/> may be null.</summary>
    internal static unsafe void Rows<TActivation>(float* values, float* slopes, int rows)
        where TActivation : struct, IActivation
    {
        // Two registers at a time keep the units busy, until the formula is so long that the compiler leaves parts of it as calls.
        var pairs = slopes == null || !TActivation.IsLong;
        if (Vector512.IsHardwareAccelerated && pairs) Rows<TActivation, Pair<Lanes16>>(values, slopes, rows);
        else if (Vector512.IsHardwareAccelerated) Rows<TActivation, Lanes16>(values, slopes, rows);
        else if (Vector256.IsHardwareAccelerated && pairs) Rows<TActivation, Pair<Lanes8>>(values, slopes, rows);
        else if (Vector256.IsHardwareAccelerated) Rows<TActivation, Lanes8>(values, slopes, rows);
        else Rows<TActivation, Lanes1>(values, slopes, rows);
    }

    /// <summary>As above, with a width of one's own.</summary>
    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Rows<TActivation, T>(float* values, float* slopes, int rows)
        where TActivation : struct, IActivation
        where T : struct, ILanes<T>
    {
        float* end = values + rows * Block.Lanes;
        if (slopes == null)
            for (; values < end; values += T.Count) T.Store(TActivation.Value(T.Load(values)), values);
        else
            for (; values < end; values += T.Count, slopes += T.Count)
            {
                TActivation.ValueAndDerivative(T.Load(values), out var value, out var slope);
                T.Store(value, values);
                T.Store(slope, slopes);
            }
    }
}
