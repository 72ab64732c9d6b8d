using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;
using static Locus.Expressions.Functions;
using static Locus.Tests.Walks.Chains;

namespace Locus.Tests.Walks;

/// <summary>Chains under an energy come to its law on the set, from one point or from the uniform law.</summary>
public sealed class TiltTests
{
    private const int Count = 8192;

    [Fact]
    public void In_a_box_an_energy_that_rises_gives_the_exponential_law()
    {
        var problem = Problem.OfEnergy("slope", 2, x => 3 * x[0], 0, 1);
        var ends = Tilted(problem, Repeated(Count, 0.99, 0.5), 60);
        AssertUniform(ends, x => (1 - Math.Exp(-3 * x[0])) / (1 - Math.Exp(-3)));
        AssertUniform(ends, x => x[1]);
    }

    [Fact]
    public void On_a_circle_a_direction_gives_the_law_of_von_Mises()
    {
        var problem = Problem.Define("circle", 2, x => [Norm(x) == 1], energy: x => -2 * x[0]);
        var law = Cumulative(angle => Math.Exp(2 * Math.Cos(angle)));
        AssertUniform(Tilted(problem, Repeated(Count, -1, 0), 200), x => law(Math.Atan2(x[1], x[0])));
    }

    [Fact]
    public void Parts_get_their_shares_where_lines_lead_from_one_to_the_other()
    {
        // Two intervals of length 1, the energy higher by log 4 on the right one: a fifth of the points.
        var problem = Problem.Define("gap", 1, x => [Any(Abs(x[0] + 1) <= 0.5, Abs(x[0] - 1) <= 0.5)], -2, 2, energy: x => Where(x[0], 0, 0, Math.Log(4)));
        var ends = Tilted(problem, Repeated(Count, 1), 200);
        var right = Enumerable.Range(0, Count).Count(i => ends[i][0] > 0) / (double)Count;
        // 4 standard errors.
        Assert.Equal(0.2, right, 4 * Math.Sqrt(0.16 / Count));
    }

    [Fact]
    public void Without_power_the_law_is_uniform()
    {
        var problem = Problem.OfEnergy("slope", 2, x => 3 * x[0], 0, 1);
        AssertUniform(Run(problem, Repeated(Count, 0.5, 0.5), 60), x => x[0]);
    }

    [Fact]
    public void A_power_between_gives_the_law_between()
    {
        var problem = Problem.OfEnergy("slope", 2, x => 3 * x[0], 0, 1);
        AssertUniform(Tilted(problem, Repeated(Count, 0.01, 0.5), 60, power: 0.5), x => (1 - Math.Exp(-1.5 * x[0])) / (1 - Math.Exp(-1.5)));
    }

    private static Points Tilted(Problem problem, Points starts, int steps, double power = 1)
    {
        var set = Set(problem);
        using var team = new Team(2);
        var walk = new Walk(set, Standard(set, starts), null, Key.Seed(1), team.Threads, octaves: 2) { Power = power };
        walk.Run(team, steps, adapts: true);
        walk.Run(team, steps, adapts: false);
        return User(set, walk.Points);
    }

    /// <summary>The distribution function of an angle from -pi to pi with some density.</summary>
    private static Func<double, double> Cumulative(Func<double, double> density)
    {
        const int cells = 100_000;
        var sums = new double[cells + 1];
        for (var i = 0; i < cells; i++) sums[i + 1] = sums[i] + density(2 * Math.PI * ((i + 0.5) / cells - 0.5));
        return angle => sums[(int)Math.Round(cells * (angle / (2 * Math.PI) + 0.5))] / sums[^1];
    }
}
