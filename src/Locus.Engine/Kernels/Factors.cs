using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>The factors of a <see cref="Product"/>, where it starts and where it goes.</summary>
internal readonly unsafe struct Factors
{
    /// <summary>The first weight of A.</summary>
    public required float* A { get; init; }

    /// <summary>Floats from A[r, k] to A[r + 1, k].</summary>
    public required nint RowStride { get; init; }

    /// <summary>Floats from A[r, k] to A[r, k + 1].</summary>
    public required nint ColumnStride { get; init; }

    /// <summary>b [Rows], or null for 0.</summary>
    public float* Bias { get; init; }

    /// <summary>Whether the sums start from Y; the bias is not read then.</summary>
    public bool Add { get; init; }

    /// <summary>X [Columns][64], 64-byte aligned; the first <see cref="Width"/> of each row are read.</summary>
    public required float* X { get; init; }

    /// <summary>Y [Rows][Width]; must not overlap X.</summary>
    public required float* Y { get; init; }

    /// <summary>Floats from one row of Y to the next.</summary>
    public nint YStride { get; init; } = Block.Lanes;

    /// <summary>Rows of A and Y.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of A, rows of X.</summary>
    public required int Columns { get; init; }

    /// <summary>Columns of Y: 16, 32, 48 or 64.</summary>
    public int Width { get; init; } = Block.Lanes;

    /// <summary>Empty factors whose Y is a block.</summary>
    public Factors()
    {
    }

    /// <summary>The weights that row <paramref name="r"/> begins with.</summary>
    public float* RowOfA(int r) => A + r * RowStride;

    /// <summary>The biases from row <paramref name="r"/> on, or null.</summary>
    public float* BiasFrom(int r) => Bias == null ? null : Bias + r;

    /// <summary>Row <paramref name="r"/> of Y.</summary>
    public float* RowOfY(int r) => Y + r * YStride;
}
