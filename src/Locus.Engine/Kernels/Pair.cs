using System.Runtime.CompilerServices;

namespace Locus.Engine.Kernels;

/// <summary>Two registers that undergo the same operation side by side: a constant of the formula is loaded once for both, and one waits for its results while the other works.</summary>
/// <typeparam name="T">The lanes of one register.</typeparam>
internal readonly struct Pair<T> : ILanes<Pair<T>>
    where T : struct, ILanes<T>
{
    private readonly T a;
    private readonly T b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Pair(T a, T b)
    {
        this.a = a;
        this.b = b;
    }

    /// <inheritdoc/>
    public static int Count => 2 * T.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> Of(float value)
    {
        var v = T.Of(value);
        return new(v, v);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> OfBits(int bits)
    {
        var v = T.OfBits(bits);
        return new(v, v);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Pair<T> Load(float* source) => new(T.Load(source), T.Load(source + T.Count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Pair<T> value, float* target)
    {
        T.Store(value.a, target);
        T.Store(value.b, target + T.Count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> operator +(Pair<T> x, Pair<T> y) => new(x.a + y.a, x.b + y.b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> operator -(Pair<T> x, Pair<T> y) => new(x.a - y.a, x.b - y.b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> operator *(Pair<T> x, Pair<T> y) => new(x.a * y.a, x.b * y.b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> operator /(Pair<T> x, Pair<T> y) => new(x.a / y.a, x.b / y.b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> operator -(Pair<T> x) => new(-x.a, -x.b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> Fma(Pair<T> a, Pair<T> b, Pair<T> c) => new(T.Fma(a.a, b.a, c.a), T.Fma(a.b, b.b, c.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> Sqrt(Pair<T> a) => new(T.Sqrt(a.a), T.Sqrt(a.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> Abs(Pair<T> a) => new(T.Abs(a.a), T.Abs(a.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> CopySign(Pair<T> magnitude, Pair<T> sign) => new(T.CopySign(magnitude.a, sign.a), T.CopySign(magnitude.b, sign.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> Round(Pair<T> a) => new(T.Round(a.a), T.Round(a.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> Floor(Pair<T> a) => new(T.Floor(a.a), T.Floor(a.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> AtMost(Pair<T> limit, Pair<T> x) => new(T.AtMost(limit.a, x.a), T.AtMost(limit.b, x.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> AtLeast(Pair<T> limit, Pair<T> x) => new(T.AtLeast(limit.a, x.a), T.AtLeast(limit.b, x.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> Less(Pair<T> a, Pair<T> b) => new(T.Less(a.a, b.a), T.Less(a.b, b.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> LessOrEqual(Pair<T> a, Pair<T> b) => new(T.LessOrEqual(a.a, b.a), T.LessOrEqual(a.b, b.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> Equal(Pair<T> a, Pair<T> b) => new(T.Equal(a.a, b.a), T.Equal(a.b, b.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> Select(Pair<T> mask, Pair<T> yes, Pair<T> no) => new(T.Select(mask.a, yes.a, no.a), T.Select(mask.b, yes.b, no.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> And(Pair<T> a, Pair<T> b) => new(T.And(a.a, b.a), T.And(a.b, b.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> Or(Pair<T> a, Pair<T> b) => new(T.Or(a.a, b.a), T.Or(a.b, b.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> Xor(Pair<T> a, Pair<T> b) => new(T.Xor(a.a, b.a), T.Xor(a.b, b.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> AddBits(Pair<T> a, Pair<T> b) => new(T.AddBits(a.a, b.a), T.AddBits(a.b, b.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> ShiftLeft(Pair<T> a, int count) => new(T.ShiftLeft(a.a, count), T.ShiftLeft(a.b, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> ShiftRight(Pair<T> a, int count) => new(T.ShiftRight(a.a, count), T.ShiftRight(a.b, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> FromInteger(Pair<T> bits) => new(T.FromInteger(bits.a), T.FromInteger(bits.b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> ToInteger(Pair<T> a) => new(T.ToInteger(a.a), T.ToInteger(a.b));
}
