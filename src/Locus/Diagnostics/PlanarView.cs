using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>
/// Two directions of the space of the points, for pictures: u_k = a_k . (x - m). Points of the plane show as they are; of more coordinates
/// the view takes the two leading principal axes of given points, or the first two coordinates where there are none to go by.
/// </summary>
public sealed class PlanarView
{
    private readonly double[] center;
    private readonly double[][] axes;

    private PlanarView(string name, string[] labels, double[] center, double[][] axes)
    {
        Name = name;
        Labels = labels;
        this.center = center;
        this.axes = axes;
    }

    /// <summary>What the view shows, as the caption of a picture says it.</summary>
    public string Name { get; }

    /// <summary>Names of the two directions.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Coordinates of the points that the view takes, D.</summary>
    public int Dimension => center.Length;

    /// <summary>The first two coordinates; of a line, the coordinate and zero.</summary>
    /// <param name="names">Names of the coordinates, [D], D at least 1.</param>
    public static PlanarView First(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfZero(names.Count, nameof(names));
        var axes = new[] { new double[names.Count], new double[names.Count] };
        for (var k = 0; k < Math.Min(2, names.Count); k++) axes[k][k] = 1;
        var name = names.Count <= 2 ? "all coordinates" : $"the first two of {names.Count} coordinates";
        return new PlanarView(name, [names[0], names.Count > 1 ? names[1] : ""], new double[names.Count], axes);
    }

    /// <summary>
    /// The two leading principal axes of <paramref name="points"/> about their mean; the plane itself for D up to 2. The sign of an axis is such
    /// that its largest entry is positive.
    /// </summary>
    /// <param name="points">Points [N, D]: exact samples, say.</param>
    /// <param name="names">Names of the coordinates, [D].</param>
    /// <exception cref="ArgumentException">There are not D names.</exception>
    public static PlanarView Principal(Points points, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != points.Dimension)
            throw new ArgumentException($"{names.Count} names for points of {points.Dimension} coordinates; give one each", nameof(names));
        if (points.Dimension <= 2 || points.Count < 2) return First(names);
        var (mean, covariance) = Moments(points);
        var (values, vectors) = SymmetricEigen.Of(covariance);
        var part = values.Take(2).Sum() / Math.Max(values.Sum(), double.Epsilon);
        return new PlanarView(
            FormattableString.Invariant($"the two leading principal axes of the exact samples, {part:P0} of the variance in {names.Count} dimensions"),
            ["principal axis 1", "principal axis 2"],
            mean,
            [Signed(vectors[0]), Signed(vectors[1])]);
    }

    /// <summary>The place of a point in the picture.</summary>
    /// <param name="x">A point [D].</param>
    public (double U, double V) Of(ReadOnlySpan<double> x)
    {
        if (x.Length != Dimension) throw new ArgumentException($"a point of {x.Length} coordinates in a view of {Dimension}", nameof(x));
        double u = 0, v = 0;
        for (var d = 0; d < x.Length; d++)
        {
            u += axes[0][d] * (x[d] - center[d]);
            v += axes[1][d] * (x[d] - center[d]);
        }
        return (u, v);
    }

    private static (double[] Mean, double[][] Covariance) Moments(Points points)
    {
        var size = points.Dimension;
        var mean = new double[size];
        for (var i = 0; i < points.Count; i++)
            for (var d = 0; d < size; d++) mean[d] += points[i][d] / points.Count;
        var covariance = new double[size][];
        for (var d = 0; d < size; d++) covariance[d] = new double[size];
        for (var i = 0; i < points.Count; i++)
        {
            var x = points[i];
            for (var d = 0; d < size; d++)
            {
                var row = covariance[d];
                var scaled = (x[d] - mean[d]) / points.Count;
                for (var e = 0; e <= d; e++) row[e] += scaled * (x[e] - mean[e]);
            }
        }
        for (var d = 0; d < size; d++)
            for (var e = 0; e < d; e++) covariance[e][d] = covariance[d][e];
        return (mean, covariance);
    }

    private static double[] Signed(double[] axis) => axis.MaxBy(Math.Abs) < 0 ? [.. axis.Select(a => -a)] : axis;
}
