using Locus.Problems;

namespace Locus.Tests.Diagnostics;

/// <summary>The energy distance as plain loops over all pairs, in double.</summary>
internal static class EnergyTwin
{
    public static double Of(Points x, Points y) => Math.Sqrt(Math.Max(0, 2 * MeanDistance(x, y) - MeanDistance(x, x) - MeanDistance(y, y)));

    private static double MeanDistance(Points x, Points y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Count; i++)
        {
            for (var j = 0; j < y.Count; j++)
            {
                var square = 0.0;
                for (var d = 0; d < x.Dimension; d++)
                {
                    var difference = x[i][d] - y[j][d];
                    square += difference * difference;
                }
                sum += Math.Sqrt(square);
            }
        }
        return sum / ((double)x.Count * y.Count);
    }
}
