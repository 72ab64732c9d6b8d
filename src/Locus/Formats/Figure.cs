namespace Locus.Formats;

/// <summary>Plots side by side in one SVG picture, for an HTML page or as a file of its own.</summary>
public sealed class Figure
{
    private const double Border = 8, TitleHeight = 22;
    private readonly List<Plot> plots = [];

    /// <summary>A figure of plots, in the order of reading.</summary>
    /// <param name="plots">The plots.</param>
    public Figure(params IEnumerable<Plot> plots)
    {
        ArgumentNullException.ThrowIfNull(plots);
        this.plots.AddRange(plots);
    }

    /// <summary>What stands above all plots; empty for nothing.</summary>
    public string Title { get; init; } = "";

    /// <summary>Plots in a row; 0 puts all in one.</summary>
    public int Columns { get; init; }

    /// <summary>Width of a plot with its axis, in pixels.</summary>
    public double PlotWidth { get; init; } = 320;

    /// <summary>Height of a plot with title, legend and axis, in pixels.</summary>
    public double PlotHeight { get; init; } = 320;

    /// <summary>The picture as text: an svg element.</summary>
    /// <exception cref="InvalidOperationException">There is no plot.</exception>
    public string Draw()
    {
        if (plots.Count == 0) throw new InvalidOperationException("a figure needs at least one plot");
        var columns = Columns > 0 ? Math.Min(Columns, plots.Count) : plots.Count;
        var rows = (plots.Count + columns - 1) / columns;
        var above = Border + (Title.Length > 0 ? TitleHeight : 0);
        var name = Title.Length > 0 ? Title : string.Join(", ", plots.Select(plot => plot.Title).Where(title => title.Length > 0));
        var canvas = new SvgCanvas(columns * PlotWidth + 2 * Border, rows * PlotHeight + above + Border, name);
        if (Title.Length > 0) canvas.Text(Border + 4, Border + 14, Title, "start", SvgPalette.Ink, ("font-size", "14"), ("font-weight", "600"));
        for (var i = 0; i < plots.Count; i++)
            PlotLayout.Draw(canvas, plots[i], Border + i % columns * PlotWidth, above + i / columns * PlotHeight, PlotWidth, PlotHeight);
        return canvas.Finish();
    }

    /// <summary>Writes the picture as a file, at once or not at all, see <see cref="AtomicFile"/>.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, Draw());
}
