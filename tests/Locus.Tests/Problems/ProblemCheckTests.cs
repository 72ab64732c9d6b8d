using Locus.Engine.Programs;
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Problems;

public class ProblemCheckTests
{
    private static readonly Key Key = Key.Seed(1);

    [Fact]
    public void A_sound_problem_is_found_sound_with_its_share_of_the_box()
    {
        var disc = Problem.Define("disc", Variable.Vector("x", 2, -2, 2), [new("r", 0.5, 1.5)], (x, c) => [Norm(x) <= c[0], x[0] >= -10]);
        var result = ProblemCheck.Run(disc, Key);
        Assert.Equal(CheckLevel.Ok, result.Level);
        // E[pi r^2] / 16 with r uniform in [0.5, 1.5]: pi (1 + 1/12) / 16.
        var share = Math.PI * (13 / 12.0) / 16;
        Assert.InRange(result.FeasibleShare!.Value, share - 4 * result.FeasibleShareError!.Value, share + 4 * result.FeasibleShareError!.Value);
        Assert.InRange(result.FeasibleShareError!.Value, 0.0038, 0.0043);
        Assert.Equal(0, result.SmallestSlack);
        Assert.Equal((2, 1, 2, 0), (result.Dimension, result.Parameters, result.Inequalities, result.Equalities));
        Assert.InRange(result.DerivativeError, 0, 1e-7);
        Assert.InRange(result.TrainingGradientError, 0, 1e-3);
        Assert.Null(result.Rank);
        Assert.True(result.SecondsPerPoint > 0 && result.Instructions > 0);
        Assert.Equal("norm(x) <= r", result.Constraints.MinBy(c => c.MetShare)!.Name);
        Assert.Contains(result.Findings, f => f.Subject == "hardest constraint" && f.Message.StartsWith("norm(x) <= r: met by 2", StringComparison.Ordinal));
        Assert.Equal(1, result.Constraints[1].MetShare);
    }

    [Fact]
    public void The_same_key_gives_the_same_result()
    {
        var problem = ProblemFile.Parse(SampleFiles.Reach);
        var (a, b) = (ProblemCheck.Run(problem, Key), ProblemCheck.Run(problem, Key));
        Assert.Equal(a.Findings.Where(f => f.Subject != "cost"), b.Findings.Where(f => f.Subject != "cost"));
        Assert.NotEqual(a.FeasibleShare, ProblemCheck.Run(problem, Key.Seed(2)).FeasibleShare);
    }

