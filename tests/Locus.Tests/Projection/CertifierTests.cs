using Locus.Engine.Programs;
using Locus.Engine.Workers;
using Locus.Expressions;
using Locus.Problems;
using Locus.Projection;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Projection;

public sealed class CertifierTests
{
    private static readonly Problem Disk = Define(x => [Norm(x) <= 1]);
    private static readonly Problem Circle = Define(x => [Square(x[0]) + Square(x[1]) == 1]);

    [Fact]
    public void A_point_that_satisfies_all_inequalities_is_inside_also_on_the_edge()
    {
        var square = new Certifier(Define(x => [Abs(x[0]) <= 1, Abs(x[1]) <= 0.5]));
        Assert.Equal(new PointCertificate(Certificate.Inside, 0), square.Check([0.3, -0.2]));
        Assert.Equal(Certificate.Inside, square.Check([1, 0.5]).Verdict);
        Assert.Equal(Certificate.Outside, square.Check([1.5, 0]).Verdict);
        Assert.Equal(Certificate.Near, square.Check([Math.BitIncrement(1), 0]).Verdict);
    }

    [Fact]
    public void A_point_on_a_curved_edge_to_rounding_is_near_by_a_true_point_beside_it()
    {
        var certifier = new Certifier(Disk);
        for (var i = 0; i < 200; i++)
        {
            var (x, y) = (Math.Cos(0.1 * i), Math.Sin(0.1 * i));
            var certificate = certifier.Check([x, y]);
            Assert.True(certificate.Verdict is Certificate.Inside or Certificate.Near, certifier.Explain([x, y]));
            // A thousandth of the radius inward.
            Assert.InRange(certificate.Distance, 0, certifier.Reach[0] / 500);
        }
    }

    [Fact]
    public void A_point_in_a_corner_of_inequalities_is_near()
    {
        var wedge = new Certifier(Define(x => [Norm(x) <= 1, 0.1 * x[0] + 0.3 * x[1] <= 0.03, Norm(x - (double[])[0.5, 0]) >= 0.25]));
        // Where the circle about (0.5, 0) meets the line, to rounding.
        var corner = Solve([0.3, 0], x => 0.1 * x[0] + 0.3 * x[1] - 0.03, x => Norm(x - (double[])[0.5, 0]) - 0.25);
        Assert.Equal(Certificate.Near, wedge.Check(corner).Verdict);
    }

    [Fact]
    public void A_root_beside_the_point_is_proven_and_its_distance_bounded()
    {
        var certifier = new Certifier(Circle);
        foreach (var off in new[] { 0, 1e-15, 1e-12, -1e-10, 9e-10 })
        {
            var (x, y) = (0.6 * (1 + off), 0.8 * (1 + off));
            var certificate = certifier.Check([x, y]);
            Assert.Equal(Certificate.Near, certificate.Verdict);
            Assert.InRange(certificate.Distance, Math.Abs(off) - 2e-16, 1.01 * Math.Abs(off) + 1e-15);
        }
        Assert.Equal(Certificate.Outside, certifier.Check([0.6001, 0.8]).Verdict);
        Assert.Equal(new PointCertificate(Certificate.Inside, 0), certifier.Check([1, 0]));
    }

    [Fact]
    public void Inequalities_have_to_hold_on_the_whole_enclosure_of_the_root()
    {
        var half = new Certifier(Define(x => [Norm(x) == 1, x[0] <= 0.6]));
        Assert.Equal(Certificate.Near, half.Check([0.5, Math.Sqrt(0.75)]).Verdict);
        Assert.Equal(Certificate.Outside, half.Check([0.8, 0.6]).Verdict);
        // At the end of the arc a point a little further along serves.
        Assert.Equal(Certificate.Near, half.Check([0.6, 0.8]).Verdict);
        Assert.Equal(Certificate.Near, half.Check([0.6 + 1e-13, 0.8]).Verdict);
    }

    [Fact]
    public void Coordinates_at_an_end_of_their_box_are_held_there()
    {
        var simplex = new Certifier(Problem.Define("simplex", 3, x => [Sum(x) == 1], 0, 1));
        double[][] points = [[0, 0.3, 0.7], [0.1, 0.2, 0.7], [0, 1, 0], [1e-17, 0.6, 0.4], [-1e-17, 0.1, 0.9], [0, 0.1 + 0.2, 0.7]];
        Assert.All(points, x => Assert.True(simplex.Check(x).Verdict is Certificate.Inside or Certificate.Near, simplex.Explain(x)));
        Assert.Equal(Certificate.Outside, simplex.Check([-1e-6, 0.5, 0.500001]).Verdict);
        var cut = new Certifier(Problem.Define("cut", [new Variable("x", -1, 0.6), new Variable("y", -2, 2)], x => [Norm(x) == 1]));
        Assert.Equal(Certificate.Near, cut.Check([0.6, 0.8]).Verdict);
        Assert.Equal(Certificate.Near, cut.Check([Math.BitIncrement(0.6), 0.8]).Verdict);
        Assert.Equal(Certificate.Outside, cut.Check([0.7, Math.Sqrt(0.51)]).Verdict);
    }

