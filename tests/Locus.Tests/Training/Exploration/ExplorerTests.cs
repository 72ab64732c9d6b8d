using Locus.Problems;
using Locus.Training;
using static Locus.Expressions.Functions;
using static Locus.Tests.Training.ExploredSets;

namespace Locus.Tests.Training;

/// <summary>Pools are uniform wherever a set lies and whatever its units are, the same bits for any number of threads, and what cannot be explored is said.</summary>
public sealed class ExplorerTests
{
    public static readonly Problem[] Kinds =
    [
        Problem.Define("disk", 2, x => [Norm(x) <= 1]),
        Problem.Define("circle", 2, x => [Norm(x) == 1]),
        Problem.Define("shell", 16, x => [Norm(x) <= 1, Norm(x) >= 0.98]),
        Problem.Define("parts", 2, x => [Any(Norm([x[0] + 2, x[1]]) <= 0.5, All(x[0] == 1, Abs(x[1]) <= 1))], measure: Measure.Component),
        Problem.Define("tilted", 2, x => [Norm(x) == 1], energy: x => -3 * x[0]),
    ];

    public static TheoryData<string> Names => [.. Kinds.Select(problem => problem.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pools_and_what_is_known_of_them_are_the_same_for_any_number_of_threads(string name)
    {
        var problem = Kinds.Single(kind => kind.Name == name);
        var (points, facts) = Known(problem, 1);
        foreach (var threads in new[] { 2, 3 })
        {
            var (others, known) = Known(problem, threads);
            Assert.Equal(points.Values, others.Values);
            Assert.Equal(facts.ComponentShares, known.ComponentShares);
            Assert.Equal((facts.NeighborShare, facts.Settled, facts.EffectiveSize), (known.NeighborShare, known.Settled, known.EffectiveSize));
        }
    }

    [Theory]
    [InlineData(1e-6, 1e6, true)]
    [InlineData(1e6, 1e-6, true)]
    [InlineData(1e3, 1, true)]
    [InlineData(1e3, 1, false)]
    [InlineData(1e4, 1e-2, false)]
    public void Units_change_nothing_but_the_surface_measure(double first, double second, bool boxed)
    {
        // An ellipse in the user's units: by its own length x0 / first is cos of an angle whose density is its speed.
        Variable[] box = boxed ? [new("x", -2 * first, 2 * first), new("y", -2 * second, 2 * second)] : [new("x"), new("y")];
        var problem = Problem.Define("ellipse", box, [], (x, _) => [Norm([x[0] / first, x[1] / second]) == 1], Measure.Surface);
        var (_, points) = Of(problem);
        var (length, squares) = (0.0, 0.0);
        for (var i = 0; i < 100_000; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * (i + 0.5) / 100_000);
            var speed = Math.Sqrt(first * first * sin * sin + second * second * cos * cos);
            (length, squares) = (length + speed, squares + speed * cos * cos);
        }
        HasMean(points, x => x[0] / first * (x[0] / first), squares / length);
        HasMean(points, x => x[0] / first, 0);
        HasMean(points, x => x[1] / second, 0);
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e6)]
    public void A_set_with_volume_has_no_preferred_unit(double unit)
    {
        // A quarter of an elliptic disk.
        var (pool, points) = Of(Problem.Define("quarter", 2, x => [Norm([x[0] / unit, x[1]]) <= 1, x[0] >= 0, x[1] >= 0]));
        Assert.Equal(ExplorationMethod.Rejection, pool.Method);
        HasMean(points, x => x[0] / unit, 4 / (3 * Math.PI));
        HasMean(points, x => x[1], 4 / (3 * Math.PI));
    }

