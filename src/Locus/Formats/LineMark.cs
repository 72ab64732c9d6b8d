namespace Locus.Formats;

/// <summary>A line through [N] points in their order; a value that cannot be shown (NaN, or none above 0 on a logarithmic axis) is a gap.</summary>
internal sealed class LineMark(string name, string color, double[] x, double[] y, bool dashed) : PlotMark(name, color)
{
    private const string Dashes = "50 30";

    /// <inheritdoc/>
    public override void Measure(PlotExtent extent)
    {
        for (var i = 0; i < x.Length; i++) extent.Add(x[i], y[i]);
    }

    /// <inheritdoc/>
    public override int Draw(SvgCanvas canvas, PlotFrame frame)
    {
        var path = new SvgPath();
        var lifted = true;
        for (var i = 0; i < x.Length; i++)
        {
            var (px, py) = (frame.X(x[i]), frame.Y(y[i]));
            var gap = double.IsNaN(px + py);
            if (!gap && !lifted) path.LineTo(px, py);
            // A value between two gaps is a dot, or it would not be seen.
            else if (!gap && (i + 1 == x.Length || double.IsNaN(frame.X(x[i + 1]) + frame.Y(y[i + 1])))) path.Dot(px, py);
            else if (!gap) path.MoveTo(px, py);
            lifted = gap;
        }
        Stroke(canvas, path, 1.5, dashes: dashed ? Dashes : "");
        return 0;
    }

    /// <inheritdoc/>
    public override void DrawSign(SvgCanvas canvas, double x, double y)
    {
        canvas.Begin("path").Set("d", $"M{SvgCanvas.Number(x)} {SvgCanvas.Number(y)}h14").Set("stroke", Color).Set("stroke-width", 2);
        if (dashed) canvas.Set("stroke-dasharray", "5 3");
        canvas.End();
    }
}
