using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Problems;

public class StandardizationTests
{
    private static readonly Problem Problem = Problem.Define(
        "mixed",
        [new("boxed", 1, 5), new("open"), new("above", Lower: 10), new("below", Upper: -7), new("wide", Lower: -100)],
        [new("c", 2, 6)],
        (x, c) => [Norm(x) <= c[0], x[0] * x[1] <= 1]);

    [Fact]
    public void A_box_becomes_plus_minus_two_and_an_open_variable_keeps_its_unit()
    {
        var s = Standardization.Of(Problem);
        Assert.Equal([3.0, 0, 12, -9, 0], s.Center);
        Assert.Equal([1.0, 1, 1, 1, 1], s.Scale);
        Assert.Equal([4.0], s.ConditionCenter);
        Assert.Equal([2.0], s.ConditionScale);
        Assert.Equal([0.5], Standardization.Of(Problem.Define("a", 1, x => [x[0] <= 0], -1, 1)).Scale);
    }

    [Fact]
    public void Programs_in_standard_coordinates_give_the_users_slack_and_the_chain_rule()
    {
        var s = Standardization.Of(Problem);
        double[] u = [-0.5, 0.3, 1, -1, 2], given = [0.25];
        var x = u.Select((v, i) => s.Center[i] + s.Scale[i] * v).ToArray();
        double[] c = [s.ConditionCenter[0] + s.ConditionScale[0] * given[0]];
        Assert.Equal(Problem.Set.Slack.Evaluate(x, c), Run(s.Slack, u, given)[0], 12);
        var penalty = Run(s.Penalty, u, given);
        Assert.Equal(6, penalty.Length);
        Assert.Equal(Problem.Set.Penalty.Evaluate(x, c), penalty[0], 9);
        for (var i = 0; i < 5; i++)
        {
            const double step = 1e-5;
            var (above, below) = ((double[])u.Clone(), (double[])u.Clone());
            above[i] += step;
            below[i] -= step;
            // Central differences of a function of order 100: rounding and truncation stay below 1e-6.
            Assert.Equal((Run(s.Penalty, above, given)[0] - Run(s.Penalty, below, given)[0]) / (2 * step), penalty[i + 1], 5);
        }
    }

    [Fact]
    public void An_identity_costs_no_instructions()
    {
        var open = Problem.Define("open", 2, x => [Norm(x) <= 1]);
        Assert.Equal(open.Slack.InstructionCount, Standardization.Of(open).Slack.InstructionCount);
    }

    [Fact]
    public void The_region_is_the_box_and_stands_in_for_open_ends()
    {
        Assert.Equal([1.0, -2, 10, -11, -2], Problem.Region.Lower);
        Assert.Equal([5.0, 2, 14, -7, 2], Problem.Region.Upper);
        var (a, b, sum) = (new double[5], new double[5], new double[5]);
        const int count = 4000;
        for (var i = 0UL; i < count; i++)
        {
            Problem.Region.Draw(Key.Seed(1), i, a);
            for (var j = 0; j < 5; j++)
            {
                Assert.InRange(a[j], Problem.Region.Lower[j], Problem.Region.Upper[j]);
                sum[j] += a[j];
            }
        }
        // Each side is 4 long: the mean has a standard error of 4 / sqrt(12 n) = 0.018; five of them.
        for (var j = 0; j < 5; j++) Assert.Equal((Problem.Region.Lower[j] + Problem.Region.Upper[j]) / 2, sum[j] / count, 0.09);
        Problem.Region.Draw(Key.Seed(1), count - 1, b);
        Assert.Equal(a, b);
    }

    private static double[] Run(Engine.Programs.Program program, double[] x, double[] c)
    {
        var outputs = new double[program.Outputs];
        program.Run(x, c, outputs, new double[program.ScratchRows]);
        return outputs;
    }
}
