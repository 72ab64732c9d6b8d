using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Kernels;

public sealed class PathKernelTests
{
    private const float Clip = 0.05f;

    private delegate void MixPath(Block t, Block x, Block e);

    private delegate void LossPath(in PathLoss factors, Block t, Block x, Block f, Block slope, Block gradient, Block parts);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Mixing_follows_the_path_with_the_same_bits_on_every_width(int dimension)
    {
        var plain = Mixed(PathKernel.Mix<Lanes1>, dimension);
        foreach (var path in new MixPath[] { PathKernel.Mix<Lanes8>, PathKernel.Mix<Lanes16>, PathKernel.Mix }) Assert.Equal(plain, Mixed(path, dimension));
        var (t, x, e, _) = Blocks(dimension);
        for (var i = 0; i < plain.Length; i++)
        {
            double time = t[0][i % Block.Lanes];
            Assert.Equal(time * x.Values[i] + (1 - time) * e.Values[i], plain[i], 1e-6);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void The_loss_has_its_derivative_and_parts_with_the_same_bits_on_every_width(int dimension)
    {
        var factors = new PathLoss(0.7f, 1.3f, Clip);
        var (gradient, parts) = Losses(PathKernel.Loss<Lanes1>, factors, dimension);
        foreach (var path in new LossPath[] { PathKernel.Loss<Lanes8>, PathKernel.Loss<Lanes16>, PathKernel.Loss })
        {
            var (again, partsAgain) = Losses(path, factors, dimension);
            Assert.Equal(gradient, again);
            Assert.Equal(parts, partsAgain);
        }
        var (t, x, f, slope) = Blocks(dimension);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var inverse = 1 / Math.Pow(Math.Max(1 - t[0][lane], Clip), 2);
            var square = 0.0;
            for (var d = 0; d < dimension; d++)
            {
                var error = (double)f[d][lane] - x[d][lane];
                square += error * error;
                var expected = inverse * (2 * factors.Velocity * error + factors.Constraint * slope[d][lane]);
                Assert.Equal(expected, gradient[d * Block.Lanes + lane], 1e-5 * inverse);
            }
            Assert.Equal(inverse, parts[lane], 1e-4 * inverse);
            Assert.Equal(square, parts[Block.Lanes + lane], 1e-5 * (1 + square));
        }
    }

    private static float[] Mixed(MixPath path, int dimension)
    {
        var (t, x, e, _) = Blocks(dimension);
        path(t, x, e);
        return e.Values.ToArray();
    }

    private static (float[] Gradient, float[] Parts) Losses(LossPath path, PathLoss factors, int dimension)
    {
        var (t, x, f, slope) = Blocks(dimension);
        var arena = new Arena((dimension + 2) * Block.Lanes);
        var (gradient, parts) = (arena.Rows(dimension), arena.Rows(2));
        path(factors, t, x, f, slope, gradient, parts);
        return (gradient.Values.ToArray(), parts.Values.ToArray());
    }

    /// <summary>Times with both ends and the clip among them, and three blocks of normal numbers.</summary>
    private static (Block T, Block X, Block E, Block Slope) Blocks(int dimension)
    {
        var arena = new Arena((3 * dimension + 1) * Block.Lanes);
        var (t, x, e, slope) = (arena.Rows(1), arena.Rows(dimension), arena.Rows(dimension), arena.Rows(dimension));
        Draws.Uniform(Key.Seed(1), 0, 0, t);
        (t[0][0], t[0][1], t[0][2]) = (0, 1, 0.96f);
        Draws.Normal(Key.Seed(2), 0, 0, x);
        Draws.Normal(Key.Seed(3), 0, 0, e);
        Draws.Normal(Key.Seed(4), 0, 0, slope);
        return (t, x, e, slope);
    }
}
