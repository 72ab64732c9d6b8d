using Locus.Expressions;
using Locus.Problems;
using Locus.Tests.Walks;
using static Locus.Expressions.Functions;
using static Locus.Tests.Training.ExploredSets;

namespace Locus.Tests.Training;

/// <summary>Pools of energies on sets have the law of the energy, whether sets are thin, apart, or of each condition.</summary>
public sealed class TiltingTests
{
    [Fact]
    public void On_a_sphere_heights_have_the_law_of_Fisher()
    {
        const double k = 5;
        var problem = Problem.Define("fisher", 3, x => [Norm(x) == 1], energy: x => -k * x[2]);
        var (pool, points) = Of(problem);
        Assert.InRange(pool.Rises, 2, 20);
        Assert.True(pool.Settled);
        HasLaw(points, x => (Math.Exp(k * x[2]) - Math.Exp(-k)) / (Math.Exp(k) - Math.Exp(-k)), pool.EffectiveSize);
        HasMean(points, x => x[0], 0);
    }

    [Fact]
    public void Parts_between_which_no_walk_leads_get_their_shares()
    {
        // The energy is higher by log 9 on the right ball, and neither is met by lines from the other often: a tenth of the points.
        var problem = Problem.Define("balls", 4, x => [Any(Norm([x[0] + 3, x[1], x[2], x[3]]) <= 0.5, Norm([x[0] - 3, x[1], x[2], x[3]]) <= 0.5)], energy: x => Where(x[0], 0, 0, Math.Log(9)));
        var (pool, points) = Of(problem);
        var right = Enumerable.Range(0, points.Count).Count(i => points[i][0] > 0) / (double)points.Count;
        Assert.Equal(0.1, right, 4 * Math.Sqrt(0.09 / pool.EffectiveSize));
    }

    [Fact]
    public void Each_condition_gets_a_law_of_its_own()
    {
        // Around the angle a, for every a alike.
        var problem = Problem.Define(
            "directions", Variable.Vector("x", 2), [new Parameter("a", -2, 2)], (x, _) => [Norm(x) == 1], energy: (x, c) => -3 * (Cos(c[0]) * x[0] + Sin(c[0]) * x[1]));
        var (_, points) = Of(problem);
        // I_1(3) / I_0(3).
        HasMean(points, x => Math.Cos(Math.Atan2(x[1], x[0]) - x[2]), 0.8099852);
        HasMean(points, x => Math.Sin(Math.Atan2(x[1], x[0]) - x[2]), 0);
        HasMean(points, x => x[2], 0);
        HasMean(points, x => x[2] * x[2], 4 / 3.0);
    }

    [Fact]
    public void What_is_drawn_of_a_condition_does_not_depend_on_its_Z()
    {
        // N(c, 1/6) on [-3, 3], and Z(c) proportional to exp(-5 c): at c = 2 a millionth of what it is at c = -1, were the pairs drawn by their own density.
        var problem = Problem.Define("shift", Variable.Vector("x", 1, -3, 3), [new Parameter("c", -1, 2)], (x, _) => [Abs(x[0]) <= 3], energy: (x, c) => 3 * Square(x[0] - c[0]) + 5 * c[0]);
        var (_, points) = Of(problem, count: 32_768);
        // Chains of one family have one condition: an eighth counts, see HasMean.
        HasMean(points, x => x[1], 0.5);
        HasMean(points, x => Squared(x[1] - 0.5), 0.75);
        HasMean(points, x => x[0] - x[1], 0);
        HasMean(points, x => Squared(x[0] - x[1]), 1 / 6.0);
        HasMean(points, x => x[1] > 1.8 ? x[0] - x[1] : 0, 0);

        static double Squared(double value) => value * value;
    }

    [Fact]
    public void Steps_that_must_be_short_in_places_draw_no_more_points_there()
    {
        // A strip on a tilted plane, a twentieth as wide on the right, and there by exp(-4 x^2) as everywhere: a share of 0.05 / 1.05.
        var problem = new Problem(
            "strip", [new("x", -1, 1), new("y", -1, 1), new("z", -1, 1)],
            [Expr.Variable(2) == 0.2 * Expr.Variable(0), Abs(Expr.Variable(1)) <= Where(Expr.Variable(0), 0, 1, 0.05)], energy: 4 * Square(Expr.Variable(0)));
        var (pool, points) = Of(problem, count: 65_536);
        var right = Enumerable.Range(0, points.Count).Count(i => points[i][0] > 0) / (double)points.Count;
        Assert.Equal(0.05 / 1.05, right, 4 * Math.Sqrt(0.05 / pool.EffectiveSize));
        HasMean(points, x => x[0], -0.2517315);
    }

    [Fact]
    public void A_law_that_leaves_a_thousandth_of_its_box_is_found()
    {
        // Deviations 0.02 and 0.1 in a box of width 2.
        var problem = Problem.OfEnergy("spot", 3, x => (Square((x[0] - 0.3) / 0.02) + Square((x[1] + 0.5) / 0.1) + Square((x[2] - 0.1) / 0.1)) / 2, -1, 1);
        var (pool, points) = Of(problem);
        Assert.True(pool.Settled);
        HasMean(points, x => (x[0] - 0.3) / 0.02, 0);
        HasMean(points, x => Math.Pow((x[0] - 0.3) / 0.02, 2), 1);
        HasMean(points, x => Math.Pow((x[2] - 0.1) / 0.1, 2), 1);
        HasMean(points, x => (x[0] - 0.3) * (x[1] + 0.5), 0);
    }

    [Fact]
    public void An_energy_that_is_no_number_on_the_set_is_named_with_its_place()
    {
        var problem = Problem.OfEnergy("root", 2, x => Sqrt(x[0]), -1, 1);
        var mistake = Assert.Throws<LocusException>(() => Of(problem));
        Assert.Contains("the energy of 'root' is NaN at x[0] = -", mistake.Message, StringComparison.Ordinal);
    }

    // Draws of one family are alike: sqrt(n) times the distance of Kolmogorov, n the effective number of draws.
    private static void HasLaw(Points points, Func<double[], double> uniform, double effective) =>
        Assert.InRange(Chains.Deviation(points, uniform) * Math.Sqrt(Math.Min(1, effective / points.Count)), 0, Chains.Threshold);
}
