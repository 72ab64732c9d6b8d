namespace Locus.Formats;

/// <summary>The ways of N points over K steps, [K + 1, N, 2]: thin lines, pale dots where they begin, full ones where they end.</summary>
internal sealed class FlowMark(string name, string color, double[] positions, int count) : PlotMark(name, color)
{
    private readonly int moments = positions.Length / (2 * count);

    /// <inheritdoc/>
    public override void Measure(PlotExtent extent)
    {
        for (var i = 0; i < positions.Length; i += 2) extent.Add(positions[i], positions[i + 1]);
    }

    /// <inheritdoc/>
    public override int Draw(SvgCanvas canvas, PlotFrame frame)
    {
        var (ways, begins, ends) = (new SvgPath(), new SvgPath(), new SvgPath());
        var outside = 0;
        for (var point = 0; point < count; point++)
        {
            var lifted = true;
            for (var moment = 0; moment < moments; moment++)
            {
                var at = 2 * (moment * count + point);
                var (x, y) = (frame.X(positions[at]), frame.Y(positions[at + 1]));
                if (double.IsNaN(x + y))
                {
                    lifted = true;
                    continue;
                }
                if (lifted) ways.MoveTo(x, y);
                else ways.LineTo(x, y);
                lifted = false;
                if (moment == 0) begins.Dot(x, y);
                if (moment == moments - 1) ends.Dot(x, y);
                if (moment == moments - 1 && !frame.Contains(x, y)) outside++;
            }
        }
        Stroke(canvas, ways, 0.7, 0.45);
        Stroke(canvas, begins, 2.4, 0.35);
        Stroke(canvas, ends, 3.6);
        return outside;
    }
}
