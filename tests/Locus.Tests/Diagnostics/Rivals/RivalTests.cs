using Locus.Diagnostics;
using Locus.Diagnostics.Rivals;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Diagnostics.Rivals;

public sealed class RivalTests
{
    private const int Keep = 4000;

    public static TheoryData<string> Names => ["rejection", "walk", "descent"];

    [Theory]
    [MemberData(nameof(Names))]
    public void As_many_waves_give_the_same_samples_on_any_number_of_threads(string name)
    {
        var (one, three) = (Run(name, Square.Problem, [], 1), Run(name, Square.Problem, [], 3));

        Assert.Equal(one.Samples, three.Samples);
        Assert.Equal(one.Kept.Values, three.Kept.Values);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Samples_are_of_the_set_of_the_parameters_asked_for(string name)
    {
        var disc = Problem.Define("disc", Variable.Vector("x", 2, -3, 3), [new Parameter("radius", 0.5, 2)], (x, c) => [Norm(x) <= c[0]]);

        var kept = Run(name, disc, [1.25], 2).Kept;

        double[] radii = [.. Enumerable.Range(0, kept.Count).Select(i => Math.Sqrt(kept[i][0] * kept[i][0] + kept[i][1] * kept[i][1]))];
        Assert.Equal(Keep, radii.Length);
        Assert.InRange(radii.Max(), 1.2, 1.25);
        // Of a disc the mean radius is 2/3, with a deviation of 0.24; descents end on the rim.
        if (name == "descent") Assert.InRange(radii.Average(), 1.1, 1.25);
        else Assert.Equal(2 / 3.0 * 1.25, radii.Average(), 4 * 0.24 * 1.25 / Math.Sqrt(1000));
    }

    [Theory]
    [InlineData("rejection")]
    [InlineData("walk")]
    public void Sets_without_a_box_are_found_and_drawn_from_evenly(string name)
    {
        // Far from the origin, where searches begin, and of two parts.
        var far = Problem.Define("far", 2, x => [Any(Norm(x - new[] { 40.0, 0 }) <= 3, Norm(x - new[] { 46.5, 0 }) <= 3)]);

        var rival = Run(name, far, [], 2, waves: 400);

        var kept = rival.Kept;
        Assert.InRange(Slacks.Of(far.Slack, kept, null, 2).Max(), 0, 1e-12);
        var share = Enumerable.Range(0, kept.Count).Count(i => kept[i][0] > 43.25) / (double)kept.Count;
        if (name == "rejection") Assert.Equal(0.5, share, 4 * 0.5 / Math.Sqrt(kept.Count));
        // Chains cross the gap seldom: the worth of their samples says so.
        else Assert.InRange(Math.Abs(share - 0.5), 0, 4 * 0.5 / Math.Sqrt(Math.Min(rival.Samples, kept.Count)) + 0.5);
    }

    [Fact]
    public void Rejection_keeps_the_sides_that_a_problem_has()
    {
        var disk = Problem.Define("disk", [new Variable("x", -10, 10), new("y")], [], (x, _) => [Norm(x) <= 1]);

        var samples = Run("rejection", disk, [], 2).Samples;

        // Of 200 waves of 16384 draws most come after the open sides were found, 1.02 to 1.6 from the middle. A box around what was found would give up to ten times as many.
        var most = 200 * 16384 * Math.PI / 20 / (2 * 1.02);
        Assert.InRange(samples, most / 3, most);
    }

    [Fact]
    public void Rejection_says_why_it_cannot_draw()
    {
        Assert.Null(RejectionRival.WhyNot(Square.Problem));
        Assert.Contains("equality", RejectionRival.WhyNot(Problem.Define("circle", 2, x => [Norm(x) == 1])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_without_end_gives_no_sample()
    {
        var open = Problem.Define("half-plane", 2, x => [x[0] <= 0]);

        Assert.Equal(0, Run("rejection", open, [], 2).Samples);
    }

    internal static Rival Run(string name, Problem problem, double[] conditions, int threads, int waves = 200)
    {
        using var team = new Team(threads);
        Rival rival = name switch
        {
            "rejection" => new RejectionRival(problem, conditions, Keep, Key.Seed(3), threads),
            "walk" => new WalkRival(problem, conditions, Keep, Key.Seed(4), threads),
            _ => new DescentRival(problem, conditions, Keep, Key.Seed(5), threads),
        };
        for (var wave = 0; wave < waves; wave++) rival.Wave(team, default);
        return rival;
    }
}
