using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Locus.Engine.Random;

/// <summary>8 words in two 256-bit registers: the even lanes in one, the odd lanes in the other, so that no lane ever moves.</summary>
internal readonly struct Words8 : IWords<Words8>
{
    private readonly Vector256<ulong> even;
    private readonly Vector256<ulong> odd;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Words8(Vector256<ulong> even, Vector256<ulong> odd)
    {
        this.even = even;
        this.odd = odd;
    }

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words8 Of(uint word) => new(Vector256.Create((ulong)word), Vector256.Create((ulong)word));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sequence(ulong first, out Words8 low, out Words8 high)
    {
        var even = Vector256.CreateSequence(first, 2UL);
        var odd = even + Vector256<ulong>.One;
        low = new Words8(even, odd);
        high = High(low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words8 Multiply(Words8 a, uint factor) => new(Product(a.even, factor), Product(a.odd, factor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words8 High(Words8 a) => new(a.even >>> 32, a.odd >>> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words8 Xor(Words8 a, Words8 b, Words8 c) => new(a.even ^ b.even ^ c.even, a.odd ^ b.odd ^ c.odd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Words8 a, uint* target) =>
        ((a.even & Vector256.Create((ulong)uint.MaxValue)) | (a.odd << 32)).AsUInt32().Store(target);

    // The instruction reads the lower half of each slot; elsewhere the upper half is cleared first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Product(Vector256<ulong> a, uint factor) => Avx2.IsSupported
        ? Avx2.Multiply(a.AsUInt32(), Vector256.Create((ulong)factor).AsUInt32())
        : (a & Vector256.Create((ulong)uint.MaxValue)) * Vector256.Create((ulong)factor);
}
