using Locus.Problems;

namespace Locus.Diagnostics.Rivals;

/// <summary>Where chains were, at even distances over the whole time: when there are twice as many as needed, every second is dropped.</summary>
/// <param name="keep">Points wanted at most.</param>
/// <param name="dimension">D.</param>
internal sealed class Snapshots(int keep, int dimension)
{
    private readonly List<Points> taken = [];
    private long times;
    private long stride = 1;

    /// <summary>The points wanted, [at most as many, D], the latest first: they are the farthest from where the chains began.</summary>
    public Points Kept
    {
        get
        {
            var rows = new List<double>();
            for (var i = taken.Count - 1; i >= 0 && rows.Count < keep * dimension; i--) rows.AddRange(taken[i].Values);
            return new Points([.. rows.Take(keep * dimension)], dimension);
        }
    }

    /// <summary>A time has come to look at the chains.</summary>
    /// <param name="look">Says where they are, as many each time; called where that is kept.</param>
    public void Add(Func<Points> look)
    {
        if (times++ % stride != 0) return;
        var points = look();
        taken.Add(points);
        if (taken.Count < 2 * (1 + keep / points.Count)) return;
        for (var i = taken.Count - 1; i >= 0; i--)
            if (i % 2 == 1) taken.RemoveAt(i);
        stride *= 2;
    }
}
