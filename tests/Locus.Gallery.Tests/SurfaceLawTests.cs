using static Locus.Gallery.Tests.Kolmogorov;

namespace Locus.Gallery.Tests;

/// <summary>Surfaces and curves are drawn uniformly by their own measure: laws that a wrong area or length element would miss.</summary>
public sealed class SurfaceLawTests
{
    [Fact]
    public void A_slice_of_the_sphere_has_the_area_of_its_height()
    {
        for (var d = 0; d < 3; d++) Holds("sphere", x => (x[d] + 1) / 2);
        Holds("sphere", x => Turn(x[1], x[0]));
    }

    [Fact]
    public void The_outer_side_of_the_torus_holds_more_than_its_inner_side()
    {
        // The density of the tube angle is (1 + 0.4 cos phi) / 2 pi.
        Holds("torus", x =>
        {
            var phi = Math.Atan2(x[2], Math.Sqrt(x[0] * x[0] + x[1] * x[1]) - 1);
            return (phi + Math.PI + 0.4 * Math.Sin(phi)) / (2 * Math.PI);
        });
        Holds("torus", x => Turn(x[1], x[0]));
    }

    [Fact]
    public void The_caps_are_uniform_by_height_and_angle()
    {
        (double Height, double Turn) InCap(double[] x, double direction, double rim)
        {
            double along = x[0] * Math.Sin(direction) + x[2] * Math.Cos(direction), across = x[0] * Math.Cos(direction) - x[2] * Math.Sin(direction);
            var height = (1 - along / 2.5) / (1 - Math.Cos(rim));
            return height <= 1 + 1e-9 ? (height, Turn(x[1], across)) : (double.NaN, double.NaN);
        }
        foreach (var (direction, rim) in new[] { (0, 0.2), (1.35, 0.6) })
        {
            Holds("caps", x => InCap(x, direction, rim).Height);
            Holds("caps", x => InCap(x, direction, rim).Turn);
        }
    }

    [Fact]
    public void The_swiss_roll_is_uniform_by_arc_length_and_height()
    {
        double Arc(double phi) => (phi * Math.Sqrt(phi * phi + 1) + Math.Asinh(phi)) / 2;

        Holds("swiss-roll", x => (Arc(Math.Sqrt(x[0] * x[0] + x[2] * x[2])) - Arc(1.5 * Math.PI)) / (Arc(4.5 * Math.PI) - Arc(1.5 * Math.PI)));
        Holds("swiss-roll", x => x[1] / 21);
    }

    [Fact]
    public void Rotations_follow_the_measure_of_Haar()
    {
        // The angle has the density (1 - cos) / pi, which a uniform angle about a uniform axis has not; each column and row is a uniform direction.
        Holds("rotations", r =>
        {
            var angle = Math.Acos(Math.Clamp((r[0] + r[4] + r[8] - 1) / 2, -1, 1));
            return (angle - Math.Sin(angle)) / Math.PI;
        });
        foreach (var entry in new[] { 0, 1, 5, 6, 8 }) Holds("rotations", r => (r[entry] + 1) / 2);
    }

    [Fact]
    public void Mixtures_are_uniform_in_each_part()
    {
        // Volume of the mixtures with x_1 above s: the corner (1 - s)^3 without what is above 0.6 in x_1, or in one of the other three.
        double Above(double s) => Math.Pow(1 - s, 3) - Math.Pow(0.4, 3) - 3 * Math.Pow(Math.Max(0, 0.4 - s), 3);

        for (var d = 0; d < 4; d++) Holds("simplex-caps", x => Above(x[d]) / Above(0));
    }

    [Fact]
    public void The_linkage_is_uniform_by_the_length_of_a_fine_polygon()
    {
        const int corners = 20_000;
        foreach (var elbow in new[] { -1, 1 })
        {
            var lengths = new double[corners + 1];
            var last = Posture(-Math.PI, elbow);
            for (var i = 1; i <= corners; i++)
            {
                var next = Posture(2 * Math.PI * i / corners - Math.PI, elbow);
                lengths[i] = lengths[i - 1] + Math.Sqrt(next.Zip(last, (a, b) => (a - b) * (a - b)).Sum());
                last = next;
            }

            // Two curves of one length: a polygon of n corners is short by a part of 1 / n^2.
            Assert.Equal(Gallery.Find("linkage")!.Size!.Value / 2, lengths[^1], 6);
            Holds("linkage", q =>
            {
                if (Math.Sign(q[1]) != elbow) return double.NaN;
                var place = (Math.IEEERemainder(q.Sum(), 2 * Math.PI) + Math.PI) / (2 * Math.PI) * corners;
                var i = (int)Math.Clamp(place, 0, corners - 1);
                return (lengths[i] + (place - i) * (lengths[i + 1] - lengths[i])) / lengths[^1];
            });
        }
    }

    [Fact]
    public void Each_part_of_the_mixed_set_is_uniform()
    {
        Holds("mixed", x => Part(x) == 0 ? Math.Pow(Distance(x, [-1, -0.5, 0]) / 0.5, 3) : double.NaN);
        Holds("mixed", x => Part(x) == 0 ? (x[2] / Distance(x, [-1, -0.5, 0]) + 1) / 2 : double.NaN);
        Holds("mixed", x => Part(x) == 1 ? Math.Pow(Distance(x, [1, -0.5, 0]) / 0.7, 2) : double.NaN);
        Holds("mixed", x => Part(x) == 1 ? Turn(0.8 * (x[1] + 0.5) - 0.6 * x[2], x[0] - 1) : double.NaN);
        Holds("mixed", x => Part(x) == 2 ? Math.Atan2(x[2], x[0]) / Math.PI : double.NaN);

        static int Part(double[] x) => x[1] > 0.5 ? 2 : x[0] < 0 ? 0 : 1;
        static double Distance(double[] x, double[] y) => Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum());
    }

    /// <summary>The angles of the arm by the law of cosines; q[2] is not folded back, so that the curve is in one piece.</summary>
    private static double[] Posture(double psi, int elbow)
    {
        double x = 1.1 - 0.4 * Math.Cos(psi), y = 0.3 - 0.4 * Math.Sin(psi), reach = Math.Sqrt(x * x + y * y);
        var bend = Math.PI - Math.Acos((1 + 0.64 - reach * reach) / 1.6);
        var shoulder = Math.Atan2(y, x) - elbow * Math.Acos((1 + reach * reach - 0.64) / (2 * reach));
        return [shoulder, elbow * bend, psi - shoulder - elbow * bend];
    }
}
