namespace Locus.Formats;

/// <summary>
/// One chart: axes, and layers of data in the order in which they were added. Layers without a colour take those of
/// <see cref="SvgPalette.Series"/> in turn. A <see cref="Figure"/> turns plots into a file.
/// </summary>
public sealed class Plot
{
    private readonly List<PlotMark> marks = [];
    private int coloured;

    /// <summary>What stands above the chart; empty for nothing.</summary>
    public string Title { get; init; } = "";

    /// <summary>The axis to the right.</summary>
    public Axis X { get; init; } = new();

    /// <summary>The axis upwards.</summary>
    public Axis Y { get; init; } = new();

    /// <summary>Whether a unit is as long on both axes, as it must be where the axes are coordinates of one space.</summary>
    public bool EqualScale { get; init; }

    /// <summary>The layers, for the drawing.</summary>
    internal IReadOnlyList<PlotMark> Marks => marks;

    /// <summary>Fills the region where the values of a grid are at most a level: a picture of a set by its slack.</summary>
    /// <param name="grid">Values on a grid; what is not finite is outside.</param>
    /// <param name="level">The largest value inside.</param>
    /// <param name="name">Name in the legend; empty for none.</param>
    /// <param name="color">Any SVG colour; left out: <see cref="SvgPalette.Region"/>.</param>
    /// <exception cref="ArgumentException">The grid's sizes and values do not fit.</exception>
    public Plot Region(PlotGrid grid, double level = 0, string name = "", string color = SvgPalette.Region)
    {
        ArgumentNullException.ThrowIfNull(grid);
        if (grid.Rows < 2 || grid.Columns < 2 || (long)grid.Rows * grid.Columns != grid.Values.Length)
            throw new ArgumentException($"a grid of {grid.Rows} rows and {grid.Columns} columns (2 or more each) with {grid.Values.Length} values", nameof(grid));
        return Add(new RegionMark(name, color, grid, level));
    }

    /// <summary>Draws points. Those that the axes do not reach are counted in a corner of the chart.</summary>
    /// <param name="points">[N, D], row by row.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <param name="horizontal">The coordinate that runs to the right, 0 to D - 1.</param>
    /// <param name="vertical">The coordinate that runs upwards, 0 to D - 1.</param>
    /// <param name="name">Name in the legend; empty for none.</param>
    /// <param name="color">Any SVG colour; left out: the next of the series.</param>
    /// <param name="diameter">Size of a point in pixels; left out: smaller the more points there are.</param>
    /// <param name="opacity">0 to 1.</param>
    /// <exception cref="ArgumentException">The values are no whole number of points.</exception>
    public Plot Scatter(ReadOnlySpan<double> points, int dimension = 2, int horizontal = 0, int vertical = 1, string name = "", string? color = null, double? diameter = null, double opacity = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)horizontal, (uint)dimension, nameof(horizontal));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)vertical, (uint)dimension, nameof(vertical));
        if (points.Length % dimension != 0) throw new ArgumentException($"{points.Length} values are no whole number of points of {dimension} coordinates", nameof(points));
        var count = points.Length / dimension;
        var (x, y) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++) (x[i], y[i]) = (points[i * dimension + horizontal], points[i * dimension + vertical]);
        var size = diameter ?? (count > 3000 ? 1.1 : count > 300 ? 1.8 : 3);
        return Add(new ScatterMark(name, color ?? NextColor(), x, y, size, opacity));
    }

    /// <summary>Draws a line through points in their order. NaN, and what a logarithmic axis cannot show, is a gap.</summary>
    /// <param name="x">[N]</param>
    /// <param name="y">[N]</param>
    /// <param name="name">Name in the legend; empty for none.</param>
    /// <param name="color">Any SVG colour; left out: the next of the series.</param>
    /// <param name="dashed">Whether the line is dashed.</param>
    /// <exception cref="ArgumentException">There are more of one coordinate than of the other.</exception>
    public Plot Line(ReadOnlySpan<double> x, ReadOnlySpan<double> y, string name = "", string? color = null, bool dashed = false)
    {
        if (x.Length != y.Length) throw new ArgumentException($"{x.Length} first and {y.Length} second coordinates", nameof(y));
        return Add(new LineMark(name, color ?? NextColor(), x.ToArray(), y.ToArray(), dashed));
    }

    /// <summary>Draws a level across the chart: a floor, a published number, a bound.</summary>
    /// <param name="level">Its value on the axis upwards.</param>
    /// <param name="name">Name in the legend; empty for none.</param>
    /// <param name="color">Any SVG colour.</param>
    public Plot Reference(double level, string name = "", string color = SvgPalette.Faint) => Add(new ReferenceMark(name, color, level));

    /// <summary>Draws the ways of points from noise to set.</summary>
    /// <param name="positions">[K + 1, N, 2]: all points at the start, then after each step.</param>
    /// <param name="count">N, at least 1.</param>
    /// <param name="name">Name in the legend; empty for none.</param>
    /// <param name="color">Any SVG colour; left out: the next of the series.</param>
    /// <exception cref="ArgumentException">The values are no whole number of moments.</exception>
    public Plot Flow(ReadOnlySpan<double> positions, int count, string name = "", string? color = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (positions.Length % (2 * count) != 0) throw new ArgumentException($"{positions.Length} values are no whole number of moments of {count} points of the plane", nameof(positions));
        return Add(new FlowMark(name, color ?? NextColor(), positions.ToArray(), count));
    }

    private Plot Add(PlotMark mark)
    {
        marks.Add(mark);
        return this;
    }

    private string NextColor() => SvgPalette.Series[coloured++ % SvgPalette.Series.Count];
}
