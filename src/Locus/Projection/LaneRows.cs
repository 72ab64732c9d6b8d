using System.Runtime.InteropServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Projection;

/// <summary>8 lanes of a block as one vector per row.</summary>
/// <param name="block">The block.</param>
/// <param name="group">Which 8 lanes, 0 to 7.</param>
internal readonly ref struct LaneRows(DoubleBlock block, int group)
{
    private readonly Span<Lanes> vectors = MemoryMarshal.Cast<double, Lanes>(block.Values);
    private readonly int group = group;

    /// <summary>Number of rows.</summary>
    public int Count => vectors.Length / LaneSystem.Groups;

    /// <summary>The 8 values of a row.</summary>
    /// <param name="row">0 to Count - 1.</param>
    public ref Lanes this[int row] => ref vectors[row * LaneSystem.Groups + group];
}
