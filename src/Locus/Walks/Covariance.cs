using Locus.Problems;

namespace Locus.Walks;

/// <summary>The shape of points: their covariance, as its Cholesky factor.</summary>
internal static class Covariance
{
    /// <summary>Factors the covariance.</summary>
    /// <param name="points">Points [N, E], N at least 1.</param>
    /// <returns>L [E, E] row by row, lower triangular, L L' the covariance; a column is 0 where points do not differ beyond those before it.</returns>
    public static double[] Factor(Points points)
    {
        var e = points.Dimension;
        var mean = new double[e];
        for (var i = 0; i < points.Count; i++)
            for (var d = 0; d < e; d++) mean[d] += points[i][d] / points.Count;
        var factor = new double[e * e];
        for (var i = 0; i < points.Count; i++)
            for (var d = 0; d < e; d++)
                for (var k = 0; k <= d; k++) factor[d * e + k] += (points[i][d] - mean[d]) * (points[i][k] - mean[k]) / points.Count;
        for (var k = 0; k < e; k++)
        {
            for (var j = 0; j < k; j++) factor[k * e + k] -= factor[k * e + j] * factor[k * e + j];
            var pivot = Math.Sqrt(Math.Max(0, factor[k * e + k]));
            factor[k * e + k] = pivot;
            for (var d = k + 1; d < e; d++)
            {
                for (var j = 0; j < k; j++) factor[d * e + k] -= factor[d * e + j] * factor[k * e + j];
                factor[d * e + k] = pivot > 0 ? factor[d * e + k] / pivot : 0;
            }
        }
        return factor;
    }
}
