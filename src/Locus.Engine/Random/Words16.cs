using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Locus.Engine.Random;

/// <summary>16 words in two 512-bit registers: the even lanes in one, the odd lanes in the other, so that no lane ever moves.</summary>
internal readonly struct Words16 : IWords<Words16>
{
    private readonly Vector512<ulong> even;
    private readonly Vector512<ulong> odd;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Words16(Vector512<ulong> even, Vector512<ulong> odd)
    {
        this.even = even;
        this.odd = odd;
    }

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words16 Of(uint word) => new(Vector512.Create((ulong)word), Vector512.Create((ulong)word));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sequence(ulong first, out Words16 low, out Words16 high)
    {
        var even = Vector512.CreateSequence(first, 2UL);
        var odd = even + Vector512<ulong>.One;
        low = new Words16(even, odd);
        high = High(low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words16 Multiply(Words16 a, uint factor) => new(Product(a.even, factor), Product(a.odd, factor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words16 High(Words16 a) => new(a.even >>> 32, a.odd >>> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words16 Xor(Words16 a, Words16 b, Words16 c) => new(a.even ^ b.even ^ c.even, a.odd ^ b.odd ^ c.odd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Words16 a, uint* target) =>
        ((a.even & Vector512.Create((ulong)uint.MaxValue)) | (a.odd << 32)).AsUInt32().Store(target);

    // The instruction reads the lower half of each slot; elsewhere the upper half is cleared first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Product(Vector512<ulong> a, uint factor) => Avx512F.IsSupported
        ? Avx512F.Multiply(a.AsUInt32(), Vector512.Create((ulong)factor).AsUInt32())
        : (a & Vector512.Create((ulong)uint.MaxValue)) * Vector512.Create((ulong)factor);
}
