using Locus.Engine.Kernels;

namespace Locus.Problems;

/// <summary>Which coordinates of points go round a circle, and what that makes of differences and neighbours.</summary>
internal sealed class Circles
{
    private readonly double[] periods;

    /// <summary>The circles of coordinates u = x / scale.</summary>
    /// <param name="variables">The coordinates x, [D].</param>
    /// <param name="scale">[D], above 0; null for 1.</param>
    public Circles(IReadOnlyList<Variable> variables, double[]? scale = null)
    {
        periods = [.. variables.Select((x, d) => x.Periodic ? (x.Upper - x.Lower) / (scale?[d] ?? 1) : 0)];
        Any = variables.Any(x => x.Periodic);
    }

    /// <summary>Whether there is one.</summary>
    public bool Any { get; }

    /// <summary>The difference of two values of coordinate <paramref name="d"/>, the shorter way round where it is a circle.</summary>
    public double Shortest(int d, double difference) =>
        periods[d] > 0 ? difference - periods[d] * Math.Floor(difference / periods[d] + 0.5) : difference;

    /// <summary>The middle of the shortest arc of coordinate <paramref name="d"/> that holds all points, opposite to the longest one without any; null where it is no circle.</summary>
    /// <param name="d">The coordinate.</param>
    /// <param name="points">[N, D] on one turn, N at least 1.</param>
    public double? Middle(int d, Points points)
    {
        if (periods[d] == 0) return null;
        double[] values = [.. Enumerable.Range(0, points.Count).Select(i => points[i][d]).Order()];
        var (longest, end) = (values[0] + periods[d] - values[^1], values[0]);
        for (var i = 1; i < values.Length; i++)
            if (values[i] - values[i - 1] > longest) (longest, end) = (values[i] - values[i - 1], values[i]);
        return end + (periods[d] - longest) / 2;
    }

    /// <summary>
    /// The points with each circle as one, in two coordinates: u becomes r (cos(u / r), sin(u / r)), r the period over 2 pi. Near points keep their distance, and points on both sides
    /// of a box's ends become neighbours; opposite ones come nearer, from half of the circle to its diameter. Without a circle the points themselves.
    /// </summary>
    /// <param name="points">[N, D].</param>
    /// <returns>[N, D + circles].</returns>
    public Points Embedded(Points points)
    {
        if (!Any) return points;
        var embedded = new Points(points.Count, points.Dimension + periods.Count(period => period > 0));
        for (var i = 0; i < points.Count; i++) Embed(points[i], embedded.Row(i));
        return embedded;
    }

    /// <summary>The same of one point.</summary>
    /// <param name="point">[D].</param>
    /// <param name="embedded">Receives [D + circles].</param>
    public void Embed(ReadOnlySpan<double> point, Span<double> embedded)
    {
        var next = 0;
        for (var d = 0; d < point.Length; d++)
        {
            if (periods[d] == 0)
            {
                embedded[next++] = point[d];
                continue;
            }
            var radius = periods[d] / (2 * Math.PI);
            var (sin, cos) = ElementaryDouble.SinCos(point[d] / radius);
            (embedded[next], embedded[next + 1]) = (radius * cos, radius * sin);
            next += 2;
        }
    }
}