    [Fact]
    public void A_box_may_lie_far_from_the_origin()
    {
        Variable[] variables = [new("x", 1e6 - 2, 1e6 + 2), new("y", -1e6 - 2, -1e6 + 2)];
        var (_, disk) = Of(Problem.Define("far-disk", variables, [], (x, _) => [Norm([x[0] - 1e6, x[1] + 1e6]) <= 1]));
        HasMean(disk, x => Square(x[0] - 1e6, x[1] + 1e6), 0.5);
        HasMean(disk, x => x[0] - 1e6, 0);
        var (_, circle) = Of(Problem.Define("far-circle", variables, [], (x, _) => [Norm([x[0] - 1e6, x[1] + 1e6]) == 1]));
        HasMean(circle, x => Square(x[0] - 1e6, x[1] + 1e6), 1);
        HasMean(circle, x => (x[0] - 1e6) * (x[0] - 1e6), 0.5);
    }

    [Fact]
    public void Without_a_box_sets_are_found_where_they_are()
    {
        var (_, points) = Of(Problem.Define("two", 2, x => [Any(Norm([x[0] - 30, x[1]]) <= 1, Norm([x[0] + 30, x[1] - 5]) <= 2)]));
        // The larger one has 4/5.
        HasMean(points, x => x[0] < 0 ? 1 : 0, 0.8);
    }

    [Fact]
    public void Parts_of_several_dimensions_count_alike_by_component()
    {
        var problem = Problem.Define(
            "parts", 3, x => [Any(Norm([x[0] + 2, x[1], x[2]]) <= 0.5, All(x[0] == 1, Norm([x[1], x[2]]) <= 1), All(x[0] == 3, x[1] == 0, Abs(x[2]) <= 0.1))],
            measure: Measure.Component);
        var facts = Facts(problem);
        Assert.Equal((3, true), (facts.Components, facts.Settled));
        foreach (var share in facts.ComponentShares) Assert.InRange(share, 1 / 3.0 - 0.03, 1 / 3.0 + 0.03);
    }

    [Fact]
    public void A_conditional_set_is_uniform_for_each_condition_and_over_conditions()
    {
        var (_, points) = Of(Problem.Define(
            "circles", [new Variable("x", -3, 3), new("y", -3, 3)], [new Parameter("radius", 0.5, 2.5)], (x, c) => [Norm(x) == c[0]], measure: Measure.Surface));
        // By length a circle counts by its radius, so that r^2 is uniform: its mean over radii is that of 0.25 and 6.25.
        HasMean(points, x => x[2] * x[2], 3.25);
        for (var i = 0; i < points.Count; i++) Assert.Equal(points[i][2], Math.Sqrt(Square(points[i][0], points[i][1])), 1e-7);
        HasMean(points, x => x[0] / x[2], 0);
    }

    [Fact]
    public void What_blocks_a_set_is_named_with_the_place()
    {
        var error = Assert.Throws<TrainingException>(() => Of(Problem.Define("empty", [new Variable("a", -1, 1), new("b", -1, 1)], [], (x, _) => [x[0] + x[1] <= 5, Norm(x) >= 3])));
        Assert.Contains("norm", error.Message, StringComparison.Ordinal);
        // In a corner of the box: 3 - sqrt(2).
        Assert.Contains("1.59", error.Message, StringComparison.Ordinal);
        Assert.Matches("a = -?1, b = -?1", error.Message);
    }

    [Theory]
    [InlineData("line")]
    [InlineData("half-space")]
    public void A_set_without_end_is_named_with_its_variables(string name)
    {
        var problem = name switch
        {
            "line" => Problem.Define(name, [new Variable("a"), new("b"), new("c", -1, 1)], [], (x, _) => [x[0] == x[1]]),
            _ => Problem.Define(name, [new Variable("a"), new("b"), new("c", -1, 1)], [], (x, _) => [x[0] <= x[1]]),
        };
        var error = Assert.Throws<TrainingException>(() => Of(problem));
        Assert.Contains("no end of", error.Message, StringComparison.Ordinal);
        Assert.Contains(" a, b", error.Message, StringComparison.Ordinal);
    }

    private static double Square(double x, double y) => x * x + y * y;
}
