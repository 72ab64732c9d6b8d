using Locus.Engine.Random;
using Locus.Problems.Energies;
using Locus.Tests.Formats;

namespace Locus.Tests.Problems.Energies;

public sealed class LogGaussianCoxTests
{
    private const string Trees = "\"\",\"x\",\"y\"\n\"1\",0.1,0.1\n\"2\",0.15,0.9\n\"3\",0.99,1\n\"4\",0.12,0.05\n\"5\",0.5,0.5\n";

    // In the coordinates e the density is that of f = L e + mu times det L: N(f; mu, K) and the counts, both by plain elimination.
    [Fact]
    public void It_is_the_process_of_the_log_rates_in_whitened_coordinates()
    {
        const int m = 4, cells = m * m;
        const double variance = 1.3, scale = 0.4;
        using var folder = new TemporaryFolder();
        LogGaussianCox density = new(folder.Write("trees.csv", Trees), m, variance, scale);
        var counts = new double[cells];
        foreach (var (row, column) in new[] { (0, 0), (0, 3), (3, 3), (0, 0), (2, 2) }) counts[row * m + column]++;
        var covariance = new double[cells, cells];
        for (var i = 0; i < cells; i++)
            for (var j = 0; j < cells; j++)
            {
                var (a, b) = (i / m - j / m, i % m - j % m);
                covariance[i, j] = variance * Math.Exp(-Math.Sqrt(a * a + b * b) / (m * scale));
            }
        var mean = Math.Log(5) - variance / 2;
        double Plain(double[] e)
        {
            var f = density.Field(e);
            var (solved, logDeterminant) = Solve(covariance, [.. f.Select(v => v - mean)]);
            var normal = -0.5 * f.Zip(solved, (v, s) => (v - mean) * s).Sum() - 0.5 * logDeterminant - cells / 2.0 * Math.Log(2 * Math.PI);
            var likelihood = f.Zip(counts, (v, y) => y * v - Math.Exp(v) / cells).Sum();
            return normal + likelihood + 0.5 * logDeterminant;
        }
        DensityChecks.Agree(density, Plain, 1, 2e-6);
        DensityChecks.ScoreIsTheGradient(density, 1, 16);
    }

    // 169 coordinates take two panels of the triangle, of which the second is a small one.
    [Fact]
    public void Panels_of_the_triangle_fit_together()
    {
        using var folder = new TemporaryFolder();
        LogGaussianCox density = new(folder.Write("trees.csv", Trees), 13);
        DensityChecks.Agree(density, null, 1, 5e-6);
        DensityChecks.ScoreIsTheGradient(density, 1, 20);
    }

    // Fields of the prior have the covariance that the formula says: 4 deviations of 20,000 draws.
    [Fact]
    public void Fields_of_the_prior_have_its_mean_and_covariance()
    {
        const int m = 3, count = 20_000;
        const double variance = 1.91, scale = 0.5;
        using var folder = new TemporaryFolder();
        LogGaussianCox density = new(folder.Write("trees.csv", Trees), m, variance, scale);
        double mean = 0, square = 0, product = 0;
        for (var i = 0UL; i < count; i++)
        {
            var f = density.Field([.. Enumerable.Range(0, m * m).Select(d => Draws.Normal(Key.Seed(2), i, (uint)d))]);
            var (a, b) = (f[1] - Math.Log(5) + variance / 2, f[6] - Math.Log(5) + variance / 2);
            (mean, square, product) = (mean + a / count, square + a * a / count, product + a * b / count);
        }
        Assert.InRange(mean, -4 * Math.Sqrt(variance / count), 4 * Math.Sqrt(variance / count));
        Assert.InRange(square, variance * (1 - 4 * Math.Sqrt(2.0 / count)), variance * (1 + 4 * Math.Sqrt(2.0 / count)));
        // Cell 1 is (0, 1), cell 6 is (2, 0).
        var covariance = variance * Math.Exp(-Math.Sqrt(5) / (m * scale));
        var error = Math.Sqrt((variance * variance + covariance * covariance) / count);
        Assert.InRange(product, covariance - 4 * error, covariance + 4 * error);
    }

    [Theory]
    [InlineData("x,y\n0.5,0.5\n0.1,1.5\n", 40, 1.91, ", line 3, column 2: the place 1.5 lies outside of the unit square; scale the last two columns of the table to 0..1")]
    [InlineData("0.5\n", 40, 1.91, ", line 1: the row has 1 column; a place has two")]
    [InlineData("x,y\n0.5,0.5\n", 100, -1, "the grid of a Cox process is 100; it has 2 to 64 cells a side\nthe variance of a Cox process is -1; it must be above 0")]
    [InlineData("x,y\n0.5,0.5\n", 4, 1.91, "a covariance matrix is not positive definite: row 2 of 16", 1e18)]
    public void What_does_not_fit_is_told(string content, int grid, double variance, string message, double scale = 0.03)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("trees.csv", content);
        object Make() => new LogGaussianCox(file, grid, variance, scale);
        Assert.Contains(message, Assert.ThrowsAny<LocusException>(Make).Message.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [PublicDataFact("finnish-pines.csv")]
    public void The_pines_give_a_posterior_whose_score_is_the_gradient()
    {
        LogGaussianCox density = new(PublicDataFactAttribute.PathOf("finnish-pines.csv"));
        Assert.Equal(1600, density.Dimension);
        DensityChecks.Agree(density, null, 1, 1e-5);
        DensityChecks.ScoreIsTheGradient(density, 1, 5);
        // mu = log 126 - 1.91 / 2.
        Assert.Equal(3.881282, density.Field(new double[1600])[1599], 1e-6);
    }

    private static (double[] Solution, double LogDeterminant) Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        var (a, x, log) = ((double[,])matrix.Clone(), right.ToArray(), 0.0);
        for (var k = 0; k < n; k++)
        {
            log += Math.Log(a[k, k]);
            for (var i = k + 1; i < n; i++)
            {
                var factor = a[i, k] / a[k, k];
                for (var j = k; j < n; j++) a[i, j] -= factor * a[k, j];
                x[i] -= factor * x[k];
            }
        }
        for (var k = n - 1; k >= 0; k--)
        {
            for (var j = k + 1; j < n; j++) x[k] -= a[k, j] * x[j];
            x[k] /= a[k, k];
        }
        return (x, log);
    }
}
