using Locus.Engine.Programs;
using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Problems;

public class ProblemWriterTests
{
    [Fact]
    public void The_canonical_text_is_this()
    {
        Assert.Equal(
            """
            name: two-link-reach
            description: "joint angles of a planar arm whose tip lies in a disc"
            variables:
              q: { size: 2, box: [-3.14159, 3.14159], unit: rad }
              load: { box: [0, 5], unit: kg }
            parameters:
              target: { size: 2, range: [-1, 1], unit: m }
            definitions:
              d1: q[0] + q[1]
            constraints:
              - norm(cos(q[0]) + cos(d1) - target[0], sin(q[0]) + sin(d1) - target[1]) <= 0.1
              - any:
                  - q[0] >= 0
                  - all:
                      - load <= 1
                      - q[1] == 0
            measure: volume

            """,
            ProblemFile.Parse(SampleFiles.Reach).ToYaml());
    }

    [Fact]
    public void Files_and_problems_in_code_come_back_the_same()
    {
        Problem[] problems =
        [
            .. SampleFiles.All.Select(text => ProblemFile.Parse(text)),
            Problem.Define("rectangle", 2, x => [Abs(x[0]) <= 1, Abs(x[1]) <= 0.5]),
            Problem.Define("units", [new("q[0]", -1, 1, "m"), new("q[1]", -2, 2, "m/s"), new("d1"), new("y", 0)], x => [Sin(x[0]) + Sin(x[0]) * x[2] <= Sin(x[0]) / 3], Measure.Component, "a \"b\"\\\n\té 😀 # : \u0007"),
            Problem.OfEnergy("wells", 2, x => LogSumExp(x[0], -x[0], 0) + Square(x[1]) / 2, -3, 3, "an energy alone"),
            new Problem("tilted", [new("x"), new("y")], [Square(Expr.Variable(0)) + Sin(Expr.Variable(1)) <= 1], [new("c", 0, 1)], energy: Sin(Expr.Variable(1)) * Expr.Parameter(0)),
            Problem.Define("turns", [.. Variable.Vector("q", 2, -Math.PI, Math.PI, "rad", periodic: true), new("p[0]", 0, 1, Periodic: true), new("p[1]", 0, 1)], x => [Sin(x[0]) <= Cos(x[1] + x[3])]),
            Problem.Define("boxes", [.. Variable.Vector("x", 2, -1, 1), .. Variable.Vector("z", 1, 0.1, 0.30000000000000004)], [.. Parameter.Vector("c", 2, 0, 1)], (x, c) => [All(Any(x[0] <= c[0])), x[1] == -c[1], Pow(x[0], 1.5) <= 1e-17, -x[0] <= 5, 3 - x[0] <= x[1] + 2]),
        ];
        foreach (var problem in problems)
        {
            var again = ProblemFile.Parse(problem.ToYaml());
            Assert.Equal(problem.ToYaml(), again.ToYaml());
            Assert.Equal((problem.Name, problem.Description, problem.Measure), (again.Name, again.Description, again.Measure));
            Assert.Equal(problem.Variables, again.Variables);
            Assert.Equal(problem.Parameters, again.Parameters);
            Assert.Equal(problem.Slack.Instructions.Select(i => i.ToString()), again.Slack.Instructions.Select(i => i.ToString()));
            Assert.Equal(problem.Slack.Constants.ToArray(), again.Slack.Constants.ToArray());
            Assert.Equal(problem.Slack.Instructions.SelectMany(i => i.Numbers), again.Slack.Instructions.SelectMany(i => i.Numbers));
            SameBits(problem, again);
            Assert.Equal(Law(problem)?.Instructions.Select(i => i.ToString()), Law(again)?.Instructions.Select(i => i.ToString()));
            Assert.Equal(Law(problem)?.Constants.ToArray(), Law(again)?.Constants.ToArray());
        }
    }

    private static Program? Law(Problem problem) => (problem.Energy as FormulaDensity)?.Program;

    private static void SameBits(Problem problem, Problem again)
    {
        var (x, c, a, b) = (new double[problem.Dimension], new double[problem.ConditionCount], new double[1], new double[1]);
        var scratch = new double[problem.Slack.ScratchRows];
        for (var i = 0UL; i < 100; i++)
        {
            problem.Region.Draw(Key.Seed(1), i, x);
            for (var j = 0; j < c.Length; j++) c[j] = Draws.Uniform(Key.Seed(2), i, (uint)j);
            problem.Slack.Run(x, c, a, scratch);
            again.Slack.Run(x, c, b, scratch);
            Assert.Equal(BitConverter.DoubleToInt64Bits(a[0]), BitConverter.DoubleToInt64Bits(b[0]));
        }
    }

    [Fact]
    public void A_users_function_cannot_be_written()
    {
        var e = Assert.Throws<LocusException>(() => Problem.Define("own", 1, x => [Call(new Own(), x)[0] <= 0]).ToYaml());
        Assert.Contains("problem \"own\" cannot be written as a file: the user's function 'Own' has no text", e.Message, StringComparison.Ordinal);
    }

    private sealed class Own : OpaqueFunction
    {
        public override int Inputs => 1;

        public override int Outputs => 1;

        public override void Evaluate(ReadOnlySpan<double> x, Span<double> values) => values[0] = x[0];
    }
}
