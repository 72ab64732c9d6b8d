using Locus.Engine.Kernels;

namespace Locus.Diagnostics.Transport;

/// <summary>
/// Maximum mean discrepancy, MMD = sqrt(E k(x, x') + E k(y, y') - 2 E k(x, y)) with k(x, y) = exp(-|x - y|^2 / (2 h^2)) (Gretton et al., "A kernel two-sample test", JMLR 13 (2012)). The means are over all pairs,
/// those of a point with itself included: the biased V-statistic, never negative. h is the median distance between two different points of both sets together.
/// </summary>
internal static class MeanDiscrepancy
{
    private const int Digit = 16, Values = 1 << Digit;

    /// <summary>MMD from squared distances.</summary>
    /// <param name="xx">Within the first set [N, N].</param>
    /// <param name="yy">Within the second [N', N'].</param>
    /// <param name="xy">Between them [N, N'].</param>
    public static double Of(SquaredDistances xx, SquaredDistances yy, SquaredDistances xy)
    {
        var median = Median(xx, yy, xy);
        // Where more than half of the points are one point, any width shows what the others do.
        var rate = median > 0 ? 1 / (2 * median) : 1;
        return Math.Sqrt(Math.Max(0, Within(xx, rate) + Within(yy, rate) - 2 * Between(xy, rate)));
    }

    /// <summary>The median of the squared distances of different points: the smallest of which no fewer than half are as small. NaN where there are none.</summary>
    public static double Median(SquaredDistances xx, SquaredDistances yy, SquaredDistances xy)
    {
        long Pairs(int count) => (long)count * (count - 1) / 2;
        // The bits of numbers that are not negative rise with them: four digits are found one after the other.
        var (rank, found, counts) = ((Pairs(xx.Rows) + Pairs(yy.Rows) + (long)xy.Rows * xy.Columns - 1) / 2, 0L, new long[Values]);
        for (var shift = 64 - Digit; shift >= 0; shift -= Digit)
        {
            Array.Clear(counts);
            for (var i = 0; i < xx.Rows; i++) Count(xx[i][(i + 1)..]);
            for (var i = 0; i < yy.Rows; i++) Count(yy[i][(i + 1)..]);
            Count(xy.Values);
            var digit = 0;
            for (; digit < Values - 1 && rank >= counts[digit]; digit++) rank -= counts[digit];
            found = found << Digit | (long)digit;

            void Count(ReadOnlySpan<double> values)
            {
                foreach (var value in values)
                {
                    var bits = BitConverter.DoubleToInt64Bits(value) >> shift;
                    if (bits >> Digit == found) counts[bits & (Values - 1)]++;
                }
            }
        }
        return BitConverter.Int64BitsToDouble(found);
    }

    private static double Within(SquaredDistances distances, double rate)
    {
        double n = distances.Rows, sum = 0;
        for (var i = 0; i < distances.Rows; i++) sum += Sum(distances[i][(i + 1)..], rate);
        return (2 * sum + n) / (n * n);
    }

    private static double Between(SquaredDistances distances, double rate)
    {
        var sum = 0.0;
        for (var i = 0; i < distances.Rows; i++) sum += Sum(distances[i], rate);
        return sum / ((double)distances.Rows * distances.Columns);
    }

    private static double Sum(ReadOnlySpan<double> squares, double rate)
    {
        var sum = 0.0;
        foreach (var square in squares) sum += ElementaryDouble.Exp(-rate * square);
        return sum;
    }
}
