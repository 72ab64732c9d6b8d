using Locus.Engine.Random;

namespace Locus.Gallery.Tests;

/// <summary>
/// Surfaces and curves against uniform points of space that lie in a thin band around them, |h_j| &lt;= e for the equalities h [M]. By the co-area formula
/// a point of the band stands for the surface of sqrt(det J J') / (2 e)^M, J = dh/dx: the sum is the size of the set, and weighted means over the
/// band are means over the set. The equalities are written here once more, and J comes from differences.
/// </summary>
public sealed class BandTests
{
    private delegate double[] Equalities(double[] x);

    [Fact]
    public void The_sphere_is_the_middle_of_its_band() =>
        Compare("sphere", [(-1.1, 1.1), (-1.1, 1.1), (-1.1, 1.1)], 0.02, 400_000, x => [x.Sum(v => v * v) - 1], _ => true);

    [Fact]
    public void The_torus_is_the_middle_of_its_band() => Compare(
        "torus",
        [(-1.45, 1.45), (-1.45, 1.45), (-0.45, 0.45)],
        0.02,
        400_000,
        x => [Math.Pow(Math.Sqrt(x[0] * x[0] + x[1] * x[1]) - 1, 2) + x[2] * x[2] - 0.16],
        _ => true);

    [Fact]
    public void The_caps_are_the_middle_of_their_band()
    {
        double Angle(double[] x, double direction) =>
            Math.Acos((x[0] * Math.Sin(direction) + x[2] * Math.Cos(direction)) / Math.Sqrt(x.Sum(v => v * v)));

        Compare(
            "caps",
            [(-0.55, 2.6), (-1.5, 1.5), (-1, 2.6)],
            0.05,
            1_000_000,
            x => [Math.Sqrt(x.Sum(v => v * v)) - 2.5],
            x => Angle(x, 0) <= 0.2 || Angle(x, 1.35) <= 0.6);
    }

    [Fact]
    public void The_swiss_roll_is_the_middle_of_its_band() => Compare(
        "swiss-roll",
        [(-14.5, 14.5), (0, 21), (-14.5, 14.5)],
        0.1,
        1_000_000,
        x =>
        {
            var r = Math.Sqrt(x[0] * x[0] + x[2] * x[2]);
            return [Math.IEEERemainder(r - Math.Atan2(x[2], x[0]), 2 * Math.PI)];
        },
        x => Math.Sqrt(x[0] * x[0] + x[2] * x[2]) is >= 1.5 * Math.PI and <= 4.5 * Math.PI);

    [Fact]
    public void The_mixtures_are_the_middle_of_their_band() => Compare(
        "simplex-caps", [(0, 0.6), (0, 0.6), (0, 0.6), (0, 0.6)], 0.01, 1_000_000, x => [x.Sum() - 1], _ => true);

    [Fact]
    public void The_linkage_is_the_middle_of_its_band() => Compare(
        "linkage",
        [(-1.4, 1.9), (-2.6, 2.6), (-Math.PI, Math.PI)],
        0.04,
        3_000_000,
        q =>
        {
            double a = q[0], b = a + q[1], c = b + q[2];
            return [Math.Cos(a) + 0.8 * Math.Cos(b) + 0.4 * Math.Cos(c) - 1.1, Math.Sin(a) + 0.8 * Math.Sin(b) + 0.4 * Math.Sin(c) - 0.3];
        },
        _ => true);

    private static void Compare(string name, (double Lower, double Upper)[] box, double width, int count, Equalities h, Predicate<double[]> inside)
    {
        var entry = Gallery.Find(name)!;
        var (points, weights) = Band(Key.Seed(13).Fold(name), box, width, count, h, inside);
        Assert.InRange(points.Count, 1000, count / 5);

        // Four standard errors; the band's curvature enters by width^2, a twentieth of that.
        var equalities = h(points[0]).Length;
        var volume = box.Aggregate(1.0, (product, side) => product * (side.Upper - side.Lower)) / Math.Pow(2 * width, equalities);
        var size = volume * weights.Sum() / count;
        var error = volume * Math.Sqrt(weights.Sum(w => w * w)) / count;
        Assert.InRange(entry.Size!.Value, size - 4 * error, size + 4 * error);

        var exact = entry.Truth!.Sample(Key.Seed(14).Fold(name), 20_000);
        for (var i = 0; i < box.Length; i++)
        {
            for (var j = i; j <= box.Length; j++)
            {
                // x_i for j = D, x_i x_j below.
                double Moment(ReadOnlySpan<double> x) => j == x.Length ? x[i] : x[i] * x[j];
                double[] ours = [.. Enumerable.Range(0, exact.Count).Select(n => Moment(exact[n]))];
                double[] theirs = [.. points.Select(x => Moment(x))];
                double mean = ours.Average(), other = weights.Zip(theirs, (w, f) => w * f).Sum() / weights.Sum();
                var scatter = ours.Sum(f => (f - mean) * (f - mean)) / ours.Length / ours.Length
                    + weights.Zip(theirs, (w, f) => w * w * (f - other) * (f - other)).Sum() / Math.Pow(weights.Sum(), 2);
                Assert.InRange(mean - other, -4 * Math.Sqrt(scatter), 4 * Math.Sqrt(scatter));
            }
        }
    }

    private static (List<double[]> Points, List<double> Weights) Band(
        Key key, (double Lower, double Upper)[] box, double width, int count, Equalities h, Predicate<double[]> inside)
    {
        List<double[]> points = [];
        List<double> weights = [];
        for (var i = 0ul; i < (ulong)count; i++)
        {
            var x = new double[box.Length];
            for (var d = 0; d < x.Length; d++) x[d] = box[d].Lower + (box[d].Upper - box[d].Lower) * Draws.Uniform(key, i, (uint)d);
            if (!Array.TrueForAll(h(x), value => Math.Abs(value) <= width) || !inside(x)) continue;
            points.Add(x);
            weights.Add(Element(h, x));
        }
        return (points, weights);
    }

    /// <summary>sqrt(det J J'), J by central differences.</summary>
    private static double Element(Equalities h, double[] x)
    {
        const double step = 1e-6;
        double[][] slopes = [.. Enumerable.Range(0, x.Length).Select(d =>
        {
            double[] Moved(double by) => h([.. x.Select((v, k) => k == d ? v + by : v)]);
            return Moved(step).Zip(Moved(-step), (a, b) => (a - b) / (2 * step)).ToArray();
        })];
        double Product(int m, int n) => slopes.Sum(slope => slope[m] * slope[n]);
        var equalities = slopes[0].Length;
        return Math.Sqrt(Rotation.Determinant([.. Enumerable.Range(0, equalities).Select(m =>
            Enumerable.Range(0, equalities).Select(n => Product(m, n)).ToArray())]));
    }
}
