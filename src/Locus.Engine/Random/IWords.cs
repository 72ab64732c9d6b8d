namespace Locus.Engine.Random;

/// <summary>
/// Several 32-bit words side by side, each in a slot of 64 bits whose upper half is free: what Philox' rounds are written over,
/// once, for 16 lanes (512 bits), 8 (256 bits) and one (the plain twin). All operations are exact, so the widths agree.
/// </summary>
/// <typeparam name="T">The implementing type.</typeparam>
internal interface IWords<T>
    where T : struct, IWords<T>
{
    /// <summary>Number of words: 16, 8 or 1.</summary>
    static abstract int Count { get; }

    /// <summary>The same word in each lane.</summary>
    static abstract T Of(uint word);

    /// <summary>The low and the high half of first + 0, first + 1, ...</summary>
    static abstract void Sequence(ulong first, out T low, out T high);

    /// <summary>The 64-bit product of each word and <paramref name="factor"/>; as words its low half counts.</summary>
    static abstract T Multiply(T a, uint factor);

    /// <summary>The upper half of each slot, moved down.</summary>
    static abstract T High(T a);

    /// <summary>a xor b xor c.</summary>
    static abstract T Xor(T a, T b, T c);

    /// <summary>Writes <see cref="Count"/> words of 32 bits.</summary>
    static abstract unsafe void Store(T a, uint* target);
}
