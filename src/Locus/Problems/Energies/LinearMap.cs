using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Problems.Energies;

/// <summary>
/// z = A x + b, on blocks in single precision and for one point in double precision, and back by A^T. A may be lower triangular: it is kept in panels, so that the products leave out most of its zeros.
/// </summary>
internal sealed class LinearMap
{
    // A panel wastes half of itself along the diagonal; narrower ones fill the kernel's tiles less well.
    private const int PanelSize = 160;

    private readonly double[] matrix;
    private readonly double[] offset;
    private readonly float[] singleOffset;
    private readonly bool triangular;
    private readonly Panel[] forward;
    private readonly Panel[] backward;

    /// <summary>A map.</summary>
    /// <param name="matrix">A [N, D], row by row; kept.</param>
    /// <param name="offset">b [N]; kept.</param>
    /// <param name="triangular">Whether A is square and its entries above the diagonal are 0.</param>
    public LinearMap(double[] matrix, double[] offset, bool triangular)
    {
        (this.matrix, this.offset, this.triangular) = (matrix, offset, triangular);
        (Outputs, Inputs) = (offset.Length, matrix.Length / offset.Length);
        singleOffset = [.. offset.Select(b => (float)b)];
        if (!triangular)
        {
            forward = backward = [Cut(0, Outputs, 0, Inputs)];
            return;
        }
        int[] starts = [.. Enumerable.Range(0, (Inputs + PanelSize - 1) / PanelSize).Select(i => i * PanelSize)];
        int End(int start) => Math.Min(start + PanelSize, Inputs);
        forward = [.. starts.Select(start => Cut(start, End(start) - start, 0, End(start)))];
        backward = [.. starts.Select(start => Cut(start, Outputs - start, start, End(start) - start))];
    }

    /// <summary>A part of A: its first row and column, and its entries in single precision [Rows, Columns].</summary>
    private sealed record Panel(int Row, int Rows, int Column, int Columns, float[] Weights);

    /// <summary>D.</summary>
    public int Inputs { get; }

    /// <summary>N.</summary>
    public int Outputs { get; }

    /// <summary>Z = A X + b.</summary>
    /// <param name="x">X [D][64].</param>
    /// <param name="z">Z [N][64], written.</param>
    public void Forward(Block x, Block z)
    {
        foreach (var panel in forward) Dense.Forward(panel.Weights, singleOffset.AsSpan(panel.Row, panel.Rows), x.Slice(panel.Column, panel.Columns), z.Slice(panel.Row, panel.Rows));
    }

    /// <summary>DX = A^T DZ.</summary>
    /// <param name="dz">DZ [N][64].</param>
    /// <param name="dx">DX [D][64], written.</param>
    public void Backward(Block dz, Block dx)
    {
        foreach (var panel in backward) Dense.Backward(panel.Weights, dz.Slice(panel.Row, panel.Rows), dx.Slice(panel.Column, panel.Columns));
    }

    /// <summary>One entry of A x + b in double precision.</summary>
    /// <param name="row">0 to N - 1.</param>
    /// <param name="x">x [D].</param>
    public double Forward(int row, ReadOnlySpan<double> x) => offset[row] + DoubleRows.Dot(Row(row), x[..Length(row)]);

    /// <summary>dx += slope A^T e_row: what one entry of z passes back.</summary>
    /// <param name="row">0 to N - 1.</param>
    /// <param name="slope">The derivative by that entry.</param>
    /// <param name="dx">dx [D].</param>
    public void AddBackward(int row, double slope, Span<double> dx) => DoubleRows.AddScaled(slope, Row(row), dx[..Length(row)]);

    private int Length(int row) => triangular ? row + 1 : Inputs;

    private ReadOnlySpan<double> Row(int row) => matrix.AsSpan(row * Inputs, Length(row));

    private Panel Cut(int row, int rows, int column, int columns)
    {
        var weights = new float[rows * columns];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) weights[i * columns + j] = (float)matrix[(row + i) * Inputs + column + j];
        return new Panel(row, rows, column, columns, weights);
    }
}
