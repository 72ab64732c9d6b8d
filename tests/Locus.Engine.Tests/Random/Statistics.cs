using Locus.Engine.Blocks;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Random;

/// <summary>Draws in bulk, and tests of fit with their own thresholds; a correct generator passes each but once in about a million.</summary>
internal static class Statistics
{
    /// <summary>Row-major values [rows, samples] of samples 0 on.</summary>
    public static float[][] Rows(bool normal, Key key, uint draw, int rows, int samples)
    {
        var result = new float[rows][];
        for (var r = 0; r < rows; r++) result[r] = new float[samples];
        var block = new Arena(rows * Block.Lanes).Rows(rows);
        for (var first = 0; first < samples; first += Block.Lanes)
        {
            if (normal) Draws.Normal(key, (ulong)first, draw, block);
            else Draws.Uniform(key, (ulong)first, draw, block);
            for (var r = 0; r < rows; r++) block[r].CopyTo(result[r].AsSpan(first));
        }
        return result;
    }

    /// <summary>Kolmogorov and Smirnov: sqrt(n) times the largest distance exceeds 2.69 with probability 2 exp(-2 2.69^2) = 1e-6.</summary>
    public static void FollowsDistribution(IEnumerable<double> values, Func<double, double> distribution)
    {
        var sorted = values.Order().ToArray();
        var distance = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var f = distribution(sorted[i]);
            distance = Math.Max(distance, Math.Max(f - (double)i / sorted.Length, (i + 1.0) / sorted.Length - f));
        }
        Assert.InRange(Math.Sqrt(sorted.Length) * distance, 0, 2.69);
    }

    /// <summary>
    /// Pearson's chi-square of counts that are all equally likely, held against its 5-sigma quantile (Wilson and Hilferty 1931); cells
    /// must expect at least 20.
    /// </summary>
    public static void EquallyLikely(IReadOnlyList<int> counts)
    {
        double expected = (double)counts.Sum() / counts.Count, degrees = counts.Count - 1;
        Assert.True(expected >= 20, $"{expected} expected per cell is too few");
        var chiSquare = counts.Sum(c => (c - expected) * (c - expected) / expected);
        var spread = 2 / (9 * degrees);
        Assert.InRange(chiSquare, degrees * Math.Pow(1 - spread - 5 * Math.Sqrt(spread), 3), degrees * Math.Pow(1 - spread + 5 * Math.Sqrt(spread), 3));
    }

    /// <summary>Uniforms in pairs: all 16 x 16 cells of the unit square are equally likely.</summary>
    public static void Independent(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var counts = new int[256];
        for (var i = 0; i < a.Length; i++) counts[(int)(a[i] * 16) * 16 + (int)(b[i] * 16)]++;
        EquallyLikely(counts);
    }
}
