namespace Locus.Engine.Kernels;

/// <summary>
/// Several floats side by side, with their bits: what elementary functions need besides arithmetic. They run on 16 lanes (512 bits),
/// on 8 (256 bits), on twice as many in a <see cref="Pair{T}"/>, and on one (the plain twin).
/// </summary>
/// <typeparam name="T">The implementing type.</typeparam>
public interface ILanes<T> : IArithmeticLanes<T, float>
    where T : struct, ILanes<T>
{
    /// <summary>The bits of an integer in each lane.</summary>
    static abstract T OfBits(int bits);

    /// <summary>The nearest integer, halves to even; exact for every float.</summary>
    static abstract T Round(T a);

    /// <summary>The smaller of a number and x; NaN where x is NaN.</summary>
    static abstract T AtMost(T limit, T x);

    /// <summary>The larger of a number and x; NaN where x is NaN.</summary>
    static abstract T AtLeast(T limit, T x);

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
