namespace Locus.Formats;

/// <summary>Values on the nodes of an even grid over a rectangle of the plane.</summary>
/// <param name="Values">[Rows, Columns]; the first row lies at Bottom, the first column at Left.</param>
/// <param name="Rows">Nodes from bottom to top, at least 2.</param>
/// <param name="Columns">Nodes from left to right, at least 2.</param>
/// <param name="Left">First coordinate of the first column.</param>
/// <param name="Right">First coordinate of the last column.</param>
/// <param name="Bottom">Second coordinate of the first row.</param>
/// <param name="Top">Second coordinate of the last row.</param>
public sealed record PlotGrid(float[] Values, int Rows, int Columns, double Left, double Right, double Bottom, double Top);
