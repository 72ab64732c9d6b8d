using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;
using static Locus.Tests.Walks.Chains;

namespace Locus.Tests.Walks;

/// <summary>
/// Detailed balance: from uniform points a single step leads as often from one part of a set to another as back, and leaves them uniform. Steps are long, so that landings fail, ends are
/// forbidden and ways back lead elsewhere.
/// </summary>
public sealed class BalanceTests
{
    private const int Count = 1 << 17;

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(3)]
    public void On_a_torus(double size)
    {
        // The tube angle by rejection: its density is (1 + 0.4 cos phi) / 2 pi.
        var starts = Made(Count, 3, (draw, x) =>
        {
            var (turn, phi) = (2 * Math.PI * draw(0), 0.0);
            for (var i = 1u; i < 1000; i += 2)
            {
                phi = 2 * Math.PI * draw(i);
                if (1.4 * draw(i + 1) < 1 + 0.4 * Math.Cos(phi)) break;
            }
            var radius = 1 + 0.4 * Math.Cos(phi);
            (x[0], x[1], x[2]) = (radius * Math.Cos(turn), radius * Math.Sin(turn), 0.4 * Math.Sin(phi));
        });
        AssertBalanced(WalkedSets.Torus, starts, size, x => (Norm(x[0], x[1]) > 1 ? 1 : 0) + (x[2] > 0.2 ? 2 : 0) + (x[0] > 0 ? 4 : 0), 0.02);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(2)]
    public void On_a_sphere_with_a_cap_and_a_side_cut_off(double size)
    {
        var starts = Made(Count, 3, (draw, x) =>
        {
            for (var i = 0u; i < 1000; i += 2)
            {
                var (height, angle) = (1.5 * draw(i) - 1, 2 * Math.PI * draw(i + 1));
                var across = Math.Sqrt(1 - height * height);
                (x[0], x[1], x[2]) = (across * Math.Cos(angle), across * Math.Sin(angle), height);
                if (x[0] <= 0.8) return;
            }
        });
        AssertBalanced(WalkedSets.CutSphere, starts, size, x => (x[2] > 0.4 ? 1 : 0) + (x[0] > 0.6 ? 2 : 0) + (x[1] > 0 ? 4 : 0), 0.02);
    }

    [Fact]
    public void Where_lengths_in_u_are_not_those_in_x()
    {
        // Uniform by arc length: angles with the density |(sin t, 3 cos t)|, at most 3.
        var starts = Made(Count, 2, (draw, x) =>
        {
            for (var i = 0u; i < 1000; i += 2)
            {
                var t = 2 * Math.PI * draw(i);
                (x[0], x[1]) = (Math.Cos(t), 3 * Math.Sin(t));
                if (3 * draw(i + 1) < Norm(Math.Sin(t), 3 * Math.Cos(t))) return;
            }
        });
        AssertBalanced(WalkedSets.Ellipse, starts, 0.5, x => (Math.Abs(x[1]) > 2.5 ? 1 : 0) + (x[0] > 0.5 ? 2 : 0) + (x[1] > 0 ? 4 : 0), 0.1);
    }

    [Fact]
    public void On_shapes_with_holes_and_gaps()
    {
        var starts = Made(Count, 2, (draw, x) =>
        {
            for (var i = 0u; i < 1000; i += 2)
            {
                (x[0], x[1]) = (3.05 * draw(i) - 1.45, 3.05 * draw(i + 1) - 1.45);
                if (Part(x[0], x[1]) >= 0) return;
            }
        });
        AssertBalanced(WalkedSets.Shapes, starts, 0.5, x => 2 * Part(x[0], x[1]) + (x[1] > 0.2 ? 1 : 0), 0.05);

        static int Part(double x, double y) =>
            Norm(x - 0.3, y) <= 0.4 ? 0 : Norm(x + 1.2, y) <= 0.2 ? 1 : x >= -0.5 && Norm(x, y) is >= 1 and <= 1.5 ? 2 : -1;
    }

    /// <summary>Counts the ways between the cells of a set in one step.</summary>
    private static void AssertBalanced(Problem problem, Points starts, double size, Func<double[], int> cell, double leastMoved)
    {
        const int cells = 8;
        var set = Set(problem);
        using var team = new Team(2);
        var walk = new Walk(set, Standard(set, starts), null, Key.Seed(2), team.Threads, octaves: 0);
        Array.Fill(walk.Sizes, size);
        walk.Run(team, 1, adapts: false);
        var ends = User(set, walk.Points);
        var ways = new int[cells, cells];
        for (var i = 0; i < Count; i++) ways[cell(starts[i].ToArray()), cell(ends[i].ToArray())]++;
        var (sum, freedom, moved) = (0.0, 0, 0);
        for (var i = 0; i < cells; i++)
        {
            for (var j = 0; j < i; j++)
            {
                double there = ways[i, j], back = ways[j, i];
                moved += ways[i, j] + ways[j, i];
                if (there + back < 20) continue;
                sum += (there - back) * (there - back) / (there + back);
                freedom++;
            }
        }
        Assert.InRange((double)moved / Count, leastMoved, 1);
        // chi-square with so many degrees of freedom, four of its deviations above its mean: 1 in 2,000 for one, less for more.
        Assert.InRange(sum, 0, freedom + 4 * Math.Sqrt(2 * freedom) + 4);
    }
}
