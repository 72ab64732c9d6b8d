using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Problems;

public class ProblemTests
{
    [Fact]
    public void A_problem_reads_like_its_formula()
    {
        var rectangle = Problem.Define("rectangle", 2, x => [Abs(x[0]) <= 1, Abs(x[1]) <= 0.5]);
        Assert.Equal(("rectangle", 2, 0, Measure.Volume), (rectangle.Name, rectangle.Dimension, rectangle.ConditionCount, rectangle.Measure));
        Assert.Equal(["x[0]", "x[1]"], rectangle.Variables.Select(v => v.Name));
        Assert.Equal(0.75, Slack(rectangle, [1.5, -0.75]));
    }

    [Fact]
    public void Conditions_and_names_read_alike()
    {
        var disc = Problem.Define("disc", [.. Variable.Vector("x", 2, -3, 3, "m"), new("load")], [new("radius", 0.1, 2, "m")], (x, c) => [Norm(x[..2]) <= c[0]]);
        Assert.Equal(["x[0]", "x[1]", "load"], disc.Variables.Select(v => v.Name));
        Assert.Equal(3, Slack(disc, [3, 4, 0], 3));
    }

    [Fact]
    public void The_finite_box_is_part_of_the_set()
    {
        var problem = Problem.Define("box", [new("a", -1, 1), new("b", Lower: 0), new("c")], x => [x[2] <= 0]);
        Assert.Equal(4, ((AllOf)problem.Set).Members.Count);
        Assert.Equal(2 + 3 + 5, Slack(problem, [-3, -3, 5]));
        Assert.Equal(0, Slack(problem, [1, 1e9, -1e9]));
    }

    [Fact]
    public void The_compiled_slack_is_that_of_the_set()
    {
        var problem = Problem.Define("disc", Variable.Vector("x", 2, -3, 3), [new("r", 0.1, 2)], (x, c) => [Norm(x) <= c[0]]);
        var slack = new double[1];
        problem.Slack.Run([3.0, 4.0], [3.0], slack, new double[problem.Slack.ScratchRows]);
        Assert.Equal(3, slack[0], 12);
    }

    [Fact]
    public void All_faults_are_listed_at_once()
    {
        var e = Assert.Throws<ProblemException>(() => Problem.Define(
            "bad name",
            [new("q[1]"), new("a", 1, 1), new("a", 0, double.NaN), new("norm", double.PositiveInfinity, 0), new("b c")],
            [new("a", 0, double.PositiveInfinity), new("d", 2, 1)],
            (x, c) => [Expr.Variable(7) <= Expr.Parameter(9), Log(Expr.Constant(-1)) <= x[0]]));
        Assert.Equal(
            [
                "the name \"bad name\" cannot name a folder: use letters, digits, - and _, beginning with a letter or digit, at most 64 characters",
                "a: the box [1, 1] is empty: its lower end must be below its upper end",
                "a: the box [0, nan] has an end that is not a number",
                "norm: the box [inf, 0] is empty: its lower end must be below its upper end",
                "a: the range [0, inf] must be finite, for the network is trained on all of it",
                "d: the range [2, 1] is empty: its lower end must be below its upper end",
                "\"q[1]\" must follow q[0]: the entries of a vector stand together, in order, from 0",
                "the name \"a\" is taken twice",
                "\"norm\" is a word of the problem language and cannot name a variable",
                "\"b c\" is no name: use letters, digits and _, beginning with a letter, or one entry of a vector such as q[0]",
                "the name \"a\" is taken twice",
                "constraint 1: it uses coordinate 7, but coordinates are 0 to 4",
                "constraint 1: it uses parameter 9, but parameters are 0 to 1",
                "constraint 2: the constant Log(-1) is not a finite number",
            ],
            e.Findings.Select(f => f.Message));
        Assert.All(e.Findings, f => Assert.Equal("problem \"bad name\"", f.Source));
        Assert.StartsWith("problem \"bad name\": the name", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_needs_variables_and_constraints()
    {
        var e = Assert.Throws<ProblemException>(() => new Problem("none", [], []));
        Assert.Equal(2, e.Findings.Count);
        Assert.Throws<ProblemException>(() => Problem.Define("large", 10_001, x => [x[0] <= 1]));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-a")]
    [InlineData("a/b")]
    [InlineData("ä")]
    public void Names_unfit_for_a_folder_are_refused(string name) =>
        Assert.Single(Assert.Throws<ProblemException>(() => Problem.Define(name, 1, x => [x[0] <= 1])).Findings);

    [Fact]
    public void Entries_of_a_vector_must_stand_together()
    {
        static void Make(params string[] names) => Problem.Define("a", [.. names.Select(n => new Variable(n))], x => [x[0] <= 1]);
        Make("q[0]", "q[1]", "r", "s[0]");
        foreach (var names in new string[][] { ["q[0]", "r", "q[1]"], ["q", "q[0]"], ["q[0]", "q"], ["q[0]", "q[0]"], ["q[0]", "q[2]"], ["q[00]"], ["q[-1]"], ["q[0]["] })
            Assert.Throws<ProblemException>(() => Make(names));
    }

    [Fact]
    public void Points_are_rows()
    {
        var points = new Points([1, 2, 3, 4, 5, 6], 2);
        Assert.Equal((3, 2), (points.Count, points.Dimension));
        Assert.Equal([3, 4], points[1].ToArray());
        points.Row(2)[1] = 7;
        Assert.Equal(7, points.Values[5]);
        Assert.Throws<ArgumentOutOfRangeException>(() => points[3][0]);
        Assert.Throws<ArgumentException>(() => new Points(new double[5], 2));
    }

    private static double Slack(Problem problem, double[] x, params double[] c) => problem.Set.Slack.Evaluate(x, c);
}
