using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Problems;
using Locus.Projection;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Projection;

/// <summary>The projector as training uses it: in standard coordinates, in place, with little patience.</summary>
public class BlockProjectorTests
{
    private static readonly Problem Problem = Problem.Define(
        "two-circles", Variable.Vector("x", 2, -6, 6), [new("radius", 1, 3)], (x, c) => [Any(Norm(x) == c[0], Norm(x[0] - 4, x[1]) <= 0.5)]);

    [Fact]
    public void Loose_tolerances_save_steps()
    {
        var (exact, loose) = (Run(new ProjectorOptions()), Run(new ProjectorOptions { Tolerance = 1e-2, Polish = 0 }));
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            Assert.InRange(exact.Slack(lane), 0, 1e-14);
            Assert.InRange(loose.Slack(lane), 0, 1e-2);
            Assert.InRange(loose.Steps(lane), 0, exact.Steps(lane));
        }

        Assert.True(Enumerable.Range(0, Block.Lanes).Sum(loose.Steps) < Enumerable.Range(0, Block.Lanes).Sum(exact.Steps));
    }

    [Fact]
    public void Few_steps_end_a_block_and_lanes_without_points_are_left_alone()
    {
        var problem = Problem.Define("no-root", 1, x => [Square(x[0]) + 0.5 == 0], -2, 2);
        var projector = new BlockProjector(problem, Standardization.Of(problem), new ProjectorOptions { MostSteps = 2 });
        var u = new Arena(DoubleBlock.FloatsPerRow).DoubleRows(1);
        u.Values.Fill(1);
        projector.Run(u, default, 10);
        for (var lane = 0; lane < 10; lane++) Assert.Equal((ProjectionOutcome.StepsExhausted, 2), (projector.Outcome(lane), projector.Steps(lane)));
        Assert.All(u.Values[..10].ToArray(), value => Assert.InRange(value, -1, 0.9));
        Assert.All(u.Values[10..].ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        var projector = new BlockProjector(Problem, Standardization.Of(Problem), new ProjectorOptions());
        var (u, c) = Starts();
        var start = u.Values.ToArray();
        for (var i = 0; i < 3; i++) Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5; i++) Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            start.CopyTo(u.Values);
            projector.Run(u, c);
        }
    }

    private static BlockProjector Run(ProjectorOptions options)
    {
        var projector = new BlockProjector(Problem, Standardization.Of(Problem), options);
        var (u, c) = Starts();
        projector.Run(u, c);
        for (var lane = 0; lane < Block.Lanes; lane++) Assert.InRange(projector.Outcome(lane), ProjectionOutcome.OnSet, ProjectionOutcome.Projected);
        return projector;
    }

    // u and c' over their whole ranges.
    private static (DoubleBlock U, DoubleBlock C) Starts()
    {
        var arena = new Arena(3 * DoubleBlock.FloatsPerRow);
        var (u, c) = (arena.DoubleRows(2), arena.DoubleRows(1));
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            for (var d = 0; d < 2; d++) u[d][lane] = 4 * Draws.Uniform(Key.Seed(2), (ulong)lane, (uint)d) - 2;
            c[0][lane] = 2 * Draws.Uniform(Key.Seed(2), (ulong)lane, 2) - 1;
        }

        return (u, c);
    }
}
