using System.Runtime.InteropServices;

namespace Locus.Engine.Blocks;

/// <summary>
/// 64 samples side by side in double precision: double[Rows][64], the twin of <see cref="Block"/>, cut from the same arena. The rows lie one
/// behind the other, each 512 bytes, aligned to 64 bytes.
/// </summary>
public readonly struct DoubleBlock
{
    /// <summary>Floats of an arena that one row takes.</summary>
    public const int FloatsPerRow = 2 * Block.Lanes;

    private readonly float[] memory;
    private readonly int offset;

    /// <summary>A view of <paramref name="rows"/> rows of <paramref name="memory"/>, from float <paramref name="offset"/> on.</summary>
    internal DoubleBlock(float[] memory, int offset, int rows)
    {
        this.memory = memory;
        this.offset = offset;
        Rows = rows;
    }

    /// <summary>Number of features.</summary>
    public int Rows { get; }

    /// <summary>All values, [Rows * 64], row by row.</summary>
    public Span<double> Values => MemoryMarshal.Cast<float, double>(memory.AsSpan(offset, Rows * FloatsPerRow));

    /// <summary>The 64 values of one feature.</summary>
    /// <param name="row">Feature, 0 to Rows - 1.</param>
    public Span<double> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
            return MemoryMarshal.Cast<float, double>(memory.AsSpan(offset + row * FloatsPerRow, FloatsPerRow));
        }
    }

    /// <summary>The rows <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1 as a block of their own.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not all in this block.</exception>
    public DoubleBlock Slice(int first, int count)
    {
        if (first < 0 || count < 0 || count > Rows - first)
            throw new ArgumentOutOfRangeException(nameof(count), $"{count} rows from row {first} on of a block of {Rows}");
        return new DoubleBlock(memory, offset + first * FloatsPerRow, count);
    }
}
