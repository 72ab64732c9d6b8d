using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Locus.Engine.Blocks;

/// <summary>
/// 64 samples side by side: float[Rows][64], one row per feature, one lane per sample. The rows lie one behind the other,
/// each 256 bytes, aligned to 64 bytes. A block is a view: it owns nothing and copies in three words.
/// </summary>
public readonly struct Block
{
    /// <summary>Samples in a block, on every machine.</summary>
    public const int Lanes = 64;

    private readonly float[] memory;
    private readonly int offset;

    /// <summary>A view of <paramref name="rows"/> rows of <paramref name="memory"/>, from float <paramref name="offset"/> on.</summary>
    internal Block(float[] memory, int offset, int rows)
    {
        this.memory = memory;
        this.offset = offset;
        Rows = rows;
    }

    /// <summary>Number of features.</summary>
    public int Rows { get; }

    /// <summary>All values, [Rows * 64], row by row.</summary>
    public Span<float> Values => memory.AsSpan(offset, Rows * Lanes);

    /// <summary>The 64 values of one feature.</summary>
    /// <param name="row">Feature, 0 to Rows - 1.</param>
    public Span<float> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
            return memory.AsSpan(offset + row * Lanes, Lanes);
        }
    }

    /// <summary>The rows <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1 as a block of their own.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not all in this block.</exception>
    public Block Slice(int first, int count)
    {
        if (first < 0 || count < 0 || count > Rows - first)
            throw new ArgumentOutOfRangeException(nameof(count), $"{count} rows from row {first} on of a block of {Rows}");
        return new Block(memory, offset + first * Lanes, count);
    }

    /// <summary>The first value, for the statement <c>fixed</c>: it keeps the memory, which a bare address would not once the block itself is no longer needed.</summary>
    internal ref float GetPinnableReference()
    {
        if (memory is null) return ref Unsafe.NullRef<float>();
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(memory), offset);
    }
}
