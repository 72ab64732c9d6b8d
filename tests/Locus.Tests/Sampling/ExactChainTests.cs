using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;
using Locus.Sampling;
using Locus.Tests.Walks;
using static Locus.Tests.Walks.Chains;

namespace Locus.Tests.Sampling;

/// <summary>Chains from projected samples; what they do to exact ones is tested on the gallery.</summary>
public sealed class ExactChainTests
{
    private const int Count = 4096;

    [Fact]
    public void Conditions_stay_and_each_sample_becomes_uniform_for_its_own()
    {
        var conditions = Made(Count, 1, (draw, c) => c[0] = 0.5 + draw(0));
        // All at the rim, at one side.
        var starts = new Points([.. conditions.Values.SelectMany(c => new[] { c, 0 })], 2);
        using var team = new Team(2);

        var disks = new ExactChain(WalkedSets.Disks).Run(Projected(WalkedSets.Disks, starts, conditions), conditions, 40, Key.Seed(4), team);

        AssertUniform(Joined(disks.Points, conditions), x => Math.Pow(Norm(x[0], x[1]) / x[2], 2));
        AssertUniform(Joined(disks.Points, conditions), x => Turn(x[1], x[0]));
        Assert.All(disks.Residuals, residual => Assert.InRange(residual, 0, 1e-15));

        starts = new Points([.. conditions.Values.SelectMany(c => new[] { c * c, 0 })], 2);
        var circles = new ExactChain(WalkedSets.Circles).Run(Projected(WalkedSets.Circles, starts, conditions), conditions, 100, Key.Seed(4), team);
        AssertUniform(circles.Points, x => Turn(x[1], x[0]));
        for (var i = 0; i < Count; i++) Assert.Equal(conditions[i][0] * conditions[i][0], Norm(circles.Points[i].ToArray()), 1e-10);
    }

    [Fact]
    public void One_condition_may_stand_for_all()
    {
        var starts = Repeated(Count, 0.7, 0);
        var (one, all) = (Repeated(1, 0.9), Repeated(Count, 0.9));
        using var team = new Team(2);
        var projected = Projected(WalkedSets.Disks, starts, one);
        Assert.Equal(
            new ExactChain(WalkedSets.Disks).Run(projected, all, 5, Key.Seed(4), team).Points.Values,
            new ExactChain(WalkedSets.Disks).Run(projected, one, 5, Key.Seed(4), team).Points.Values);
    }

    [Fact]
    public void A_sample_does_not_depend_on_the_others_or_on_threads()
    {
        var starts = Repeated(200, 0, 0, -1);
        using Team one = new(1), three = new(3);
        var chain = new ExactChain(WalkedSets.CutSphere);
        var all = chain.Run(Projected(WalkedSets.CutSphere, starts), null, 20, Key.Seed(5), three);
        var few = chain.Run(Projected(WalkedSets.CutSphere, Repeated(70, 0, 0, -1)), null, 20, Key.Seed(5), one);
        Assert.Equal(few.Points.Values, all.Points.Values[..few.Points.Values.Length]);
        Assert.Equal(few.Moves, all.Moves.Take(70));
        Assert.Equal(0, all.Still);
    }

    [Fact]
    public void Samples_that_are_not_on_the_set_are_passed_on()
    {
        var points = new Points([1, 0, double.NaN, 0, 0, 1], 2);
        var projected = Projected(WalkedSets.Circle, points);
        using var team = new Team(1);
        var ends = new ExactChain(WalkedSets.Circle).Run(projected, null, 20, Key.Seed(6), team);
        Assert.True(double.IsNaN(ends.Points[1][0]));
        Assert.True(double.IsNaN(ends.Residuals[1]));
        Assert.Equal(0, ends.Moves[1]);
        Assert.InRange(ends.Moves[0], 0.01, 2);
        Assert.InRange(ends.Moves[2], 0.01, 2);
    }

    [Fact]
    public void No_step_changes_nothing()
    {
        var projected = Projected(WalkedSets.CutSphere, Made(100, 3, (draw, x) => (x[0], x[1], x[2]) = (draw(0), draw(1), draw(2))));
        using var team = new Team(1);
        var ends = new ExactChain(WalkedSets.CutSphere).Run(projected, null, 0, Key.Seed(6), team);
        Assert.Equal(projected.Points.Values, ends.Points.Values);
        Assert.Equal(projected.Residuals, ends.Residuals);
        Assert.Equal(100, ends.Still);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_told_all_at_once()
    {
        using var team = new Team(1);
        var projected = Projected(WalkedSets.Circle, Repeated(3, 1, 0));
        var failure = Assert.Throws<LocusException>(() => new ExactChain(WalkedSets.CutSphere).Run(projected, Repeated(2, 1), 1, Key.Seed(1), team));
        Assert.Contains("2 coordinates", failure.Message, StringComparison.Ordinal);
        Assert.Contains("1 parameters", failure.Message, StringComparison.Ordinal);
        Assert.Contains("3 points and 2 sets", failure.Message, StringComparison.Ordinal);
    }

    private static ProjectedPoints Projected(Problem problem, Points points, Points? conditions = null)
    {
        using var team = new Team(1);
        return new Projector(problem).Project(points, conditions, team);
    }

    private static Points Joined(Points points, Points conditions) =>
        new([.. Enumerable.Range(0, points.Count).SelectMany(i => points[i].ToArray().Concat(conditions[i].ToArray()))], points.Dimension + conditions.Dimension);
}
