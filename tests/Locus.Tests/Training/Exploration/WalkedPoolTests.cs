using Locus.Problems;
using Locus.Training;
using static Locus.Expressions.Functions;
using static Locus.Tests.Training.ExploredSets;

namespace Locus.Tests.Training;

/// <summary>Sets of many dimensions, and thin ones, are explored by the method that fits them, and their moments are the exact ones.</summary>
public sealed class WalkedPoolTests
{
    [Fact]
    public void A_thin_shell_in_20_dimensions_is_walked()
    {
        var (pool, points) = Of(Problem.Define("shell-20", 20, x => [Norm(x) <= 1, Norm(x) >= 0.98]));
        Assert.Equal((ExplorationMethod.Walks, true), (pool.Method, pool.Settled));
        // With p = 0.98^20, (r^20 - p) / (1 - p) is uniform; each coordinate has the same share of r^2, of mean 20 / 22 (1 - 0.98^22) / (1 - p).
        var p = Math.Pow(0.98, 20);
        HasMean(points, x => (Math.Pow(Square(x), 10) - p) / (1 - p), 0.5);
        HasMean(points, x => x[3], 0);
        HasMean(points, x => x[7] * x[7], 20 / 22.0 * (1 - Math.Pow(0.98, 22)) / (1 - p) / 20);
    }

    [Fact]
    public void A_thin_slab_across_a_cube_of_10_dimensions_is_walked()
    {
        var (pool, points) = Of(Problem.Define("slab", 10, x => [Abs(Sum(x)) <= 1e-5], -1, 1));
        Assert.Equal((ExplorationMethod.Walks, true), (pool.Method, pool.Settled));
        // Uniform across the slab; along it the mean of x0^2 is that of 10 uniform numbers whose sum is 0, by their density: the sum of nine is -x0.
        HasMean(points, x => x.Sum(), 0);
        HasMean(points, x => Math.Pow(x.Sum() / 1e-5, 2), 1 / 3.0);
        var (mass, squares) = (0.0, 0.0);
        for (var i = 0; i < 2000; i++)
        {
            var x = (i + 0.5) / 1000 - 1;
            (mass, squares) = (mass + SumDensity(9, x), squares + x * x * SumDensity(9, x));
        }
        HasMean(points, x => x[0] * x[0], squares / mass);
    }

    [Fact]
    public void A_sphere_in_12_dimensions_is_drawn_from_charts()
    {
        var (pool, points) = Of(Problem.Define("sphere-12", 12, x => [Norm(x) == 1], measure: Measure.Surface));
        Assert.Equal(ExplorationMethod.Atlas, pool.Method);
        // E x^4 = 3 / (D (D + 2)), E x^2 y^2 = 1 / (D (D + 2)).
        HasMean(points, x => x[5], 0);
        HasMean(points, x => Math.Pow(x[5], 4), 3 / 168.0);
        HasMean(points, x => x[2] * x[2] * x[9] * x[9], 1 / 168.0);
    }

    [Fact]
    public void Balls_of_unequal_size_get_their_shares_from_walks_as_well()
    {
        // In 16 dimensions nothing is left for rejection: the larger ball fills 2e-6 of the box around both. The smaller one has 0.8^16 = 0.028 of the other's volume.
        var problem = Problem.Define("balls-16", 16, x => [Any(Norm([x[0] - 2, .. x.Skip(1)]) <= 1, Norm([x[0] + 1, .. x.Skip(1)]) <= 0.8)]);
        var (pool, points) = Of(problem);
        Assert.Equal((ExplorationMethod.Walks, true), (pool.Method, pool.Settled));
        var small = 1 / (1 + Math.Pow(0.8, -16));
        var share = Enumerable.Range(0, points.Count).Count(i => points[i][0] < 0.5) / (double)points.Count;
        Assert.InRange(pool.ShareError, 0, 0.01);
        // Four standard errors, which are said by the pool, and those of counting.
        var error = Math.Sqrt(Math.Pow(pool.ShareError, 2) + small * (1 - small) / points.Count);
        Assert.InRange(share, small - 4 * error, small + 4 * error);
    }

    private static double Square(double[] x) => x.Sum(value => value * value);

    /// <summary>Of n uniform numbers from -1 to 1 the density of the sum (Irwin and Hall), up to a factor.</summary>
    private static double SumDensity(int n, double x)
    {
        var (sum, binomial, y) = (0.0, 1.0, (x + n) / 2);
        for (var k = 0; k <= n; k++)
        {
            if (y > k) sum += (k % 2 == 0 ? 1 : -1) * binomial * Math.Pow(y - k, n - 1);
            binomial *= (n - k) / (k + 1.0);
        }
        return sum;
    }
}
