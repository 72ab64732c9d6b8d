namespace Locus.Formats;

/// <summary>One layer of data in a <see cref="Plot"/>.</summary>
internal abstract class PlotMark(string name, string color)
{
    /// <summary>Its name in the legend; empty for none.</summary>
    public string Name => name;

    /// <summary>Its colour.</summary>
    public string Color => color;

    /// <summary>Takes the data into the extent that the axes must show.</summary>
    public abstract void Measure(PlotExtent extent);

    /// <summary>Draws in units of the frame.</summary>
    /// <returns>How many points lie outside the frame and are not seen.</returns>
    public abstract int Draw(SvgCanvas canvas, PlotFrame frame);

    /// <summary>Draws the sign that stands before the name in the legend: 14 pixels wide, about (x, y) as left middle.</summary>
    public virtual void DrawSign(SvgCanvas canvas, double x, double y) =>
        canvas.Begin("path").Set("d", $"M{SvgCanvas.Number(x)} {SvgCanvas.Number(y)}h14").Set("stroke", color).Set("stroke-width", 2).End();

    /// <summary>Writes a path that is only stroked, with a width in pixels.</summary>
    protected void Stroke(SvgCanvas canvas, SvgPath path, double width, double opacity = 1, string dashes = "")
    {
        if (path.IsEmpty) return;
        canvas.Begin("path").Set("d", path.ToString()).Set("fill", "none").Set("stroke", color).Set("stroke-width", width * PlotFrame.UnitsPerPixel);
        canvas.Set("stroke-linecap", dashes.Length > 0 ? "butt" : "round").Set("stroke-linejoin", "round");
        if (dashes.Length > 0) canvas.Set("stroke-dasharray", dashes);
        if (opacity < 1) canvas.Set("stroke-opacity", opacity);
        canvas.End();
    }
}
