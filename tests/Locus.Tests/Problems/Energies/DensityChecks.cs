using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Tests.Problems.Energies;

/// <summary>A density by code against a plain twin of it, its own differences, and its other precision.</summary>
internal static class DensityChecks
{
    /// <summary>64 points x ~ N(0, width^2 I) by the block in single precision, one by one in double precision, and by the twin.</summary>
    /// <param name="density">Without parameters.</param>
    /// <param name="twin">log R, plainly; null where only the two precisions are compared.</param>
    /// <param name="width">Deviation of the points.</param>
    /// <param name="error">Largest relative error in single precision.</param>
    public static void Agree(Density density, Func<double[], double>? twin, double width, double error)
    {
        var d = density.Dimension;
        var arena = new Arena((1 + 2 * d + density.ScratchRows) * Block.Lanes);
        var (x, values) = (arena.Rows(d), arena.Rows(1 + d));
        Draws.Normal(Key.Seed(5), 0, 0, x);
        foreach (ref var value in x.Values) value *= (float)width;
        density.Run(x, default, values, arena.Rows(density.ScratchRows));
        var (scratch, score) = (new double[density.ScratchNumbers], new double[d]);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            double[] point = [.. Enumerable.Range(0, d).Select(i => (double)x[i][lane])];
            var log = density.Log(point, [], score, scratch);
            Assert.Equal(log, density.Log(point, [], [], scratch));
            if (twin is not null) Assert.Equal(twin(point), log, 1e-11 * (1 + Math.Abs(log)));
            Assert.Equal(log, values[0][lane], error * (1 + Math.Abs(log)));
            var largest = score.Max(Math.Abs);
            for (var i = 0; i < d; i++) Assert.Equal(score[i], values[1 + i][lane], error * (1 + largest));
        }
    }

    /// <summary>The score against central differences of step 1e-5 at a few points; for a smooth density of order 1000 these are right to 1e-7 of the largest entry.</summary>
    public static void ScoreIsTheGradient(Density density, double width, int coordinates = 8)
    {
        const double h = 1e-5;
        var (d, scratch, score) = (density.Dimension, new double[density.ScratchNumbers], new double[density.Dimension]);
        for (var n = 0UL; n < 5; n++)
        {
            double[] x = [.. Enumerable.Range(0, d).Select(i => width * Draws.Normal(Key.Seed(6), n, (uint)i))];
            _ = density.Log(x, [], score, scratch);
            var largest = score.Max(Math.Abs);
            for (var j = 0; j < Math.Min(d, coordinates); j++)
            {
                var (i, at) = (j * (d / Math.Min(d, coordinates)), x[j * (d / Math.Min(d, coordinates))]);
                x[i] = at + h;
                var above = density.Log(x, [], [], scratch);
                x[i] = at - h;
                var below = density.Log(x, [], [], scratch);
                x[i] = at;
                Assert.Equal((above - below) / (2 * h), score[i], 1e-6 * (1 + largest));
            }
        }
    }
}
