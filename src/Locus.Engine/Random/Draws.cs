using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Random;

/// <summary>
/// Random numbers by name instead of by order: each value depends on (key, sample index, draw, row) alone, never on how many
/// were drawn before, in which block, or on which thread. Lane l of a block is sample first + l.
/// </summary>
/// <remarks>
/// Rows 4g to 4g + 3 of a sample are the four words of the Philox counter (g, draw, sample low, sample high).
/// </remarks>
public static class Draws
{
    private const int RowsPerCounter = 4;

    /// <summary>Uniform numbers in [0, 1): the multiples of 2^-24, each equally likely.</summary>
    /// <param name="key">The stream.</param>
    /// <param name="first">Sample of lane 0.</param>
    /// <param name="draw">Which draw of that sample, such as the step.</param>
    /// <param name="target">Receives the values, [D][64]; D is any number of rows.</param>
    public static void Uniform(Key key, ulong first, uint draw, Block target) => Fill<ToUniform>(key, first, draw, target);

    /// <summary>
    /// Standard normal numbers by Box and Muller (1958): sqrt(-2 log u) (cos 2 pi v, sin 2 pi v) for rows (2i, 2i + 1). u is a
    /// multiple of 2^-32 and never 0, so the magnitude stays below 6.67; v is a multiple of 2^-24.
    /// </summary>
    /// <param name="key">The stream.</param>
    /// <param name="first">Sample of lane 0.</param>
    /// <param name="draw">Which draw of that sample, such as the step.</param>
    /// <param name="target">Receives the values, [D][64]; D is any number of rows.</param>
    public static void Normal(Key key, ulong first, uint draw, Block target) => Fill<ToNormal>(key, first, draw, target);

    /// <summary>One uniform number in [0, 1) in double precision: the multiples of 2^-53, each equally likely.</summary>
    /// <param name="key">The stream.</param>
    /// <param name="index">Which sample.</param>
    /// <param name="draw">Which draw of that sample.</param>
    public static double Uniform(Key key, ulong index, uint draw)
    {
        Span<uint> four = stackalloc uint[4];
        Philox.Draw(key, Purpose.ScalarUniform, draw, (uint)index, (uint)(index >> 32), four);
        return (Wide(four[0], four[1]) >> 11) * (1.0 / (1L << 53));
    }

    /// <summary>One standard normal number in double precision, by Box and Muller; magnitude below 8.6.</summary>
    /// <param name="key">The stream.</param>
    /// <param name="index">Which sample.</param>
    /// <param name="draw">Which draw of that sample.</param>
    public static double Normal(Key key, ulong index, uint draw)
    {
        Span<uint> four = stackalloc uint[4];
        Philox.Draw(key, Purpose.ScalarNormal, draw, (uint)index, (uint)(index >> 32), four);
        var u = ((Wide(four[0], four[1]) >> 11) + 0.5) * (1.0 / (1L << 53));
        var turn = (Wide(four[2], four[3]) >> 11) * (1.0 / (1L << 53));
        return Math.Sqrt(-2 * ElementaryDouble.Log(u)) * ElementaryDouble.Cos(2 * Math.PI * turn);
    }

    /// <summary>One whole number from 0 to <paramref name="bound"/> - 1, each exactly equally likely.</summary>
    /// <param name="key">The stream.</param>
    /// <param name="index">Which sample.</param>
    /// <param name="draw">Which draw of that sample.</param>
    /// <param name="bound">One above the largest number, at least 1.</param>
    public static int Below(Key key, ulong index, uint draw, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return Below(key, Purpose.ScalarInteger, draw, index, bound);
    }

    /// <summary>The numbers 0 to N - 1 in random order, every order equally likely (Fisher and Yates; Durstenfeld 1964).</summary>
    /// <param name="key">The stream; one key gives one permutation of each size.</param>
    /// <param name="target">Receives the permutation, [N]; N = 0 is allowed.</param>
    public static void Permutation(Key key, Span<int> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            var j = Below(key, Purpose.Permutation, 0, (ulong)i, i + 1);
            target[i] = target[j];
            target[j] = i;
        }
    }

    // The upper half of a 64-bit word times the bound; the few words that would favour some numbers are drawn again
    // (Lemire: Fast random integer generation in an interval. TOMACS 2019).
    private static int Below(Key key, uint purpose, uint draw, ulong index, int bound)
    {
        Span<uint> four = stackalloc uint[4];
        var unfair = unchecked(0UL - (ulong)bound) % (ulong)bound;
        for (var attempt = 0u; ; attempt++)
        {
            Philox.Draw(key, purpose + attempt, draw, (uint)index, (uint)(index >> 32), four);
            var high = Math.BigMul(Wide(four[0], four[1]), (ulong)bound, out var low);
            if (low >= unfair) return (int)high;
        }
    }

    private static ulong Wide(uint low, uint high) => ((ulong)high << 32) | low;

    private static unsafe void Fill<TMap>(Key key, ulong first, uint draw, Block target)
        where TMap : struct, IWordMap
    {
        var words = stackalloc float[RowsPerCounter * Block.Lanes];
        for (var row = 0; row < target.Rows; row += RowsPerCounter)
        {
            Philox.Fill(key, (uint)(row / RowsPerCounter), draw, first, (uint*)words);
            if (Vector512.IsHardwareAccelerated) Map<TMap, Lanes16>(words);
            else if (Vector256.IsHardwareAccelerated) Map<TMap, Lanes8>(words);
            else Map<TMap, Lanes1>(words);
            var rows = Math.Min(RowsPerCounter, target.Rows - row);
            new ReadOnlySpan<float>(words, rows * Block.Lanes).CopyTo(target.Slice(row, rows).Values);
        }
    }

    /// <summary>Turns four rows of words into four rows of numbers, in place.</summary>
    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Map<TMap, T>(float* rows)
        where TMap : struct, IWordMap
        where T : struct, ILanes<T>
    {
        for (var lane = 0; lane < Block.Lanes; lane += T.Count)
        {
            for (var pair = rows + lane; pair < rows + RowsPerCounter * Block.Lanes; pair += 2 * Block.Lanes)
            {
                var (a, b) = (T.Load(pair), T.Load(pair + Block.Lanes));
                TMap.Map(ref a, ref b);
                T.Store(a, pair);
                T.Store(b, pair + Block.Lanes);
            }
        }
    }
}
