using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

public sealed class LaneSystemTests
{
    private delegate void Path(DoubleBlock a, int m, int n, DoubleBlock g, DoubleBlock x, int group);

    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 1, 5 }, { 2, 3 }, { 4, 4 }, { 5, 9 }, { 8, 8 }, { 13, 20 }, { 49, 50 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void All_widths_give_the_same_bits_and_solve_the_system(int m, int n)
    {
        var expected = Run(m, n, Wide);
        Assert.Equal(expected.X, Run(m, n, Lanes<DoubleLanes1>).X);
        Assert.Equal(expected.X, Run(m, n, Lanes<DoubleLanes4>).X);
        Assert.Equal(expected.X, Run(m, n, Lanes<DoubleLanes8>).X);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            for (var i = 0; i < m; i++)
            {
                var sum = 0.0;
                for (var j = 0; j < m; j++) sum += Product(expected.A, i, j, n, lane) * expected.X[j * Block.Lanes + lane];
                // Residuals of Cholesky's method are a few ulp of sum |g_ij x_j|, which is of order M N here.
                Assert.Equal(expected.B[i * Block.Lanes + lane], sum, 1e-13 * m * n);
            }
        }
    }

    [Fact]
    public void Columns_are_multiplied_as_well_as_rows()
    {
        const int m = 6, n = 9;
        var arena = new Arena((m * n + 2 * LaneSystem.PackedRows(n)) * DoubleBlock.FloatsPerRow);
        var (a, g, plain) = (arena.DoubleRows(m * n), arena.DoubleRows(LaneSystem.PackedRows(n)), arena.DoubleRows(LaneSystem.PackedRows(n)));
        Fill(a, 3);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                for (var lane = 0; lane < Block.Lanes; lane++)
                {
                    var sum = 0.0;
                    for (var k = 0; k < m; k++) sum = Math.FusedMultiplyAdd(a[k * n + i][lane], a[k * n + j][lane], sum);
                    plain[i * (i + 1) / 2 + j][lane] = sum;
                }
            }
        }

        for (var group = 0; group < LaneSystem.Groups; group++) LaneSystem.Gram(a, n, m, 1, n, g, group);
        Assert.Equal(plain.Values.ToArray(), g.Values.ToArray());
    }

    [Fact]
    public void An_unknown_that_depends_on_others_becomes_0_and_other_groups_are_left_alone()
    {
        var arena = new Arena(5 * DoubleBlock.FloatsPerRow);
        var (g, x) = (arena.DoubleRows(3), arena.DoubleRows(2));
        g.Values.Fill(1);
        x.Values.Fill(2);
        LaneSystem.Solve(g, 2, x, 1e-15, 1);
        Assert.Equal(2.0, x[0][8]);
        Assert.Equal(0.0, x[1][8]);
        Assert.Equal(2.0, x[1][7]);
        Assert.Equal(2.0, x[1][16]);
    }

    [Fact]
    public void Blocks_that_are_too_small_and_groups_that_are_not_there_are_refused()
    {
        var arena = new Arena(9 * DoubleBlock.FloatsPerRow);
        var (a, g) = (arena.DoubleRows(6), arena.DoubleRows(3));
        Assert.Throws<ArgumentException>(() => LaneSystem.Gram(a, 2, 4, 4, 1, g, 0));
        Assert.Throws<ArgumentException>(() => LaneSystem.Gram(a, 3, 2, 2, 1, g, 0));
        Assert.Throws<ArgumentException>(() => LaneSystem.Solve(g, 3, a, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LaneSystem.Solve(g, 2, a, 0, LaneSystem.Groups));
    }

    private static (double[] A, double[] B, double[] X) Run(int m, int n, Path path)
    {
        var arena = new Arena((m * n + LaneSystem.PackedRows(m) + m) * DoubleBlock.FloatsPerRow);
        var (a, g, x) = (arena.DoubleRows(m * n), arena.DoubleRows(LaneSystem.PackedRows(m)), arena.DoubleRows(m));
        Fill(a, 1);
        // Far from singular, so that residuals are small.
        for (var i = 0; i < m; i++)
        {
            foreach (ref var value in a[i * n + i]) value += n;
        }

        Fill(x, 2);
        var b = x.Values.ToArray();
        for (var group = 0; group < LaneSystem.Groups; group++) path(a, m, n, g, x, group);
        return (a.Values.ToArray(), b, x.Values.ToArray());
    }

    private static void Wide(DoubleBlock a, int m, int n, DoubleBlock g, DoubleBlock x, int group)
    {
        LaneSystem.Gram(a, m, n, n, 1, g, group);
        LaneSystem.Solve(g, m, x, 0, group);
    }

    private static void Lanes<T>(DoubleBlock a, int m, int n, DoubleBlock g, DoubleBlock x, int group)
        where T : struct, IArithmeticLanes<T, double>
    {
        LaneSystem.Gram<T>(a, m, n, n, 1, g, group);
        LaneSystem.Solve<T>(g, m, x, 0, group);
    }

    private static double Product(double[] a, int i, int j, int n, int lane)
    {
        var sum = 0.0;
        for (var k = 0; k < n; k++) sum += a[(i * n + k) * Block.Lanes + lane] * a[(j * n + k) * Block.Lanes + lane];
        return sum;
    }

    private static void Fill(DoubleBlock block, int seed)
    {
        var random = new System.Random(seed);
        foreach (ref var value in block.Values) value = random.NextDouble() * 2 - 1;
    }
}
