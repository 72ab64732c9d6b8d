using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Locus.Engine.Kernels;

/// <summary>4 doubles in one 256-bit register.</summary>
public readonly struct DoubleLanes4 : IArithmeticLanes<DoubleLanes4, double>
{
    private readonly Vector256<double> v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DoubleLanes4(Vector256<double> v) => this.v = v;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Of(double value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe DoubleLanes4 Load(double* source) => new(Vector256.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(DoubleLanes4 value, double* target) => value.v.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator +(DoubleLanes4 a, DoubleLanes4 b) => new(a.v + b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator -(DoubleLanes4 a, DoubleLanes4 b) => new(a.v - b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator *(DoubleLanes4 a, DoubleLanes4 b) => new(a.v * b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator /(DoubleLanes4 a, DoubleLanes4 b) => new(a.v / b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator -(DoubleLanes4 a) => new(-a.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Fma(DoubleLanes4 a, DoubleLanes4 b, DoubleLanes4 c) => new(Vector256.FusedMultiplyAdd(a.v, b.v, c.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Sqrt(DoubleLanes4 a) => new(Vector256.Sqrt(a.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Abs(DoubleLanes4 a) => new(Vector256.Abs(a.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 CopySign(DoubleLanes4 magnitude, DoubleLanes4 sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(long.MinValue).AsDouble(), sign.v, magnitude.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Floor(DoubleLanes4 a) => new(Vector256.Floor(a.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Less(DoubleLanes4 a, DoubleLanes4 b) => new(Vector256.LessThan(a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 LessOrEqual(DoubleLanes4 a, DoubleLanes4 b) => new(Vector256.LessThanOrEqual(a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Equal(DoubleLanes4 a, DoubleLanes4 b) => new(Vector256.Equals(a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Select(DoubleLanes4 mask, DoubleLanes4 yes, DoubleLanes4 no) => new(Vector256.ConditionalSelect(mask.v, yes.v, no.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 And(DoubleLanes4 a, DoubleLanes4 b) => new(a.v & b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Or(DoubleLanes4 a, DoubleLanes4 b) => new(a.v | b.v);
}
