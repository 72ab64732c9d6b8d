namespace Locus.Formats;

/// <summary>The region where the values of a grid are at most a level, filled.</summary>
internal sealed class RegionMark(string name, string color, PlotGrid grid, double level) : PlotMark(name, color)
{
    /// <inheritdoc/>
    public override void Measure(PlotExtent extent)
    {
        extent.Add(grid.Left, grid.Bottom);
        extent.Add(grid.Right, grid.Top);
    }

    /// <inheritdoc/>
    public override int Draw(SvgCanvas canvas, PlotFrame frame)
    {
        var path = new SvgPath();
        foreach (var loop in Contour.Loops(grid.Values, grid.Rows, grid.Columns, level))
        {
            var corners = Corners(loop.Select(point => Units(frame, point)));
            if (corners.Count < 3) continue;
            path.MoveTo(corners[0].X, corners[0].Y);
            foreach (var (x, y) in corners.Skip(1)) path.LineTo(x, y);
            path.Close();
        }
        if (!path.IsEmpty) canvas.Begin("path").Set("d", path.ToString()).Set("fill", Color).Set("fill-rule", "evenodd").End();
        return 0;
    }

    /// <inheritdoc/>
    public override void DrawSign(SvgCanvas canvas, double x, double y) =>
        canvas.Begin("rect").Set("x", x).Set("y", y - 5).Set("width", 14).Set("height", 10).Set("fill", Color).End();

    private (int X, int Y) Units(PlotFrame frame, (double X, double Y) point)
    {
        var x = grid.Left + (grid.Right - grid.Left) * point.X / (grid.Columns - 1);
        var y = grid.Bottom + (grid.Top - grid.Bottom) * point.Y / (grid.Rows - 1);
        return ((int)Math.Round(frame.X(x)), (int)Math.Round(frame.Y(y)));
    }

    // Points on a straight line between their neighbours add nothing but length.
    private static List<(int X, int Y)> Corners(IEnumerable<(int X, int Y)> loop)
    {
        var corners = new List<(int X, int Y)>();
        foreach (var point in loop)
        {
            if (corners.Count > 0 && corners[^1] == point) continue;
            if (corners.Count > 1 && IsStraight(corners[^2], corners[^1], point)) corners.RemoveAt(corners.Count - 1);
            corners.Add(point);
        }
        return corners;
    }

    private static bool IsStraight((int X, int Y) a, (int X, int Y) b, (int X, int Y) c)
    {
        var (ux, uy, vx, vy) = ((long)b.X - a.X, (long)b.Y - a.Y, (long)c.X - b.X, (long)c.Y - b.Y);
        return ux * vy == uy * vx && ux * vx + uy * vy > 0;
    }
}
