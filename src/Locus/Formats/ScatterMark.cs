namespace Locus.Formats;

/// <summary>Points of the plane, all in one path; [N] first and [N] second coordinates.</summary>
internal sealed class ScatterMark(string name, string color, double[] x, double[] y, double diameter, double opacity) : PlotMark(name, color)
{
    /// <inheritdoc/>
    public override void Measure(PlotExtent extent)
    {
        for (var i = 0; i < x.Length; i++) extent.Add(x[i], y[i]);
    }

    /// <inheritdoc/>
    public override int Draw(SvgCanvas canvas, PlotFrame frame)
    {
        var path = new SvgPath();
        var outside = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var (px, py) = (frame.X(x[i]), frame.Y(y[i]));
            if (frame.Contains(px, py)) path.Dot(px, py);
            else outside++;
        }
        Stroke(canvas, path, diameter, opacity);
        return outside;
    }

    /// <inheritdoc/>
    public override void DrawSign(SvgCanvas canvas, double x, double y) =>
        canvas.Begin("circle").Set("cx", x + 7).Set("cy", y).Set("r", 2.5).Set("fill", Color).End();
}
