using Locus.Engine.Blocks;

namespace Locus.Engine.Programs;

/// <summary>The address of a row of 64 values.</summary>
/// <param name="Kind">Where it lies.</param>
/// <param name="Index">Its number there, from 0.</param>
public readonly record struct Row(RowKind Kind, int Index)
{
    internal const int IndexBits = 28;
    internal const int IndexMask = (1 << IndexBits) - 1;

    /// <summary>Kind and index in one number, as the interpreters read them.</summary>
    internal int Packed => ((int)Kind << IndexBits) | Index;

    /// <summary>Where a packed row begins.</summary>
    /// <param name="bases">The first row of each kind, in the order of <see cref="RowKind"/>.</param>
    /// <param name="packed">The row.</param>
    internal static unsafe TNumber* Address<TNumber>(TNumber** bases, int packed)
        where TNumber : unmanaged => bases[packed >> IndexBits] + (nint)(packed & IndexMask) * Block.Lanes;

    /// <summary>Such as x3, c0, k2, s17, y1.</summary>
    public override string ToString() => $"{"xcksy"[(int)Kind]}{Index}";
}
