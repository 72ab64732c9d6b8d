using System.Runtime.CompilerServices;
using Locus.Engine.Kernels;

namespace Locus.Engine.Random;

/// <summary>The upper 24 bits of a word as a number in [0, 1): every multiple of 2^-24 is a float, so nothing is rounded.</summary>
internal readonly struct ToUniform : IWordMap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Map<T>(ref T a, ref T b)
        where T : struct, ILanes<T>
    {
        a = Of(a);
        b = Of(b);
    }

    /// <summary>One word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T word)
        where T : struct, ILanes<T> => T.FromInteger(T.ShiftRight(word, 8)) * T.Of(1f / (1 << 24));
}
