namespace Locus.Training;

/// <summary>The connected parts of a set as draws from an atlas show them: charts that reach the same point belong together.</summary>
internal static class ConnectedParts
{
    /// <summary>The weights of draws, changed so that each part has the same sum: 1.</summary>
    /// <param name="draws">Draws from an atlas.</param>
    /// <param name="charts">P, the number of its charts.</param>
    public static double[] Balanced(IReadOnlyList<AtlasDraw> draws, int charts)
    {
        int[] leader = [.. Enumerable.Range(0, charts)];
        foreach (var draw in draws)
            foreach (var j in draw.Reached) leader[Leader(leader, j)] = Leader(leader, draw.Reached[0]);
        var sums = new double[charts];
        foreach (var draw in draws) sums[Leader(leader, draw.Reached[0])] += draw.Weight;
        return [.. draws.Select(draw => draw.Weight / sums[Leader(leader, draw.Reached[0])])];
    }

    // Each step on the way to a leader is halved for those who come later (Tarjan and van Leeuwen 1984).
    private static int Leader(int[] leader, int j)
    {
        while (leader[j] != j) j = leader[j] = leader[leader[j]];
        return j;
    }
}
