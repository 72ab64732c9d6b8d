using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Problems;

/// <summary>Variables whose box is one turn of a circle.</summary>
public sealed class PeriodicVariableTests
{
    private static readonly Variable Turn = new("q", -1, 3, Periodic: true);

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(3, 3)]
    [InlineData(0.3, 0.3)]
    [InlineData(3.5, -0.5)]
    [InlineData(-1.5, 2.5)]
    [InlineData(402.25, 2.25)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void A_value_stands_for_one_in_the_box(double value, double wrapped)
    {
        Assert.Equal(wrapped, Turn.Wrap(value));
        Assert.Equal(value, (Turn with { Periodic = false }).Wrap(value));
    }

    [Fact]
    public void Slack_and_penalty_go_round_with_any_constraint()
    {
        // No function of that period, and a set that ends before the seam: outside of the box the constraint says what it says inside.
        var closed = Problem.Define("arc", [Turn, new Variable("x")], x => [Abs(x[0] - 1) + Abs(x[1]) <= 0.5]);
        var standard = Standardization.Of(closed);
        double[] c = [], here = [0], there = [0], scratch = new double[closed.Slack.ScratchRows];
        double[] near = new double[3], far = new double[3], more = new double[standard.Penalty.ScratchRows];
        for (var i = 0UL; i < 100; i++)
        {
            // Quarters are exact, whatever turns are added; 1/8 keeps them off kinks.
            var (q, x, turns) = (-1 + Draws.Below(Key.Seed(1), i, 0, 16) / 4.0 + 0.125, Draws.Below(Key.Seed(1), i, 1, 16) / 8.0 - 0.9375, Draws.Below(Key.Seed(1), i, 2, 7) - 3);
            closed.Slack.Run([q, x], c, here, scratch);
            closed.Slack.Run([q + 4 * turns, x], c, there, scratch);
            Assert.Equal(Math.Max(0, Math.Abs(q - 1) + Math.Abs(x) - 0.5), here[0], 1e-15);
            Assert.Equal(here[0], there[0], 1e-14);
            standard.Penalty.Run([(q - standard.Center[0]) / standard.Scale[0], x], c, near, more);
            standard.Penalty.Run([(q + 4 * turns - standard.Center[0]) / standard.Scale[0], x], c, far, more);
            for (var k = 0; k < 3; k++) Assert.Equal(near[k], far[k], 1e-12);
        }
    }

    [Fact]
    public void A_box_without_an_end_cannot_be_periodic()
    {
        var e = Assert.Throws<ProblemException>(() => Problem.Define("open", [new Variable("q", 0, Periodic: true)], x => [x[0] <= 1]));
        Assert.Contains("q is periodic and its box [0, inf] has no end", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sin(q[0]) + cos(q[0] + q[1]) <= 0.5", null)]
    [InlineData("cos(2*q[0])*x <= q[1]^2", null)]
    [InlineData("any(sin(q[0]/2)^2 <= 0.1, x >= 0.5)", null)]
    [InlineData("sin(q[0]/2) <= 0.1", "sin(q[0]/2) <= 0.1 differs at the two ends of a box, which are one point: at q[0] = 3.14159")]
    [InlineData("q[1] + x == 0", "q[1] + x == 0 differs at the two ends of a box, which are one point: at q[0] = ")]
    public void A_constraint_that_tells_the_ends_apart_is_found(string constraint, string? message)
    {
        var problem = ProblemFile.Parse($"name: a\nvariables:\n  q: {{ size: 2, box: [-pi, pi], periodic: true }}\n  x: {{ box: [-1, 1] }}\nconstraints:\n  - {constraint}\n");
        var finding = ProblemCheck.Run(problem, Key.Seed(1)).Findings.Single(f => f.Subject == "periodic variables");
        Assert.Equal(message is null ? CheckLevel.Ok : CheckLevel.Error, finding.Level);
        Assert.StartsWith(message ?? "2 variables: the constraints are the same at both ends", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Circles_know_the_shorter_way_and_the_middle_of_what_they_hold()
    {
        var circles = new Circles([Turn, new("x", -1, 3)], [0.5, 0.5]);
        Assert.Equal(-1, circles.Shortest(0, 7));
        Assert.Equal(7, circles.Shortest(1, 7));
        // The period is 8 in these coordinates: what holds -1.5, 5 and 5.5 is the arc from 5 to 6.5.
        var points = new Points([-1.5, 0, 5.5, 0, 5, 0], 2);
        Assert.Equal(5.75, circles.Middle(0, points));
        Assert.Null(circles.Middle(1, points));
        var embedded = circles.Embedded(new Points([0, 7, 8, 7], 2));
        Assert.Equal(3, embedded.Dimension);
        for (var d = 0; d < 3; d++) Assert.Equal(embedded[0][d], embedded[1][d], 1e-12);
    }
}
