namespace Locus.Training;

/// <summary>How far charts are to reach.</summary>
internal static class ChartRadii
{
    // Every so many charts one is a scout.
    private const int PerScout = 256;
    private static readonly double[] ScoutReaches = [4, 16, 64];

    /// <summary>
    /// Radii at which charts overlap alike everywhere, however unevenly they lie: the median, over a chart and its nearest, of the distance to the last of their nearest.
    /// The median keeps a chart that lies alone from reaching across a gap.
    /// </summary>
    /// <param name="charts">At least one; those that are there several times follow each other.</param>
    /// <param name="neighbors">How many other charts of the same kind count as nearest.</param>
    /// <param name="threads">Threads to use.</param>
    public static double[] Of(IReadOnlyList<Chart> charts, int neighbors, int threads)
    {
        var places = new int[charts.Count];
        List<Chart> distinct = [charts[0]];
        for (var i = 1; i < charts.Count; i++)
        {
            if (!ReferenceEquals(charts[i], charts[i - 1])) distinct.Add(charts[i]);
            places[i] = distinct.Count - 1;
        }
        var index = Chart.Index(distinct);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var nearest = new int[distinct.Count][];
        var distances = new double[distinct.Count];
        Parallel.For(0, distinct.Count, options, i =>
        {
            var squares = new float[neighbors + 1];
            index.Nearest(distinct[i].Center, distinct[i].Normals, -1, nearest[i] = new int[neighbors + 1], squares);
            distances[i] = Math.Sqrt(squares.Last(float.IsFinite));
        });
        // Charts on top of each other differ by rounding alone; one that is the only one reaches as far as a set in its box does.
        var smallest = index.Extent > 0 ? 1e-6 * index.Extent : 1;
        var radii = new double[distinct.Count];
        Parallel.For(0, distinct.Count, options, i =>
        {
            double[] own = [.. nearest[i].Where(j => j >= 0).Select(j => distances[j])];
            Array.Sort(own);
            radii[i] = Math.Max(smallest, own[own.Length / 2]);
        });
        return [.. places.Select(place => radii[place])];
    }

    /// <summary>The same radii with a few that are much larger: scouts, whose draws lie where no chart has been.</summary>
    public static double[] WithScouts(IReadOnlyList<double> radii) =>
        [.. radii.Select((r, i) => i % PerScout == 0 ? r * ScoutReaches[i / PerScout % ScoutReaches.Length] : r)];
}
