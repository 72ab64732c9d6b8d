using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Projection;

/// <summary>8 lanes of a block as one vector per row.</summary>
/// <param name="block">The block.</param>
/// <param name="group">Which 8 lanes, 0 to 7.</param>
internal readonly ref struct LaneRows(DoubleBlock block, int group)
{
    /// <summary>Groups of 8 lanes in a block.</summary>
    public const int Groups = Block.Lanes / LaneSystem.Lanes;

    private readonly Span<Lanes> vectors = All(block);
    private readonly int group = group;

    /// <summary>Number of rows.</summary>
    public int Count => vectors.Length / Groups;

    /// <summary>The 8 values of a row.</summary>
    /// <param name="row">0 to Count - 1.</param>
    public ref Lanes this[int row] => ref vectors[row * Groups + group];

    /// <summary>The values of a block as vectors, one behind the other.</summary>
    public static Span<Lanes> All(DoubleBlock block) => MemoryMarshal.Cast<double, Lanes>(block.Values);

    /// <summary>8 of the 64 floats of a row as doubles.</summary>
    public static Lanes Wide(ReadOnlySpan<float> row, int group)
    {
        var (lower, upper) = Vector256.Widen(Vector256.Create(row[(group * LaneSystem.Lanes)..]));
        return Vector512.Create(lower, upper);
    }

    /// <summary>Rows that a number of vectors takes, one behind the other.</summary>
    public static int RowsFor(int vectors) => (vectors + Groups - 1) / Groups;
}
