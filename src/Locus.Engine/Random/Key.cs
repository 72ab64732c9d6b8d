using System.Buffers.Binary;
using System.Text;

namespace Locus.Engine.Random;

/// <summary>
/// Names one stream of random numbers: 64 bits that key <see cref="Philox"/>. Keys are values: the same key gives the same
/// numbers wherever and whenever it is used, and folding a purpose or an index into a key gives a key of its own.
/// </summary>
/// <remarks>
/// Seeds map to keys one to one. A folded key is 64 bits of Philox output, so two different histories of folds give the same
/// key with probability 2^-64; among n keys some pair coincides with probability about n^2 / 2^65 (3e-8 for a million keys).
/// Folding reads counters that no draw ever uses (<see cref="Purpose"/>), so a folded key shares nothing with its parent's draws.
/// </remarks>
/// <param name="Low">The low 32 bits, Philox' first key word.</param>
/// <param name="High">The high 32 bits, Philox' second key word.</param>
public readonly record struct Key(uint Low, uint High)
{
    /// <summary>The key of a seed; different seeds have different keys.</summary>
    /// <param name="seed">Any number.</param>
    public static Key Seed(long seed) => new((uint)seed, (uint)((ulong)seed >> 32));

    /// <summary>The key for a purpose, such as "noise" or "restart".</summary>
    /// <param name="purpose">Any text, compared byte by byte in UTF-8; the empty text is a purpose too.</param>
    public Key Fold(string purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        var bytes = Encoding.UTF8.GetBytes(purpose);
        // Eight bytes a turn, each turn under the key of the one before. The length is in every counter, so that padding
        // with zeros cannot make two texts alike.
        var padded = new byte[(Math.Max(bytes.Length, 1) + 7) / 8 * 8];
        bytes.CopyTo(padded, 0);
        var key = this;
        for (var i = 0; i < padded.Length; i += 8)
            key = key.Next(Purpose.FoldText, (uint)bytes.Length, BinaryPrimitives.ReadUInt64LittleEndian(padded.AsSpan(i)));
        return key;
    }

    /// <summary>The key for one of many, such as a step, a round or a worker.</summary>
    /// <param name="index">Any number.</param>
    public Key Fold(ulong index) => Next(Purpose.FoldIndex, 0, index);

    private Key Next(uint purpose, uint detail, ulong value)
    {
        Span<uint> four = stackalloc uint[4];
        Philox.Draw(this, purpose, detail, (uint)value, (uint)(value >> 32), four);
        return new Key(four[0], four[1]);
    }
}
