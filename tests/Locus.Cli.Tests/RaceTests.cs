using Locus.Race;

namespace Locus.Cli.Tests;

/// <summary>The side of Locus in bench/race answers what the race asks.</summary>
public class RaceTests
{
    [Fact]
    public void Every_kind_of_work_is_answered()
    {
        using var stable = new Stable();
        Assert.StartsWith("Locus ", stable.Run(new Order { Work = "machine" }).Side, StringComparison.Ordinal);
        foreach (var order in new[]
        {
            new Order { Work = "peak" }, new Order { Work = "training", Batch = 64, Width = 16, Threads = 2 }, new Order { Work = "sampling", Width = 16, Count = 70 },
            new Order { Work = "update", Problem = "gmm-9", Batch = 64, Steps = 3 },
        })
        {
            var answer = stable.Run(order with { Seconds = 0.005 });
            Assert.True(answer.Flops > 0 && answer.Seconds >= answer.Best && answer.Best > 0, answer.ToString());
            // The same work in another turn, of another length, goes on where it was.
            Assert.Equal(answer.Flops, stable.Run(order with { Seconds = 0.001 }).Flops);
        }
        Assert.True(stable.Run(new Order { Work = "search", Problem = "gmm-9", Recipe = "tb-expl-ls", Batch = 64, Steps = 3, Seconds = 0.005 }).Seconds > 0);
        Assert.Contains("sampling, update and search", stable.Run(new Order { Work = "swimming" }).Mistake, StringComparison.Ordinal);
        foreach (var order in new[] { new Order { Work = "update", Problem = "three-rings" }, new Order { Work = "update", Recipe = "locus" } }) Assert.Throws<LocusException>(() => stable.Run(order));
    }
}
