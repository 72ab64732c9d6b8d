using System.Numerics;

namespace Locus.Engine.Kernels;

/// <summary>
/// Several numbers side by side that all undergo the same arithmetic. A formula written once over this interface gives the same bits for
/// every number of lanes: every operation here is correctly rounded or exact by IEEE 754, products and sums are fused only where the
/// formula says so.
/// </summary>
/// <typeparam name="T">The implementing type.</typeparam>
/// <typeparam name="TNumber">The number in a lane, float or double.</typeparam>
public interface IArithmeticLanes<T, TNumber>
    where T : struct, IArithmeticLanes<T, TNumber>
    where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in each lane.</summary>
    static abstract T Of(TNumber value);

    /// <summary>Reads <see cref="Count"/> numbers, at any alignment.</summary>
    static abstract unsafe T Load(TNumber* source);

    /// <summary>Writes <see cref="Count"/> numbers, at any alignment.</summary>
    static abstract unsafe void Store(T value, TNumber* target);

    /// <summary>a + b.</summary>
    static abstract T operator +(T a, T b);

    /// <summary>a - b.</summary>
    static abstract T operator -(T a, T b);

    /// <summary>a b.</summary>
    static abstract T operator *(T a, T b);

    /// <summary>a / b.</summary>
    static abstract T operator /(T a, T b);

    /// <summary>-a.</summary>
    static abstract T operator -(T a);

    /// <summary>a b + c, rounded once.</summary>
    static abstract T Fma(T a, T b, T c);

    /// <summary>The square root, correctly rounded; NaN below 0.</summary>
    static abstract T Sqrt(T a);

    /// <summary>The value without its sign.</summary>
    static abstract T Abs(T a);

    /// <summary>The magnitude of <paramref name="magnitude"/> with the sign of <paramref name="sign"/>.</summary>
    static abstract T CopySign(T magnitude, T sign);

    /// <summary>The largest integer that is not above a.</summary>
    static abstract T Floor(T a);

    /// <summary>All bits set where a &lt; b (false for NaN), none elsewhere: a mask for <see cref="Select"/>.</summary>
    static abstract T Less(T a, T b);

    /// <summary>All bits set where a &lt;= b (false for NaN).</summary>
    static abstract T LessOrEqual(T a, T b);

    /// <summary>All bits set where a = b (false for NaN).</summary>
    static abstract T Equal(T a, T b);

    /// <summary>Where the mask is set <paramref name="yes"/>, elsewhere <paramref name="no"/>.</summary>
    static abstract T Select(T mask, T yes, T no);

    /// <summary>Bits set in both.</summary>
    static abstract T And(T a, T b);

    /// <summary>Bits set in either.</summary>
    static abstract T Or(T a, T b);
}
