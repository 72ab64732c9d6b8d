using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>
/// How far two laws are apart, from samples: ED = sqrt(2 E|X-Y| - E|X-X'| - E|Y-Y'|) with means over all pairs, the pairs i = i included
/// (the V-statistic: never negative, above zero even for equal laws by the order 1/n). Szekely and Rizzo, "Energy statistics: a class of
/// statistics based on distances", J. Stat. Plan. Inference 143 (2013), section 5. The same statistic of two exact sample sets is
/// its floor, see <see cref="EnergyFloor"/>; without it the number says nothing.
/// </summary>
public static class EnergyDistance
{
    /// <summary>
    /// The energy distance between two sample sets, in the unit of the coordinates; NaN if a coordinate is not a finite number.
    /// Coordinates relative to the first point of <paramref name="y"/> and distances in float, sums in double and in a fixed order: the same
    /// bits for every number of threads.
    /// </summary>
    /// <param name="x">Samples [N, D].</param>
    /// <param name="y">Samples of the law to compare with [N', D]; N' may differ from N.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="variables">
    /// The coordinates, [D]: a periodic one counts as r (cos(x / r), sin(x / r)), r its period over 2 pi, so that distances are measured across its circle; null where none is.
    /// </param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The root of the V-statistic, 0 or more.</returns>
    /// <exception cref="ArgumentException">The sets differ in dimension, one is empty, or there is no thread.</exception>
    public static double Of(Points x, Points y, int threads, IReadOnlyList<Variable>? variables = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Of(x, x.Count, y, y.Count, threads, variables, cancellation);
    }

    /// <summary>The energy distance between the first <paramref name="xCount"/> and the first <paramref name="yCount"/> points of two sets.</summary>
    internal static double Of(Points x, int xCount, Points y, int yCount, int threads, IReadOnlyList<Variable>? variables, CancellationToken cancellation)
    {
        Check(x, xCount, y, yCount, threads, variables);
        if (variables is not null)
        {
            var circles = new Circles(variables);
            (x, y) = (circles.Embedded(x), circles.Embedded(y));
        }
        // Of the law to compare with: samples may hold an outlier, next to which all others would lose their digits.
        var center = y[0];
        PointBlocks a = new(x, xCount, center), b = new(y, yCount, center);
        var between = MeanDistance(a, b, threads, cancellation);
        var within = MeanDistance(a, a, threads, cancellation) + MeanDistance(b, b, threads, cancellation);
        // Rounding alone can bring equal sets a hair below zero.
        return Math.Sqrt(Math.Max(0, 2 * between - within));
    }

    private static double MeanDistance(PointBlocks x, PointBlocks y, int threads, CancellationToken cancellation)
    {
        var symmetric = ReferenceEquals(x, y);
        var rows = new double[x.Groups];
        void Row(int a)
        {
            if (!symmetric)
            {
                for (var b = 0; b < y.Groups; b++) rows[a] += PointBlocks.DistanceSum(x, a, y, b);
                return;
            }
            // |x - x'| = |x' - x|: groups behind this one count twice, this one is complete in itself.
            for (var b = a + 1; b < y.Groups; b++) rows[a] += 2 * PointBlocks.DistanceSum(x, a, y, b);
            rows[a] += PointBlocks.DistanceSum(x, a, y, a);
        }

        Parallel.For(0, x.Groups, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, Row);
        var sum = 0.0;
        foreach (var row in rows) sum += row;
        return sum / ((double)x.Count * y.Count);
    }

    private static void Check(Points x, int xCount, Points y, int yCount, int threads, IReadOnlyList<Variable>? variables)
    {
        List<string> wrong = [];
        if (x.Dimension != y.Dimension) wrong.Add($"the sets have {x.Dimension} and {y.Dimension} coordinates; compare points of the same space");
        if (xCount < 1 || yCount < 1) wrong.Add($"the sets have {xCount} and {yCount} points; each needs at least one");
        if (xCount > x.Count || yCount > y.Count) wrong.Add($"{xCount} and {yCount} points are asked for, the sets have {x.Count} and {y.Count}");
        if (variables is not null && variables.Count != x.Dimension) wrong.Add($"there are {variables.Count} variables for {x.Dimension} coordinates; give one each");
        if (threads < 1) wrong.Add($"threads is {threads}; give at least 1");
        if (wrong.Count > 0) throw new ArgumentException("energy distance: " + string.Join("; ", wrong));
    }
}
