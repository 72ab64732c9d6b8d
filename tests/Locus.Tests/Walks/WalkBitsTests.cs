using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;
using static Locus.Tests.Walks.Chains;

namespace Locus.Tests.Walks;

/// <summary>A chain depends on its start, its number and the key alone, and costs no memory.</summary>
public sealed class WalkBitsTests
{
    private const int Count = 300;

    public static TheoryData<string> Names => ["cut-sphere", "mixed", "shapes"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_other_chains_and_breaks_change_nothing(string name)
    {
        using Team one = new(1), three = new(3);
        var whole = Begin(name, Count, 3);
        whole.Run(three, 20, adapts: true);
        whole.Run(three, 20, adapts: false);
        var few = Begin(name, 70, 1);
        for (var i = 0; i < 4; i++) few.Run(one, 5, adapts: true);
        for (var i = 0; i < 20; i++) few.Run(one, 1, adapts: false);
        Assert.Equal(few.Points.Values, whole.Points.Values[..few.Points.Values.Length]);
        Assert.Equal(few.Sizes, whole.Sizes[..70]);
        Assert.Equal(few.Ranks, whole.Ranks.Take(70));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_allocates_nothing(string name)
    {
        using var team = new Team(1);
        var walk = Begin(name, Count, 1);
        walk.Run(team, 2, adapts: true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        walk.Run(team, 20, adapts: true);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_point_is_on_the_set(string name)
    {
        using var team = new Team(2);
        var walk = Begin(name, Count, 2);
        var slack = new double[1];
        var program = Set(Problem(name)).Standard.Slack;
        var moved = 0;
        for (var run = 0; run < 20; run++)
        {
            walk.Run(team, 5, adapts: run < 4);
            for (var i = 0; i < Count; i++)
            {
                program.Run(walk.Points[i], [], slack, new double[program.ScratchRows]);
                // Where no equality holds exactly, elsewhere to the tolerance of projections.
                Assert.InRange(slack[0], 0, walk.Ranks[i] == 0 ? 0 : 1e-10);
                moved += walk.Accepted[i];
            }
        }
        // About three steps in ten.
        Assert.InRange(moved / (100.0 * Count), 0.2, 0.6);
    }

    private static Problem Problem(string name) => name == "cut-sphere" ? WalkedSets.CutSphere : name == "mixed" ? WalkedSets.Mixed : WalkedSets.Shapes;

    private static Walk Begin(string name, int count, int threads)
    {
        double[][] starts = name == "cut-sphere" ? [[0, 0, -1], [0, 1, 0]] : name == "mixed" ? [[-1, 0, 0], [1, 0, 0.5], [0, 1.5, 1]] : [[0.3, 0], [1.2, 0]];
        var set = Set(Problem(name));
        var points = new Points([.. Enumerable.Range(0, count).SelectMany(i => starts[i % starts.Length])], set.Dimension);
        return new Walk(set, Standard(set, points), null, Key.Seed(3), threads, octaves: 2);
    }
}
