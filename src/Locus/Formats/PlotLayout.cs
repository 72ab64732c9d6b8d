namespace Locus.Formats;

/// <summary>Draws a <see cref="Plot"/> into a rectangle: title, legend, axes with their numbers, then the data, cut off at the frame.</summary>
internal sealed class PlotLayout
{
    private const double TitleHeight = 20, LegendHeight = 16, LabelHeight = 16, NumberHeight = 18, NumberWidth = 40, RightMargin = 12;

    // About the mean width of a letter at 11 pixels; the fonts differ from machine to machine.
    private const double LetterWidth = 5.9, SignWidth = 19, LegendGap = 12;

    private readonly SvgCanvas canvas;
    private readonly Plot plot;
    private readonly double left, top;
    private readonly List<(PlotMark Mark, double X, double Y)> legend = [];
    private readonly PlotFrame frame;

    private PlotLayout(SvgCanvas canvas, Plot plot, double x, double y, double width, double height)
    {
        (this.canvas, this.plot) = (canvas, plot);
        left = x + NumberWidth + (plot.Y.Label.Length > 0 ? LabelHeight : 0);
        var right = x + width - RightMargin;
        top = PlaceLegend(y + (plot.Title.Length > 0 ? TitleHeight : 0), right) + 6;
        var bottom = y + height - NumberHeight - (plot.X.Label.Length > 0 ? LabelHeight : 0);
        var extent = new PlotExtent(plot.X, plot.Y);
        foreach (var mark in plot.Marks) mark.Measure(extent);
        frame = new PlotFrame(plot.X, plot.Y, Math.Max(1, right - left), Math.Max(1, bottom - top), extent.Ends, plot.EqualScale);
        if (plot.Title.Length > 0) canvas.Text(left, y + 14, plot.Title, "start", SvgPalette.Ink, ("font-size", "12"), ("font-weight", "600"));
    }

    /// <summary>Draws the plot into the rectangle from (x, y) on, in pixels.</summary>
    public static void Draw(SvgCanvas canvas, Plot plot, double x, double y, double width, double height)
    {
        var layout = new PlotLayout(canvas, plot, x, y, width, height);
        layout.DrawLegend();
        layout.DrawGrid();
        layout.DrawData();
        layout.DrawLabels(x, y + height);
    }

    private double PlaceLegend(double y, double right)
    {
        var x = left;
        foreach (var mark in plot.Marks.Where(mark => mark.Name.Length > 0))
        {
            var width = SignWidth + mark.Name.Length * LetterWidth;
            if (x > left && x + width > right) (x, y) = (left, y + LegendHeight);
            legend.Add((mark, x, y + LegendHeight / 2));
            x += width + LegendGap;
        }
        return legend.Count > 0 ? y + LegendHeight : y;
    }

    private void DrawLegend()
    {
        foreach (var (mark, x, y) in legend)
        {
            mark.DrawSign(canvas, x, y);
            canvas.Text(x + SignWidth, y + 4, mark.Name);
        }
    }

    private void DrawGrid()
    {
        var (lines, bottom) = (new SvgPath(), top + frame.Height);
        foreach (var (place, text) in Ticks.Of(frame.Left, frame.Right, plot.X.Logarithmic, (int)Math.Max(2, frame.Width / 45)))
        {
            var share = (place - frame.Left) / (frame.Right - frame.Left);
            lines.MoveTo(share * frame.Width * PlotFrame.UnitsPerPixel, 0).LineTo(share * frame.Width * PlotFrame.UnitsPerPixel, frame.Height * PlotFrame.UnitsPerPixel);
            canvas.Text(left + share * frame.Width, bottom + 14, text, "middle", SvgPalette.Faint, ("font-size", "10"));
        }
        foreach (var (place, text) in Ticks.Of(frame.Bottom, frame.Top, plot.Y.Logarithmic, (int)Math.Max(2, frame.Height / 40)))
        {
            var share = (frame.Top - place) / (frame.Top - frame.Bottom);
            lines.MoveTo(0, share * frame.Height * PlotFrame.UnitsPerPixel).LineTo(frame.Width * PlotFrame.UnitsPerPixel, share * frame.Height * PlotFrame.UnitsPerPixel);
            canvas.Text(left - 5, top + share * frame.Height + 3.5, text, "end", SvgPalette.Faint, ("font-size", "10"));
        }
        BeginFrame();
        if (!lines.IsEmpty) canvas.Begin("path").Set("d", lines.ToString()).Set("stroke", SvgPalette.Grid).Set("stroke-width", PlotFrame.UnitsPerPixel).End();
    }

    private void DrawData()
    {
        var outside = plot.Marks.Sum(mark => mark.Draw(canvas, frame));
        canvas.End();
        canvas.Begin("path").Set("d", $"M{SvgCanvas.Number(left)} {SvgCanvas.Number(top)}v{SvgCanvas.Number(frame.Height)}h{SvgCanvas.Number(frame.Width)}");
        canvas.Set("fill", "none").Set("stroke", SvgPalette.Faint).Set("stroke-width", 0.8).End();
        if (outside > 0)
            canvas.Text(left + frame.Width - 4, top + 12, $"{outside} outside", "end", SvgPalette.Faint, ("font-size", "10"));
    }

    private void DrawLabels(double x, double bottom)
    {
        var (middleX, middleY) = (left + frame.Width / 2, top + frame.Height / 2);
        if (plot.X.Label.Length > 0) canvas.Text(middleX, bottom - 4, plot.X.Label, "middle");
        if (plot.Y.Label.Length > 0)
            canvas.Text(x + 11, middleY, plot.Y.Label, "middle", SvgPalette.Ink, ("transform", $"rotate(-90 {SvgCanvas.Number(x + 11)} {SvgCanvas.Number(middleY)})"));
    }

    // An inner svg cuts off what leaves the frame; a clip path would need an id.
    private void BeginFrame() =>
        canvas.Begin("svg").Set("x", left).Set("y", top).Set("width", frame.Width).Set("height", frame.Height)
            .Set("viewBox", $"0 0 {SvgCanvas.Number(frame.Width * PlotFrame.UnitsPerPixel)} {SvgCanvas.Number(frame.Height * PlotFrame.UnitsPerPixel)}");
}
