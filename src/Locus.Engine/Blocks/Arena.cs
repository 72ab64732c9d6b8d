using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Locus.Engine.Blocks;

/// <summary>
/// One worker's memory: a pinned, 64-byte aligned array from which blocks and vectors are cut once, before the first step.
/// The garbage collector owns it, so that a view can never outlive its memory; nothing is given back one by one.
/// </summary>
public sealed class Arena
{
    private const int AlignmentInFloats = 16;
    private readonly float[] memory;
    private readonly int end;
    private int next;

    /// <summary>An arena of <paramref name="floats"/> floats, rounded up to a multiple of 16, all zero.</summary>
    /// <param name="floats">Capacity in floats (4 bytes each); each cut is rounded up to a multiple of 16.</param>
    public unsafe Arena(int floats)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(floats);
        memory = GC.AllocateArray<float>(checked(Rounded(floats) + AlignmentInFloats), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(memory));
        next = (int)((64 - (address & 63)) & 63) / sizeof(float);
        // Not the array's own end: how much fits must not depend on where the array happens to begin.
        end = next + Rounded(floats);
    }

    /// <summary>Cuts a block of <paramref name="rows"/> features.</summary>
    /// <param name="rows">Number of features; 0 is allowed.</param>
    /// <exception cref="InvalidOperationException">The arena is too small.</exception>
    public Block Rows(int rows) => new(memory, Take((long)rows * Block.Lanes), rows);

    /// <summary>Cuts a block of doubles of <paramref name="rows"/> features; it takes <see cref="DoubleBlock.FloatsPerRow"/> floats a row.</summary>
    /// <param name="rows">Number of features; 0 is allowed.</param>
    /// <exception cref="InvalidOperationException">The arena is too small.</exception>
    public DoubleBlock DoubleRows(int rows) => new(memory, Take((long)rows * DoubleBlock.FloatsPerRow), rows);

    /// <summary>Cuts a vector of <paramref name="count"/> floats, such as parameters or their gradient.</summary>
    /// <param name="count">Number of floats.</param>
    /// <exception cref="InvalidOperationException">The arena is too small.</exception>
    public Memory<float> Vector(int count) => memory.AsMemory(Take(count), count);

    /// <summary>Floats that a cut of <paramref name="count"/> floats takes from an arena.</summary>
    /// <param name="count">Number of floats asked for.</param>
    public static int Rounded(int count) => checked(count + AlignmentInFloats - 1) / AlignmentInFloats * AlignmentInFloats;

    private int Take(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var start = next;
        if (count > end - start) throw new InvalidOperationException($"the arena has {end - start} floats left, {count} were asked for");
        next = start + Rounded((int)count);
        return start;
    }
}
