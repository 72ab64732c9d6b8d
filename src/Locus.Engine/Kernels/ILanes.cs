namespace Locus.Engine.Kernels;

/// <summary>
/// Several floats side by side that all undergo the same operation. A formula written once over this interface runs on
/// 16 lanes (512 bits), on 8 (256 bits) and on one (the plain twin), and gives the same bits on each: every operation here is
/// correctly rounded or exact by IEEE 754, products and sums are fused only where the formula says so.
/// </summary>
/// <typeparam name="T">The implementing type.</typeparam>
public interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>Number of lanes: 16, 8 or 1, or twice as many in a <see cref="Pair{T}"/>.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in each lane.</summary>
    static abstract T Of(float value);

    /// <summary>The bits of an integer in each lane.</summary>
    static abstract T OfBits(int bits);

    /// <summary>Reads <see cref="Count"/> floats, at any alignment.</summary>
    static abstract unsafe T Load(float* source);

    /// <summary>Writes <see cref="Count"/> floats, at any alignment.</summary>
    static abstract unsafe void Store(T value, float* target);

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

    /// <summary>The nearest integer, halves to even; exact for every float.</summary>
    static abstract T Round(T a);

    /// <summary>The largest integer that is not above a.</summary>
    static abstract T Floor(T a);

    /// <summary>The smaller of a number and x; NaN where x is NaN.</summary>
    static abstract T AtMost(T limit, T x);

    /// <summary>The larger of a number and x; NaN where x is NaN.</summary>
    static abstract T AtLeast(T limit, T x);

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

    /// <summary>Bits set in exactly one.</summary>
    static abstract T Xor(T a, T b);

    /// <summary>The sum of the bit patterns as 32-bit integers.</summary>
    static abstract T AddBits(T a, T b);

    /// <summary>The bit pattern shifted up by <paramref name="count"/>.</summary>
    static abstract T ShiftLeft(T a, int count);

    /// <summary>The bit pattern shifted down by <paramref name="count"/>, zeros from above.</summary>
    static abstract T ShiftRight(T a, int count);

    /// <summary>The float nearest to the bit pattern read as a signed integer.</summary>
    static abstract T FromInteger(T bits);

    /// <summary>The bit pattern of the integer that a holds; a must be an integer of magnitude below 2^31.</summary>
    static abstract T ToInteger(T a);
}
