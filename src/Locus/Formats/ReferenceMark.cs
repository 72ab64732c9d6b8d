namespace Locus.Formats;

/// <summary>A level that the other data are held against: a thin dashed line across the whole frame.</summary>
internal sealed class ReferenceMark(string name, string color, double level) : PlotMark(name, color)
{
    /// <inheritdoc/>
    public override void Measure(PlotExtent extent) => extent.Add(double.NaN, level);

    /// <inheritdoc/>
    public override int Draw(SvgCanvas canvas, PlotFrame frame)
    {
        var y = frame.Y(level);
        if (!double.IsNaN(y)) Stroke(canvas, new SvgPath().MoveTo(0, y).LineTo(frame.Width * PlotFrame.UnitsPerPixel, y), 1, dashes: "30 30");
        return 0;
    }

    /// <inheritdoc/>
    public override void DrawSign(SvgCanvas canvas, double x, double y) =>
        canvas.Begin("path").Set("d", $"M{SvgCanvas.Number(x)} {SvgCanvas.Number(y)}h14").Set("stroke", Color).Set("stroke-dasharray", "3 3").End();
}
