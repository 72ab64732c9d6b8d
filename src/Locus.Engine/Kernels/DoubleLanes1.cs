using System.Runtime.CompilerServices;

namespace Locus.Engine.Kernels;

/// <summary>One double: the plain twin of <see cref="DoubleLanes8"/> and <see cref="DoubleLanes4"/>, and what runs where neither is accelerated.</summary>
public readonly struct DoubleLanes1 : IArithmeticLanes<DoubleLanes1, double>
{
    private readonly double v;

    private DoubleLanes1(double v) => this.v = v;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static DoubleLanes1 Of(double value) => new(value);

    /// <inheritdoc/>
    public static unsafe DoubleLanes1 Load(double* source) => new(*source);

    /// <inheritdoc/>
    public static unsafe void Store(DoubleLanes1 value, double* target) => *target = value.v;

    /// <inheritdoc/>
    public static DoubleLanes1 operator +(DoubleLanes1 a, DoubleLanes1 b) => new(a.v + b.v);

    /// <inheritdoc/>
    public static DoubleLanes1 operator -(DoubleLanes1 a, DoubleLanes1 b) => new(a.v - b.v);

    /// <inheritdoc/>
    public static DoubleLanes1 operator *(DoubleLanes1 a, DoubleLanes1 b) => new(a.v * b.v);

    /// <inheritdoc/>
    public static DoubleLanes1 operator /(DoubleLanes1 a, DoubleLanes1 b) => new(a.v / b.v);

    /// <inheritdoc/>
    public static DoubleLanes1 operator -(DoubleLanes1 a) => new(-a.v);

    /// <inheritdoc/>
    public static DoubleLanes1 Fma(DoubleLanes1 a, DoubleLanes1 b, DoubleLanes1 c) => new(Math.FusedMultiplyAdd(a.v, b.v, c.v));

    /// <inheritdoc/>
    public static DoubleLanes1 Sqrt(DoubleLanes1 a) => new(Math.Sqrt(a.v));

    /// <inheritdoc/>
    public static DoubleLanes1 Abs(DoubleLanes1 a) => new(Math.Abs(a.v));

    /// <inheritdoc/>
    public static DoubleLanes1 CopySign(DoubleLanes1 magnitude, DoubleLanes1 sign) => new(Math.CopySign(magnitude.v, sign.v));

    /// <inheritdoc/>
    public static DoubleLanes1 Floor(DoubleLanes1 a) => new(Math.Floor(a.v));

    /// <inheritdoc/>
    public static DoubleLanes1 Less(DoubleLanes1 a, DoubleLanes1 b) => Mask(a.v < b.v);

    /// <inheritdoc/>
    public static DoubleLanes1 LessOrEqual(DoubleLanes1 a, DoubleLanes1 b) => Mask(a.v <= b.v);

    /// <inheritdoc/>
    public static DoubleLanes1 Equal(DoubleLanes1 a, DoubleLanes1 b) => Mask(a.v == b.v);

    /// <inheritdoc/>
    public static DoubleLanes1 Select(DoubleLanes1 mask, DoubleLanes1 yes, DoubleLanes1 no) => OfBits((Bits(mask) & Bits(yes)) | (~Bits(mask) & Bits(no)));

    /// <inheritdoc/>
    public static DoubleLanes1 And(DoubleLanes1 a, DoubleLanes1 b) => OfBits(Bits(a) & Bits(b));

    /// <inheritdoc/>
    public static DoubleLanes1 Or(DoubleLanes1 a, DoubleLanes1 b) => OfBits(Bits(a) | Bits(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Bits(DoubleLanes1 a) => BitConverter.DoubleToInt64Bits(a.v);

    private static DoubleLanes1 Mask(bool set) => OfBits(set ? -1L : 0);

    private static DoubleLanes1 OfBits(long bits) => new(BitConverter.Int64BitsToDouble(bits));
}
