using Locus.Problems;

namespace Locus.Tests.Problems;

/// <summary>What expressions mean, by their values at x = (1.5, -2, 0.25), c = 3: each text is read, evaluated, and read again as written.</summary>
public class ExpressionLanguageTests
{
    private static readonly double[] X = [1.5, -2, 0.25];
    private static readonly double[] C = [3];

    [Theory]
    [InlineData("1 + 2*3", 7)]
    [InlineData("(1 + 2)*3", 9)]
    [InlineData("8 - 4 - 2", 2)]
    [InlineData("8/4/2", 1)]
    [InlineData("8/4*2", 4)]
    [InlineData("2^3^2", 512)]
    [InlineData("-2^2", -4)]
    [InlineData("(-2)^2", 4)]
    [InlineData("2^-1", 0.5)]
    [InlineData("-x[0]*2", -3)]
    [InlineData("2*-x[0]", -3)]
    [InlineData("1 - -x[0]", 2.5)]
    [InlineData("--x[0]", 1.5)]
    [InlineData("x[0]^2*2", 4.5)]
    [InlineData("2*x[0]^2", 4.5)]
    [InlineData(".5 + 1e1 + 1.5E-1 + 2.", 12.65)]
    [InlineData("c + x[2]", 3.25)]
    [InlineData("pi", Math.PI)]
    [InlineData("e", Math.E)]
    [InlineData("x[1 + 1]", 0.25)]
    [InlineData("x[size(x) - 1]", 0.25)]
    [InlineData("(x*2)[1]", -4)]
    [InlineData("(2*x + x/2 - 1)[0]", 2.75)]
    [InlineData("(x*[1, 2, 3])[2]", 0.75)]
    [InlineData("(1/x)[1]", -0.5)]
    [InlineData("(x^2)[1]", 4)]
    [InlineData("(-x)[1]", 2)]
    [InlineData("x[1:][0]", -2)]
    [InlineData("x[:2][1]", -2)]
    [InlineData("x[0..2][1]", -2)]
    [InlineData("[[1, 2], [3, 4]][1][0]", 3)]
    [InlineData("[i*x[i] for i in 0..3][1]", -2)]
    public void Operators_bind_as_in_mathematics(string text, double value) => Holds(text, value);

    [Theory]
    [InlineData("abs(x[1])", 2)]
    [InlineData("abs(x)[1]", 2)]
    [InlineData("sqrt(x[2])", 0.5)]
    [InlineData("square(x[1])", 4)]
    [InlineData("exp(x[0])", 4.4816890703380645)]
    [InlineData("log(x[0])", 0.4054651081081644)]
    [InlineData("sin(x[0])", 0.9974949866040544)]
    [InlineData("cos(x[0])", 0.0707372016677029)]
    [InlineData("tan(x[0])", 14.101419947171719)]
    [InlineData("asin(x[2])", 0.25268025514207865)]
    [InlineData("acos(x[2])", 1.318116071652818)]
    [InlineData("atan(x[1])", -1.1071487177940904)]
    [InlineData("atan2(x[1], x[0])", -0.9272952180016122)]
    [InlineData("sinh(x[0])", 2.1292794550948173)]
    [InlineData("cosh(x[0])", 2.352409615243247)]
    [InlineData("tanh(x[0])", 0.9051482536448664)]
    [InlineData("erf(x[2])", 0.2763263901682369)]
    [InlineData("pow(x[0], x[2])", 1.1066819197003215)]
    [InlineData("x[0]^x[2]", 1.1066819197003215)]
    [InlineData("sign(x[1])", -1)]
    [InlineData("floor(x[1] + 0.5)", -2)]
    [InlineData("ratio(x[0], x[1] + 2)", 0)]
    [InlineData("ratio(x[0], x[1])", -0.75)]
    [InlineData("clamp(x[0], -1, 1)", 1)]
    [InlineData("clamp(x, -1, 1)[1]", -1)]
    [InlineData("min(x)", -2)]
    [InlineData("min(x, c, -7)", -7)]
    [InlineData("max(x)", 1.5)]
    [InlineData("max(x[i]^2 for i in 0..3)", 4)]
    [InlineData("norm(x)", 2.5124689052802225)]
    [InlineData("norm(3, 4)", 5)]
    [InlineData("sum(x)", -0.25)]
    [InlineData("sum(x, 1)", 0.75)]
    [InlineData("sum(x[i]*x[j] for i in 0..3 for j in 0..i)", -3.125)]
    [InlineData("sum(x[i] for i in 1..1)", 0)]
    [InlineData("dot(x, [1, 2, 4])", -1.5)]
    [InlineData("dot([i for i in 0..3], x)", -1.5)]
    [InlineData("cross(x, [0, 0, 1])[0]", -2)]
    [InlineData("where(x[0] <= 1, 5, 6)", 6)]
    [InlineData("where(x[0] >= 1, 5, 6)", 5)]
    [InlineData("where(x <= 1, x, 0)[1]", -2)]
    [InlineData("size(x) + size([[1, 2], [3, 4]])", 5)]
    public void Functions_have_their_values(string text, double value) => Holds(text, value);

    [Theory]
    [InlineData("x[0] <= 1", 0.5)]
    [InlineData("x[0] < 1", 0.5)]
    [InlineData("x[0] ≤ 1", 0.5)]
    [InlineData("x[0] >= 2", 0.5)]
    [InlineData("x[0] > 2", 0.5)]
    [InlineData("2 <= x[0]", 0.5)]
    [InlineData("x[0] == 1", 0.5)]
    [InlineData("x[0] = 2", 0.5)]
    [InlineData("2 <= x[0] <= 1", 1)]
    [InlineData("x <= 1", 0.5)]
    [InlineData("x == [1, 2, 3]", 7.25)]
    [InlineData("all(x[0] <= 1, x[1] == 1)", 3.5)]
    [InlineData("any(x[0] <= 1, x[1] == 1)", 0.5)]
    [InlineData("any(norm(x - i) <= 1 for i in 0..3)", 1.512469)]
    [InlineData("x[i] <= x[i + 1] for i in 0..2", 3.5)]
    [InlineData("(x[0] <= 1)", 0.5)]
    public void Conditions_measure_what_is_missing(string text, double slack)
    {
        var problem = Read(text);
        Assert.Equal(slack, problem.Constraints.Single().Slack.Evaluate(X, C), 6);
        Assert.Equal(slack, Read(problem.ToYaml().Split("constraints:\n")[1].Split("measure:")[0]).Constraints.Single().Slack.Evaluate(X, C), 6);
    }

    private static void Holds(string text, double value)
    {
        // y <= 1e6: a slack of 0 would hide the value, so it is shifted far above.
        var problem = Read($"{text} + 1000 <= 0");
        Assert.Equal(value, problem.Constraints[0].Slack.Evaluate(X, C) - 1000, 9);
        Assert.Equal(problem.ToYaml(), ProblemFile.Parse(problem.ToYaml()).ToYaml());
        var again = ProblemFile.Parse(problem.ToYaml());
        Assert.Equal(problem.Constraints[0].Slack.Evaluate(X, C), again.Constraints[0].Slack.Evaluate(X, C));
    }

    private static Problem Read(string constraint) => ProblemFile.Parse(
        $"name: a\nvariables: {{ x: {{ size: 3 }} }}\nparameters: {{ c: {{ range: [0, 9] }} }}\nconstraints:\n{(constraint.StartsWith("  ", StringComparison.Ordinal) ? constraint : $"  - {constraint}\n")}");
}