    [Theory]
    [InlineData(false, CheckLevel.Ok)]
    [InlineData(true, CheckLevel.Error)]
    public void A_wrong_derivative_of_a_users_function_is_named(bool wrong, CheckLevel level)
    {
        var problem = Problem.Define("own", 2, x => [Call(new Product(wrong), x)[0] <= 0.5, Norm(x) <= 1], -1, 1);
        var result = ProblemCheck.Run(problem, Key);
        var finding = result.Findings.Single(f => f.Subject == "derivatives");
        Assert.Equal(level, finding.Level);
        Assert.Equal(level, result.Level);
        if (wrong) Assert.Contains("worst in constraint 1, d/d x[1] at x[0] = ", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_users_function_that_throws_is_named()
    {
        var result = ProblemCheck.Run(Problem.Define("own", 1, x => [Call(new Throwing(), x)[0] <= 0.5], -1, 1), Key);
        Assert.Contains(result.Findings, f => f.Level == CheckLevel.Error && f.Message.Contains("no license", StringComparison.Ordinal));
    }

    [Fact]
    public void Constraints_that_contradict_each_other_leave_no_point()
    {
        var result = ProblemCheck.Run(Problem.Define("none", 2, x => [x[0] <= -0.5, x[0] >= 0.5, x[1] <= 0], -1, 1), Key);
        Assert.Equal(CheckLevel.Error, result.Level);
        var finding = result.Findings.Single(f => f.Subject == "feasible points");
        Assert.StartsWith("none found: the smallest slack is 1, at x[0] = ", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Findings, f => f.Subject == "constraints");
        Assert.Equal(0, result.FeasibleShare);
    }

    [Fact]
    public void A_constraint_that_no_point_meets_is_named()
    {
        var result = ProblemCheck.Run(Problem.Define("none", 2, x => [Norm(x) <= -0.1, x[1] <= 0], -1, 1), Key);
        var finding = result.Findings.Single(f => f.Subject == "constraints");
        Assert.Equal((CheckLevel.Error, "no point found meets norm(x) <= -0.1; the smallest slack is 0.1"), (finding.Level, finding.Message));
    }

    [Fact]
    public void A_constraint_that_is_met_outside_the_box_only_is_named()
    {
        var result = ProblemCheck.Run(Problem.Define("outside", 2, x => [x[0] >= 3, x[1] <= 0], -1, 1), Key);
        var finding = result.Findings.Single(f => f.Subject == "constraints");
        Assert.Equal("no point found meets x[0] >= 3; the smallest slack is 2", finding.Message);
        Assert.Equal(2, result.Constraints[0].SmallestSlack);
        Assert.All(result.SmallestSlackPoint, x => Assert.InRange(x, -1, 1));
    }

    [Fact]
    public void A_set_that_touches_the_box_is_found()
    {
        var result = ProblemCheck.Run(Problem.Define("edge", 2, x => [x[0] + x[1] >= 1.4], -0.7, 0.7), Key);
        Assert.InRange(result.SmallestSlack, 0, 1e-9);
        Assert.DoesNotContain(result.Findings, f => f.Level == CheckLevel.Error);
    }

    [Fact]
    public void A_set_too_small_for_random_points_is_still_found()
    {
        var result = ProblemCheck.Run(Problem.Define("small", 6, x => [Norm(x - 0.5) <= 0.01], -1, 1), Key);
        Assert.Equal(CheckLevel.Warning, result.Level);
        Assert.Equal(0, result.SmallestSlack);
        Assert.Contains("none of 10000 random points: below 0.03 %", result.Findings.Single(f => f.Subject == "feasible share").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_are_not_finite_are_counted_and_placed()
    {
        var result = ProblemCheck.Run(Problem.Define("nan", 2, x => [Sqrt(x[0]) <= 0.5, x[1] <= 0], -1, 1), Key);
        var finding = result.Findings.Single(f => f.Subject == "finite values");
        Assert.Equal(CheckLevel.Error, finding.Level);
        Assert.Matches(@"^sqrt\(x\[0\]\) <= 0.5: not finite at (49|50)\d\d of 10000 points, such as nan at x\[0\] = -0.\d+, x\[1\] = ", finding.Message);
        Assert.InRange(result.Constraints[0].NonFinite, 4800, 5200);
    }

    [Fact]
    public void A_problem_that_is_nowhere_finite_ends_with_findings()
    {
        var result = ProblemCheck.Run(Problem.Define("nan", 1, x => [Log(x[0] - 5) <= 0.5], -1, 1), Key);
        Assert.Equal(CheckLevel.Error, result.Level);
        Assert.True(double.IsNaN(result.SmallestSlack));
    }

    [Fact]
    public void Independent_equalities_have_full_rank()
    {
        var result = ProblemCheck.Run(Problem.Define("circle", 3, x => [Norm(x) == 1, x[0] + x[1] == 0.5], measure: Measure.Surface), Key);
        Assert.Equal(CheckLevel.Ok, result.Level);
        Assert.Equal(2, result.Rank);
        Assert.Null(result.FeasibleShare);
        Assert.InRange(result.SmallestSlack, 0, 1e-9);
        Assert.Contains(result.Findings, f => f.Message == "2 of 2 equalities are independent near the set, which has dimension 1");
        Assert.Contains(result.Findings, f => f.Subject == "feasible share" && f.Message.StartsWith("zero: equalities", StringComparison.Ordinal));
    }

    [Fact]
    public void Repeated_equalities_and_squares_lack_rank()
    {
        var repeated = ProblemCheck.Run(Problem.Define("twice", 3, x => [Norm(x) == 1, Dot(x, x) == 1], measure: Measure.Surface), Key);
        Assert.Equal((CheckLevel.Warning, 1), (repeated.Level, repeated.Rank));
        Assert.Contains("(rank 1 of 2): norm(x)^2 == 1", repeated.Findings.Single(f => f.Subject == "rank").Message.Replace("x[0]^2 + x[1]^2 + x[2]^2", "norm(x)^2", StringComparison.Ordinal), StringComparison.Ordinal);
        var square = ProblemCheck.Run(Problem.Define("square", 2, x => [Square(Norm(x) - 1) == 0], measure: Measure.Surface), Key);
        Assert.Equal((CheckLevel.Warning, 0), (square.Level, square.Rank));
    }

    [Fact]
    public void Equalities_in_a_volume_open_variables_and_unused_parameters_are_noticed()
    {
        var result = ProblemCheck.Run(
            Problem.Define("odd", [new("x", -1, 1), new("y"), new("z", 0, 1)], [new("c", 0, 1)], (x, _) => [x[0] == 0], Measure.Volume), Key);
        Assert.Contains(result.Findings, f => f is { Level: CheckLevel.Warning, Subject: "measure" });
        Assert.Contains(result.Findings, f => f is { Level: CheckLevel.Error, Message: "nothing limits y: no constraint uses it and its box is open" });
        Assert.Contains(result.Findings, f => f is { Level: CheckLevel.Warning, Message: "no constraint uses c" });
        Assert.DoesNotContain(result.Findings, f => f.Message.Contains("limits z", StringComparison.Ordinal));
    }

    [Fact]
    public void A_check_can_be_cancelled() => Assert.Throws<OperationCanceledException>(
        () => ProblemCheck.Run(ProblemFile.Parse(SampleFiles.Reach), Key, cancellation: new CancellationToken(true)));

    private sealed class Product(bool wrong) : OpaqueFunction
    {
        public override int Inputs => 2;

        public override int Outputs => 1;

        public override bool HasDerivative => true;

        public override void Evaluate(ReadOnlySpan<double> x, Span<double> values) => values[0] = x[0] * x[1];

        public override void VectorJacobian(ReadOnlySpan<double> x, ReadOnlySpan<double> seeds, Span<double> gradient) =>
            (gradient[0], gradient[1]) = (seeds[0] * x[1], seeds[0] * (wrong ? -x[0] : x[0]));
    }

    private sealed class Throwing : OpaqueFunction
    {
        public override int Inputs => 1;

        public override int Outputs => 1;

        public override void Evaluate(ReadOnlySpan<double> x, Span<double> values) => throw new InvalidOperationException("no license");
    }
}
