using Locus.Formats;
using Locus.Problems;
using Axis = Locus.Formats.Axis;

namespace Locus.Diagnostics;

/// <summary>The pictures of a report page, as SVG text.</summary>
internal sealed class ReportPictures
{
    private const int GridSide = 220;

    // More dots hide each other and make the page heavy.
    private const int MostSamples = 4000, MostFlowPoints = 200;

    // Of a picture and of its plots, in pixels.
    private const int Side = 460;

    private readonly ReportPageContent content;

    public ReportPictures(ReportPageContent content)
    {
        this.content = content;
        var names = content.Problem.Variables.Select(v => v.Unit is null ? v.Name : $"{v.Name} ({v.Unit})").ToArray();
        View = content.Exact is { Count: > 1 } exact ? PlanarView.Principal(exact, names) : PlanarView.First(names);
        Differ = content.Projected is { } projected && SeenToMove(projected);
    }

    /// <summary>The two directions that the pictures show.</summary>
    public PlanarView View { get; }

    /// <summary>Whether the set itself is drawn: it lies in the plane, has an interior, and is the same for all samples.</summary>
    public bool ShowsRegion =>
        content.Problem is { Dimension: 2, Measure: not Measure.Surface } && (content.Problem.ConditionCount == 0 || content.Conditions is { Count: 1 });

    /// <summary>Whether the picture of the projected samples is another than that of the raw ones: some sample moves by a pixel.</summary>
    public bool Differ { get; }

    /// <summary>Samples over the set.</summary>
    public string Samples(Points samples)
    {
        var plot = Empty();
        DrawSet(plot);
        plot.Scatter(Seen(samples, MostSamples), name: "samples", color: SvgPalette.Blue);
        return Square(plot);
    }

    /// <summary>The ways of a few points from noise to the set; null where none were given.</summary>
    public string? Flow()
    {
        if (content.Flow.Count < 2 || content.Flow[0].Count == 0) return null;
        var count = Math.Min(MostFlowPoints, content.Flow.Min(moment => moment.Count));
        List<double> positions = [];
        foreach (var moment in content.Flow) positions.AddRange(Seen(moment, count));
        var plot = Empty();
        DrawSet(plot);
        plot.Flow(positions.ToArray(), count, "from noise to sample", SvgPalette.Blue);
        return Square(plot);
    }

    /// <summary>The curves of the training; null where none were given.</summary>
    public string? Curves()
    {
        if (content.Curves.Count == 0) return null;
        return new Figure(content.Curves.Select(Draw)) { Columns = 2, PlotWidth = Side, PlotHeight = 230 }.Draw();

        static Plot Draw(TrainingCurve curve)
        {
            var plot = new Plot { Title = curve.Name, X = new Axis(curve.StepName), Y = new Axis(Logarithmic: curve.Logarithmic) };
            plot.Line(curve.Steps.ToArray(), curve.Values.ToArray(), "", SvgPalette.Blue);
            return curve.Reference is { } level ? plot.Reference(level, $"reference {ReportTable.Figure(level)}") : plot;
        }
    }

    private Plot Empty() => new() { X = new Axis(View.Labels[0]), Y = new Axis(View.Labels[1]), EqualScale = true };

    private static string Square(Plot plot) => new Figure(plot) { PlotWidth = Side, PlotHeight = Side }.Draw();

    /// <summary>
    /// What lies underneath: of a plane set with an interior the region itself; else exact samples, in the same colour; else nothing.
    /// </summary>
    private void DrawSet(Plot plot)
    {
        if (ShowsRegion) plot.Region(SlackGrid(), 0, "set");
        else if (content.Exact is { Count: > 0 } exact)
            plot.Scatter(Seen(exact, MostSamples), name: "exact samples", color: SvgPalette.Region, diameter: 3);
    }

    /// <summary>The slack on a grid that covers the samples.</summary>
    private PlotGrid SlackGrid()
    {
        var (left, right) = Span(0);
        var (bottom, top) = Span(1);
        Points nodes = new(GridSide * GridSide, 2);
        for (var i = 0; i < nodes.Count; i++)
        {
            nodes.Row(i)[0] = left + (right - left) * (i % GridSide) / (GridSide - 1);
            nodes.Row(i)[1] = bottom + (top - bottom) * (i / GridSide) / (GridSide - 1);
        }
        var slacks = Slacks.Of(content.Problem.Slack, nodes, content.Conditions, threads: 1);
        return new PlotGrid([.. slacks.Select(s => (float)s)], GridSide, GridSide, left, right, bottom, top);
    }

    /// <summary>The range of a coordinate over what is drawn, a little widened; far outliers, one sample in a hundred on each side, do not stretch it.</summary>
    private (double Low, double High) Span(int coordinate)
    {
        List<double> values = [];
        foreach (var points in new[] { content.Samples, content.Exact })
        {
            for (var i = 0; i < (points?.Count ?? 0); i++)
                if (double.IsFinite(points![i][coordinate])) values.Add(points[i][coordinate]);
        }
        if (values.Count == 0) return (-2, 2);
        values.Sort();
        double low = values[values.Count / 100], high = values[^(values.Count / 100 + 1)];
        var room = Math.Max(0.1 * (high - low), 1e-3);
        return (low - room, high + room);
    }

    private bool SeenToMove(Points projected)
    {
        double[] before = Seen(content.Samples, MostSamples), after = Seen(projected, MostSamples);
        var numbers = before.Where(double.IsFinite).Order().ToList();
        if (numbers.Count == 0) return false;
        // Without the outliers on both sides, as wide as the plot at most.
        var pixel = (numbers[^(numbers.Count / 100 + 1)] - numbers[numbers.Count / 100]) / Side;
        return before.Zip(after, (b, a) => Math.Abs(a - b)).Any(move => move > pixel);
    }

    /// <summary>The first <paramref name="most"/> points as the view shows them, [N, 2].</summary>
    private double[] Seen(Points points, int most)
    {
        var seen = new double[2 * Math.Min(most, points.Count)];
        for (var i = 0; i < seen.Length / 2; i++)
            (seen[2 * i], seen[2 * i + 1]) = View.Of(points[i]);
        return seen;
    }
}
