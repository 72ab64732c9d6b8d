using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Walks;
using static Locus.Tests.Walks.Chains;

namespace Locus.Tests.Walks;

/// <summary>Chains that all begin at one point, in a corner, come to the uniform law.</summary>
public sealed class WalkTests
{
    private const int Count = 8192;

    [Fact]
    public void On_a_circle_the_angle_becomes_uniform() =>
        AssertUniform(Run(WalkedSets.Circle, Repeated(Count, 1, 0), 100, 100), x => Turn(x[1], x[0]));

    [Fact]
    public void On_a_torus_the_outer_side_gets_more_than_the_inner_one()
    {
        var ends = Run(WalkedSets.Torus, Repeated(Count, 0.6, 0, 0), 200, 100);
        AssertUniform(ends, x => Turn(x[1], x[0]));
        AssertUniform(ends, x =>
        {
            var phi = Math.Atan2(x[2], Norm(x[0], x[1]) - 1);
            return (phi + Math.PI + 0.4 * Math.Sin(phi)) / (2 * Math.PI);
        });
    }

    [Fact]
    public void Lengths_are_those_of_the_users_units()
    {
        var ends = Run(WalkedSets.Ellipse, Repeated(Count, 0, 3), 200, 100);
        var arc = Arc(3);
        AssertUniform(ends, x => (arc(Math.Atan2(x[1] / 3, x[0])) + arc(Math.PI)) / (2 * arc(Math.PI)));
    }

    [Fact]
    public void Where_parameters_move_each_slice_gets_its_own_length_or_area()
    {
        // The circle of radius c^2 has the length 2 pi c^2, the disk of radius c the area pi c^2: c^3 is uniform.
        var circles = Run(WalkedSets.Circles, Repeated(Count, 0.25, 0, 0.5), 300, 100);
        AssertUniform(circles, x => (Math.Pow(x[2], 3) - 0.125) / 3.25);
        AssertUniform(circles, x => Turn(x[1], x[0]));
        var disks = Run(WalkedSets.Disks, Repeated(Count, 0, 0, 0.5), 50, 50);
        AssertUniform(disks, x => (Math.Pow(x[2], 3) - 0.125) / 3.25);
        AssertUniform(disks, x => Math.Pow(Norm(x[0], x[1]) / x[2], 2));
    }

    [Fact]
    public void Equalities_that_are_said_twice_count_once()
    {
        var ends = Run(WalkedSets.Frames, Repeated(Count, 1, 0, 0, 0, 1, 0), 200, 100);
        for (var d = 0; d < 6; d++) AssertUniform(ends, x => (x[d] + 1) / 2);
        // The heights of the second vector and of the third, their product, turn round the first one's.
        AssertUniform(ends, x => Turn(x[5], x[0] * x[4] - x[1] * x[3]));
    }

    [Fact]
    public void A_ball_is_filled_in_any_dimension()
    {
        foreach (var dimension in new[] { 1, 3, 10 })
        {
            var ends = Run(WalkedSets.Ball(dimension), Repeated(Count, [1, .. new double[dimension - 1]]), 50, 50);
            AssertUniform(ends, x => Math.Pow(Norm(x), dimension));
            if (dimension == 3) AssertUniform(ends, x => (x[0] / Norm(x) + 1) / 2);
        }
    }

    [Fact]
    public void Each_piece_of_a_mixed_set_is_walked_in_its_own_dimension()
    {
        var starts = Made(3 * Count, 3, (draw, x) =>
        {
            var piece = (int)(3 * draw(0));
            double[][] corners = [[-1, 0, 0.5], [0.5, -0.5, 0.5], [1, 1.5, 0]];
            corners[piece].CopyTo(x);
        });
        var set = Set(WalkedSets.Mixed);
        using var team = new Team(2);
        var walk = new Walk(set, Standard(set, starts), null, Key.Seed(1), team.Threads, octaves: 2);
        walk.Run(team, 150, adapts: true);
        walk.Run(team, 150, adapts: false);
        var ends = User(set, walk.Points);
        int Piece(double[] x) => x[1] > 1 ? 2 : x[0] > 0 ? 1 : 0;
        for (var i = 0; i < ends.Count; i++) Assert.Equal(Piece(starts[i].ToArray()), walk.Ranks[i]);
        AssertUniform(ends, x => Piece(x) == 0 ? Math.Pow(2 * Norm(x[0] + 1, x[1], x[2]), 3) : double.NaN);
        AssertUniform(ends, x => Piece(x) == 1 ? x[0] - 0.5 : double.NaN);
        AssertUniform(ends, x => Piece(x) == 1 ? x[1] + 0.5 : double.NaN);
        AssertUniform(ends, x => Piece(x) == 2 ? Math.Atan2(x[2], x[0]) / Math.PI : double.NaN);
    }

    [Fact]
    public void Far_from_the_origin_rounding_is_no_end_of_a_set()
    {
        var ends = Run(WalkedSets.FarCircle, Repeated(Count, 1e7 + 1, 0), 100, 100);
        AssertUniform(ends, x => Turn(x[1], x[0] - 1e7));
    }

    [Fact]
    public void Units_do_not_matter_once_a_few_points_are_known()
    {
        // Points of the surface, as a search finds them.
        var known = Made(64, 3, (draw, x) =>
        {
            var (angle, height) = (2 * Math.PI * draw(0), 2 * draw(1) - 1);
            var across = Math.Sqrt(1 - height * height);
            (x[0], x[1], x[2]) = (1e-6 * across * Math.Cos(angle), across * Math.Sin(angle), 1e6 * height);
        });
        var set = Set(WalkedSets.Units).Rescaled(known);
        using var team = new Team(2);
        var walk = new Walk(set, Standard(set, Repeated(Count, 0, 0, 0.99e6)), null, Key.Seed(1), team.Threads, octaves: 2);
        walk.Run(team, 100, adapts: true);
        var ends = User(set, walk.Points);
        AssertUniform(ends, x => Math.Pow(Norm(1e6 * x[0], x[1], 1e-6 * x[2]), 3));
        AssertUniform(ends, x => (1e-6 * x[2] / Norm(1e6 * x[0], x[1], 1e-6 * x[2]) + 1) / 2);
    }

    /// <summary>The length of an ellipse of half axes 1 and b from the angle 0 on, by a fine polygon.</summary>
    private static Func<double, double> Arc(double b)
    {
        const int corners = 100_000;
        var lengths = new double[corners + 1];
        for (var i = 0; i < corners; i++)
        {
            double from = Math.PI * i / corners, to = Math.PI * (i + 1) / corners;
            lengths[i + 1] = lengths[i] + Norm(Math.Cos(to) - Math.Cos(from), b * (Math.Sin(to) - Math.Sin(from)));
        }
        return angle => Math.Sign(angle) * lengths[(int)Math.Round(Math.Abs(angle) / Math.PI * corners)];
    }
}