    [Fact]
    public void One_member_of_a_union_is_enough()
    {
        var union = new Certifier(Define(x => [Any(Norm(x) <= 0.5, All(Norm(x) == 1, x[0] >= 0), All(x[1] == 2, Any(x[0] <= -1, x[0] >= 1)))]));
        Assert.Equal(Certificate.Inside, union.Check([0.1, 0]).Verdict);
        Assert.Equal(Certificate.Near, union.Check([0.6, 0.8]).Verdict);
        Assert.Equal(Certificate.Outside, union.Check([-0.6, 0.8]).Verdict);
        Assert.Equal(Certificate.Inside, union.Check([3, 2]).Verdict);
        Assert.Equal(Certificate.Outside, union.Check([0.5, 2]).Verdict);
    }

    [Fact]
    public void Equalities_that_are_the_same_count_once_and_dependent_ones_prove_nothing()
    {
        var twice = new Certifier(Define(x => [Norm(x) == 1, Norm(x) == 1, 1 == Norm(x), Square(x[0]) >= 0]));
        Assert.Equal(Certificate.Near, twice.Check([0.6, 0.8]).Verdict);
        var dependent = new Certifier(Define(x => [Norm(x) == 1, Square(Norm(x)) == 1]));
        Assert.Equal(Certificate.Undecided, dependent.Check([0.6, 0.8]).Verdict);
        Assert.Contains("depends on those of the equalities before", dependent.Explain([0.6, 0.8]), StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_are_part_of_the_set()
    {
        var problem = Problem.Define("circle", Variable.Vector("x", 2, -4, 4), [new Parameter("r", 0.5, 2)], (x, c) => [Norm(x) == c[0]]);
        var certifier = new Certifier(problem);
        Assert.Equal(Certificate.Near, certifier.Check([1.2, 1.6], [2]).Verdict);
        Assert.Equal(Certificate.Outside, certifier.Check([1.2, 1.6], [1.9]).Verdict);
        using var team = new Team(1);
        Points points = new([1.2, 1.6, 0.6, 0.8], 2);
        Assert.Equal([Certificate.Near, Certificate.Outside], certifier.Check(points, new Points([2], 1), team).Select(c => c.Verdict));
        Assert.Equal([Certificate.Near, Certificate.Near], certifier.Check(points, new Points([2, 1], 1), team).Select(c => c.Verdict));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_proves_nothing(double value)
    {
        foreach (var problem in new[] { Disk, Circle, Define(x => [x[0] <= 1]), Define(x => [0 * x[1] <= 1, x[0] == 0]) })
        {
            var certificate = new Certifier(problem).Check([0, value]);
            Assert.Equal((Certificate.Undecided, double.NaN), (certificate.Verdict, certificate.Distance));
            Assert.Equal(Certificate.Undecided, new Certifier(problem).Check([value, value]).Verdict);
        }
    }

    [Fact]
    public void Nothing_is_proven_with_a_function_of_the_user()
    {
        var certifier = new Certifier(Define(x => [Call(new Sum2(), x)[0] <= 1]));
        Assert.Equal(Certificate.Undecided, certifier.Check([0, 0]).Verdict);
        Assert.Contains("has no value, or none that can be bounded", certifier.Explain([0, 0]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_radius_is_relative_to_the_region_and_can_be_chosen()
    {
        Assert.Equal([4e-9, 4e-9], new Certifier(Circle).Reach);
        // A millionth is near in a coordinate of a thousand million, and far in one of 1.
        var mixed = new Certifier(Problem.Define("mixed", [new Variable("modulus", 0, 1e9), new Variable("width", 0, 1)], x => [x[0] + 1e9 * x[1] == 1e9]));
        Assert.Equal([1, 1e-9], mixed.Reach);
        Assert.Equal(Certificate.Near, mixed.Check([5e8 + 0.5, 0.5]).Verdict);
        Assert.Equal(Certificate.Outside, mixed.Check([5e8, 0.500001]).Verdict);
        var coarse = new Certifier(Circle, new CertificateOptions { Radius = 1e-3 });
        Assert.Equal(Certificate.Near, coarse.Check([0.6006, 0.8008]).Verdict);
        Assert.Equal(Certificate.Outside, new Certifier(Circle, new CertificateOptions { Radius = 1e-14 }).Check([0.6 + 1e-13, 0.8]).Verdict);
    }

    [Fact]
    public void Certificates_are_the_same_for_any_number_of_threads()
    {
        Points points = new(1000, 2);
        var random = new Random(8);
        for (var i = 0; i < points.Values.Length; i++) points.Values[i] = 1.5 * random.NextDouble();
        for (var i = 0; i < points.Count; i += 2)
        {
            var angle = 6 * random.NextDouble();
            (points.Row(i)[0], points.Row(i)[1]) = (Math.Cos(angle), Math.Sin(angle));
        }
        var certifier = new Certifier(Circle);
        var single = Enumerable.Range(0, points.Count).Select(i => certifier.Check(points[i])).ToArray();
        foreach (var threads in new[] { 1, 2, 5 })
        {
            using var team = new Team(threads);
            Assert.Equal(single, certifier.Check(points, null, team));
        }
        Assert.Equal(500, single.Count(c => c.Verdict == Certificate.Near));
    }

    [Fact]
    public void Wrong_sizes_and_options_are_told_with_all_that_is_wrong()
    {
        var certifier = new Certifier(Circle);
        using var team = new Team(1);
        var error = Assert.Throws<LocusException>(() => certifier.Check(new Points(3, 3), new Points(2, 1), team));
        Assert.Equal(
            "certifying points: the points have 3 coordinates, 'trial' has 2; 1 parameters are given, 'trial' has 0; give those that the points were drawn for; "
            + "there are 3 points and 2 sets of parameters; give one for each, or one for all", error.Message);
        Assert.Throws<LocusException>(() => certifier.Check([1]));
        Assert.Throws<LocusException>(() => certifier.Explain([1, 2], [3]));
        error = Assert.Throws<LocusException>(() => new Certifier(Circle, new CertificateOptions { Radius = 0 }));
        Assert.Contains("radius", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Throws<OperationCanceledException>(() => certifier.Check(new Points(100, 2), null, team, new CancellationToken(true)));
    }

    [Fact]
    public void Too_many_unions_of_equalities_are_refused_and_unions_of_inequalities_are_not()
    {
        Constraint[] Choices(Vector x, Func<int, Constraint> other) => [.. Enumerable.Range(0, 12).Select(i => Any(x[0] <= i, other(i)))];
        Assert.Equal(Certificate.Inside, new Certifier(Define(x => Choices(x, i => x[1] <= i))).Check([0, 0]).Verdict);
        var error = Assert.Throws<LocusException>(() => new Certifier(Define(x => Choices(x, i => x[1] == i))));
        Assert.Contains("more than 1024", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verdict_is_explained_by_the_constraint_that_decides_it()
    {
        Explains("inside: the point satisfies every constraint", Disk, 0, 0);
        Explains("near: a point that satisfies every constraint lies within 1", Circle, 0.6, 0.8);
        Explains("outside: 'norm(x) <= 1' is violated: what has to be at most 0 lies in [1, 1]", Disk, 2, 0);
        Explains("outside: 'x[0]^2 + x[1]^2 == 1' has no root within 1E-09 of the size of the region", Circle, 2, 0);
        Explains("outside: x[0] lies in [3, 3], which is not all in its box [-2, 2]", Problem.Define("box", 2, x => [x[0] <= 5], -2, 2), 3, 0);
        Explains("undecided: the gradient of 'x[0]^2 == 1E-300' is zero or not finite", Define(x => [Square(x[0]) == 1e-300]), 0, 0);
        Explains("undecided: the derivatives of 'x[0]^2 == 0' vary too much", Define(x => [Square(x[0]) == 0]), 1e-12, 0);
        Explains("undecided: the derivatives of 'abs(x[0]) == 0' vary too much", Define(x => [Abs(x[0]) == 0]), 1e-12, 0);
        Explains("undecided: 'norm(x) <= 0' is too close to call", Define(x => [Norm(x) <= 0, Norm(x - (double[])[1, 0]) <= 1]), 1e-300, 0);
        Explains("undecided: 'log(x[0]) == 0' has no value", Define(x => [Log(x[0]) == 0]), -1, 0);
        Explains("undecided: a coordinate or a parameter is not a finite number", Disk, double.NaN, 0);

        static void Explains(string expected, Problem problem, double x, double y) =>
            Assert.StartsWith(expected, new Certifier(problem).Explain([x, y]), StringComparison.Ordinal);
    }

    private static Problem Define(Func<Vector, Constraint[]> constraints) => Problem.Define("trial", 2, constraints);

    /// <summary>Newton's method in two unknowns.</summary>
    private static double[] Solve(double[] x, params Func<Vector, Expr>[] h)
    {
        var variables = Vector.Variables(2);
        for (var round = 0; round < 20; round++)
        {
            var (f, g) = (h[0](variables), h[1](variables));
            var (a, b) = (Derivatives.Gradient(f, variables), Derivatives.Gradient(g, variables));
            var matrix = a.Concat(b).Select(e => e.Evaluate(x, [])).ToArray();
            var (u, v) = (f.Evaluate(x, []), g.Evaluate(x, []));
            var determinant = matrix[0] * matrix[3] - matrix[1] * matrix[2];
            x = [x[0] - (matrix[3] * u - matrix[1] * v) / determinant, x[1] - (matrix[0] * v - matrix[2] * u) / determinant];
        }
        return x;
    }

    private sealed class Sum2 : OpaqueFunction
    {
        public override int Inputs => 2;

        public override int Outputs => 1;

        public override void Evaluate(ReadOnlySpan<double> x, Span<double> values) => values[0] = x[0] + x[1];
    }
}
