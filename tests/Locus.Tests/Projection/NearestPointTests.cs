using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Projection;

/// <summary>Sets whose nearest point is known in closed form.</summary>
public class NearestPointTests
{
    // The gradient of |x| points along the radius: each step of Newton's method stays on it, so that only rounding is left.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20)]
    public void A_sphere_is_met_along_the_radius(int dimension)
    {
        var problem = Problem.Define("sphere", dimension, x => [Square(Norm(x)) == 4], -3, 3);
        var starts = new Points(200, dimension);
        for (var i = 0; i < starts.Count; i++)
        {
            var length = 0.0;
            for (var d = 0; d < dimension; d++) length += Math.Pow(starts.Row(i)[d] = Draws.Normal(Key.Seed(1), (ulong)i, (uint)d), 2);
            for (var d = 0; d < dimension; d++) starts.Row(i)[d] *= (1.5 + 0.005 * i) / Math.Sqrt(length);
        }

        var projected = Projecting.Project(problem, starts);
        for (var i = 0; i < starts.Count; i++)
        {
            for (var d = 0; d < dimension; d++) Assert.Equal(starts[i][d] * 2 / (1.5 + 0.005 * i), projected.Points[i][d], 1e-13);
            Assert.Equal(Math.Abs(2 - (1.5 + 0.005 * i)), projected.Moves[i], 1e-13);
        }

        Assert.InRange(projected.Steps.Max(), 1, 6);
    }

    [Fact]
    public void A_line_and_a_plane_are_met_at_the_foot_of_the_perpendicular_in_one_step()
    {
        var plane = Problem.Define("plane", 3, x => [x[0] + 2 * x[1] - 2 * x[2] == 3], -5, 5);
        var line = Problem.Define("line", 3, x => [x[0] + 2 * x[1] - 2 * x[2] == 3, x[2] == 1], -5, 5);
        var projected = Projecting.Project(plane, [1, 1, 1]);
        // The plane lies 2/3 away along (1, 2, -2) / 3.
        AssertPoint([1 + 2 / 9.0, 1 + 4 / 9.0, 1 - 4 / 9.0], projected.Points[0]);
        Assert.Equal(1, projected.Steps[0]);
        Assert.Equal(2 / 3.0, projected.Moves[0], 1e-14);
        var onLine = Projecting.Project(line, [1, 1, 0.5]);
        // x_0 + 2 x_1 = 5 in the plane x_2 = 1.
        AssertPoint([1 + 2 / 5.0, 1 + 4 / 5.0, 1], onLine.Points[0]);
        Assert.Equal(1, onLine.Steps[0]);
    }

    [Fact]
    public void The_distance_is_measured_in_box_widths_so_that_units_do_not_matter()
    {
        Problem Of(double unit) => Problem.Define("line", [new("a", -2, 2), new("b", -2 * unit, 2 * unit)], x => [x[0] + x[1] / unit == 1]);
        var small = Projecting.Project(Of(1e-6), [0, 0]);
        var large = Projecting.Project(Of(1e6), [0, 0]);
        AssertPoint([0.5, 0.5e-6], small.Points[0]);
        AssertPoint([0.5, 0.5e6], large.Points[0]);
    }

    // The parabola bends with curvature 2: the end of Newton's steps differs from the nearest point by second order of the move.
    [Fact]
    public void A_curve_is_met_next_to_the_nearest_point()
    {
        var problem = Problem.Define("parabola", 2, x => [x[1] == Square(x[0])], -2, 2);
        for (var t = -1.0; t <= 1; t += 0.25)
        {
            foreach (var move in new[] { 1e-2, 1e-4, -1e-3 })
            {
                // The normal at (t, t^2) is (-2 t, 1) / sqrt(1 + 4 t^2).
                var length = Math.Sqrt(1 + 4 * t * t);
                var projected = Projecting.Project(problem, [t - 2 * t * move / length, t * t + move / length]);
                AssertPoint([t, t * t], projected.Points[0], 10 * move * move);
            }
        }
    }

    [Fact]
    public void A_polytope_is_met_at_its_nearest_point_where_constraints_are_linear()
    {
        // 3 coordinates and up to 12 faces: more rows than coordinates, and fewer.
        for (var trial = 0; trial < 60; trial++)
        {
            var faces = 1 + trial % 12;
            var normals = Enumerable.Range(0, faces).Select(i => Enumerable.Range(0, 3).Select(d => Draws.Normal(Key.Seed(trial), (ulong)i, (uint)d)).ToArray()).ToArray();
            var problem = Problem.Define("polytope", 3, x => [.. normals.Select(n => n[0] * x[0] + n[1] * x[1] + n[2] * x[2] <= 0.5)], -20, 20);
            double[] start = [.. Enumerable.Range(0, 3).Select(d => Draws.Normal(Key.Seed(trial), 100, (uint)d))];
            var projected = Projecting.Project(problem, start);
            var nearest = Nearest(normals, start);
            Projecting.AssertOnSet(problem, projected);
            // With more rows than coordinates the damping of 1e-10 that stands in for missing directions leaves 6 digits of them.
            AssertPoint(nearest, projected.Points[0], faces <= 3 ? 1e-12 : 1e-5);
        }
    }

    // The projection onto { n_i x <= 1/2 } by its conditions of optimality: among the feasible feet on up to three faces, the nearest.
    private static double[] Nearest(double[][] normals, double[] start)
    {
        var (best, distance) = (start, double.PositiveInfinity);
        for (var set = 0; set < 1 << normals.Length; set++)
        {
            var chosen = normals.Where((_, i) => (set >> i & 1) != 0).ToArray();
            if (chosen.Length > 3) continue;
            var foot = Foot(chosen, start);
            var move = Distance(foot, start);
            if (normals.All(n => Dot(n, foot) <= 0.5 + 1e-12) && move < distance) (best, distance) = (foot, move);
        }

        return best;
    }

    // By Gram-Schmidt on the normals.
    private static double[] Foot(double[][] normals, double[] start)
    {
        var foot = (double[])start.Clone();
        var basis = new List<(double[] Row, double Value)>();
        foreach (var normal in normals)
        {
            var (row, value) = ((double[])normal.Clone(), 0.5);
            foreach (var (other, otherValue) in basis)
            {
                var along = Dot(row, other);
                for (var d = 0; d < 3; d++) row[d] -= along * other[d];
                value -= along * otherValue;
            }

            var length = Math.Sqrt(Dot(row, row));
            for (var d = 0; d < 3; d++) row[d] /= length;
            basis.Add((row, value / length));
        }

        foreach (var (row, value) in basis)
        {
            var missing = value - Dot(row, foot);
            for (var d = 0; d < 3; d++) foot[d] += missing * row[d];
        }

        return foot;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    // By default a few ulp relative to the largest coordinate.
    private static void AssertPoint(double[] expected, ReadOnlySpan<double> actual, double tolerance = 0)
    {
        for (var d = 0; d < expected.Length; d++) Assert.Equal(expected[d], actual[d], Math.Max(tolerance, 1e-14 * Math.Abs(expected[d])));
    }
}
