using System.Runtime.CompilerServices;

namespace Locus.Engine.Kernels;

/// <summary>One float: the plain twin of <see cref="Lanes16"/> and <see cref="Lanes8"/>, and what runs where neither is accelerated.</summary>
public readonly struct Lanes1 : ILanes<Lanes1>
{
    private readonly float v;

    private Lanes1(float v) => this.v = v;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static Lanes1 Of(float value) => new(value);

    /// <inheritdoc/>
    public static Lanes1 OfBits(int bits) => new(BitConverter.Int32BitsToSingle(bits));

    /// <inheritdoc/>
    public static unsafe Lanes1 Load(float* source) => new(*source);

    /// <inheritdoc/>
    public static unsafe void Store(Lanes1 value, float* target) => *target = value.v;

    /// <inheritdoc/>
    public static Lanes1 operator +(Lanes1 a, Lanes1 b) => new(a.v + b.v);

    /// <inheritdoc/>
    public static Lanes1 operator -(Lanes1 a, Lanes1 b) => new(a.v - b.v);

    /// <inheritdoc/>
    public static Lanes1 operator *(Lanes1 a, Lanes1 b) => new(a.v * b.v);

    /// <inheritdoc/>
    public static Lanes1 operator /(Lanes1 a, Lanes1 b) => new(a.v / b.v);

    /// <inheritdoc/>
    public static Lanes1 operator -(Lanes1 a) => new(-a.v);

    /// <inheritdoc/>
    public static Lanes1 Fma(Lanes1 a, Lanes1 b, Lanes1 c) => new(MathF.FusedMultiplyAdd(a.v, b.v, c.v));

    /// <inheritdoc/>
    public static Lanes1 Sqrt(Lanes1 a) => new(MathF.Sqrt(a.v));

    /// <inheritdoc/>
    public static Lanes1 Abs(Lanes1 a) => new(MathF.Abs(a.v));

    /// <inheritdoc/>
    public static Lanes1 CopySign(Lanes1 magnitude, Lanes1 sign) => new(MathF.CopySign(magnitude.v, sign.v));

    /// <inheritdoc/>
    public static Lanes1 Round(Lanes1 a) => new(MathF.Round(a.v, MidpointRounding.ToEven));

    /// <inheritdoc/>
    public static Lanes1 Floor(Lanes1 a) => new(MathF.Floor(a.v));

    /// <inheritdoc/>
    public static Lanes1 AtMost(Lanes1 limit, Lanes1 x) => Select(Less(limit, x), limit, x);

    /// <inheritdoc/>
    public static Lanes1 AtLeast(Lanes1 limit, Lanes1 x) => Select(Less(x, limit), limit, x);

    /// <inheritdoc/>
    public static Lanes1 Less(Lanes1 a, Lanes1 b) => Mask(a.v < b.v);

    /// <inheritdoc/>
    public static Lanes1 LessOrEqual(Lanes1 a, Lanes1 b) => Mask(a.v <= b.v);

    /// <inheritdoc/>
    public static Lanes1 Equal(Lanes1 a, Lanes1 b) => Mask(a.v == b.v);

    /// <inheritdoc/>
    public static Lanes1 Select(Lanes1 mask, Lanes1 yes, Lanes1 no) => OfBits((Bits(mask) & Bits(yes)) | (~Bits(mask) & Bits(no)));

    /// <inheritdoc/>
    public static Lanes1 And(Lanes1 a, Lanes1 b) => OfBits(Bits(a) & Bits(b));

    /// <inheritdoc/>
    public static Lanes1 Or(Lanes1 a, Lanes1 b) => OfBits(Bits(a) | Bits(b));

    /// <inheritdoc/>
    public static Lanes1 Xor(Lanes1 a, Lanes1 b) => OfBits(Bits(a) ^ Bits(b));

    /// <inheritdoc/>
    public static Lanes1 AddBits(Lanes1 a, Lanes1 b) => OfBits(unchecked(Bits(a) + Bits(b)));

    /// <inheritdoc/>
    public static Lanes1 ShiftLeft(Lanes1 a, int count) => OfBits(Bits(a) << count);

    /// <inheritdoc/>
    public static Lanes1 ShiftRight(Lanes1 a, int count) => OfBits(Bits(a) >>> count);

    /// <inheritdoc/>
    public static Lanes1 FromInteger(Lanes1 bits) => new(Bits(bits));

    /// <inheritdoc/>
    public static Lanes1 ToInteger(Lanes1 a) => OfBits((int)a.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bits(Lanes1 a) => BitConverter.SingleToInt32Bits(a.v);

    private static Lanes1 Mask(bool set) => OfBits(set ? -1 : 0);
}
