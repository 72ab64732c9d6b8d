// Philox4x32-10: one round turns the counter (c0, c1, c2, c3) under the key (k0, k1) into
//     (hi(M1 c2) ^ c1 ^ k0,  lo(M1 c2),  hi(M0 c0) ^ c3 ^ k1,  lo(M0 c0)),
// the key grows by the Weyl constants (W0, W1) between rounds, ten rounds make a draw.
// Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3. SC 2011.
using System.Runtime.CompilerServices;
using Locus.Engine.Kernels;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;

namespace Locus.Engine.Random;

/// <summary>
/// The counter-based generator Philox4x32-10: 128 bits of counter and 64 bits of key give 128 random bits, with no state.
/// Under one key it is a bijection of the counters, so no two counters give the same four words.
/// </summary>
public static class Philox
{
    private const int Rounds = 10;
    private const uint M0 = 0xD2511F53;
    private const uint M1 = 0xCD9E8D57;
    private const uint W0 = 0x9E3779B9;
    private const uint W1 = 0xBB67AE85;

    /// <summary>The four words of one counter.</summary>
    /// <param name="key">The key.</param>
    /// <param name="c0">First counter word.</param>
    /// <param name="c1">Second counter word.</param>
    /// <param name="c2">Third counter word.</param>
    /// <param name="c3">Fourth counter word.</param>
    /// <param name="four">Receives the words, [4].</param>
    public static void Draw(Key key, uint c0, uint c1, uint c2, uint c3, Span<uint> four)
    {
        if (four.Length != 4) throw new ArgumentException($"room for 4 words is needed, not {four.Length}", nameof(four));
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = (ulong)M0 * c0;
            var p1 = (ulong)M1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ key.Low, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ key.High, (uint)p0);
            key = Grown(key);
        }
        (four[0], four[1], four[2], four[3]) = (c0, c1, c2, c3);
    }

    /// <summary>
    /// The words of 64 samples: lane l of row i is word i of the counter (c0, c1, sample low, sample high), sample = first + l.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="c0">First counter word.</param>
    /// <param name="c1">Second counter word.</param>
    /// <param name="first">Sample of lane 0; counts on modulo 2^64.</param>
    /// <param name="target">Receives the words, [4][64].</param>
    internal static unsafe void Fill(Key key, uint c0, uint c1, ulong first, uint* target)
    {
        if (Avx512F.IsSupported && Vector512.IsHardwareAccelerated) Fill<Words16>(key, c0, c1, first, target);
        else if (Avx2.IsSupported) Fill<Words8>(key, c0, c1, first, target);
        else Fill<Words1>(key, c0, c1, first, target);
    }

    /// <summary>As <see cref="Fill(Key, uint, uint, ulong, uint*)"/>, with a width of one's own.</summary>
    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Fill<T>(Key key, uint c0, uint c1, ulong first, uint* target)
        where T : struct, IWords<T>
    {
        for (var lane = 0; lane < Block.Lanes; lane += T.Count)
        {
            var (a, b) = (T.Of(c0), T.Of(c1));
            T.Sequence(first + (ulong)lane, out var c, out var d);
            var k = key;
            for (var round = 0; round < Rounds; round++)
            {
                var p0 = T.Multiply(a, M0);
                var p1 = T.Multiply(c, M1);
                a = T.Xor(T.High(p1), b, T.Of(k.Low));
                b = p1;
                c = T.Xor(T.High(p0), d, T.Of(k.High));
                d = p0;
                k = Grown(k);
            }
            T.Store(a, target + lane);
            T.Store(b, target + Block.Lanes + lane);
            T.Store(c, target + 2 * Block.Lanes + lane);
            T.Store(d, target + 3 * Block.Lanes + lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Key Grown(Key key) => new(unchecked(key.Low + W0), unchecked(key.High + W1));
}
