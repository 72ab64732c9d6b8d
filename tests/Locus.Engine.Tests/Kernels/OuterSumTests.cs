using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Kernels;

public sealed unsafe class OuterSumTests
{
    private delegate void Path(float* d, float* x, float* weights, float* bias, int rows, int columns, bool add);

    [Theory]
    [MemberData(nameof(ProductTests.Sizes), MemberType = typeof(ProductTests))]
    public void All_paths_give_the_bits_of_the_plain_twin(int rows, int columns)
    {
        foreach (var add in new[] { true, false })
        {
            var plain = Run(OuterSum.RunPlain, rows, columns, add);
            // These two are written in instructions that only some machines have.
            if (Avx512F.IsSupported) Assert.Equal(plain, Run(OuterSum.Run512, rows, columns, add));
            if (Fma.IsSupported) Assert.Equal(plain, Run(OuterSum.Run256, rows, columns, add));
            Assert.Equal(plain, Run(OuterSum.Run, rows, columns, add));
        }
    }

    [Fact]
    public void The_plain_twin_agrees_with_the_definition_in_double()
    {
        const int rows = 3, columns = 5;
        var arena = new Arena((rows + columns) * Block.Lanes);
        var (d, x) = (arena.Rows(rows), arena.Rows(columns));
        Draws.Normal(Key.Seed(3), 0, 0, d);
        Draws.Normal(Key.Seed(4), 0, 0, x);
        var weights = ProductTests.Vector(rows * columns, "start");
        var bias = ProductTests.Vector(rows, "start");
        var (weightsBefore, biasBefore) = (weights.ToArray(), bias.ToArray());
        Dense.Gradient(d, x, weights, bias, add: true);
        for (var r = 0; r < rows; r++)
        {
            var biasSum = (double)biasBefore[r];
            foreach (var value in d[r]) biasSum += value;
            Assert.Equal(biasSum, bias[r], 1e-5);
            for (var c = 0; c < columns; c++)
            {
                var sum = (double)weightsBefore[r * columns + c];
                for (var lane = 0; lane < Block.Lanes; lane++) sum += (double)d[r][lane] * x[c][lane];
                Assert.Equal(sum, weights[r * columns + c], 2e-5);
            }
        }
    }

    private static float[] Run(Path path, int rows, int columns, bool add)
    {
        var arena = new Arena((rows + columns) * Block.Lanes);
        var (d, x) = (arena.Rows(rows), arena.Rows(columns));
        Draws.Normal(Key.Seed(3), 0, 0, d);
        Draws.Normal(Key.Seed(4), 0, 0, x);
        var sums = ProductTests.Vector(rows * columns + rows, "start");
        if (!add) Array.Fill(sums, float.NaN);
        fixed (float* w = sums, from = d, px = x) path(from, px, w, w + rows * columns, rows, columns, add);
        return sums;
    }
}
