using System.Runtime.Intrinsics;
using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

public sealed class LaneSystemTests
{
    private delegate void Path(Vector512<double>[] a, int m, int n, Vector512<double>[] g, Vector512<double>[] x);

    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 1, 5 }, { 2, 3 }, { 4, 4 }, { 5, 9 }, { 8, 8 }, { 13, 20 }, { 49, 50 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void All_widths_give_the_same_bits_and_solve_the_system(int m, int n)
    {
        var a = Numbers(m * n, 1);
        // Far from singular, so that residuals are small.
        for (var i = 0; i < m; i++) a[i * n + i] += Vector512.Create((double)n);
        var b = Numbers(m, 2);
        var x = Run(a, b, n, Wide);
        Assert.Equal(x, Run(a, b, n, Lanes<DoubleLanes1>));
        Assert.Equal(x, Run(a, b, n, Lanes<DoubleLanes4>));
        Assert.Equal(x, Run(a, b, n, Lanes<DoubleLanes8>));
        for (var lane = 0; lane < LaneSystem.Lanes; lane++)
        {
            for (var i = 0; i < m; i++)
            {
                var sum = 0.0;
                for (var j = 0; j < m; j++)
                {
                    for (var k = 0; k < n; k++) sum += a[i * n + k][lane] * a[j * n + k][lane] * x[j][lane];
                }

                // Residuals of Cholesky's method are a few ulp of sum |g_ij x_j|, which is of order M N here.
                Assert.Equal(b[i][lane], sum, 1e-13 * m * n);
            }
        }
    }

    [Fact]
    public void Columns_are_multiplied_as_well_as_rows()
    {
        const int m = 6, n = 9;
        var a = Numbers(m * n, 3);
        var g = new Vector512<double>[LaneSystem.Packed(n)];
        LaneSystem.Gram(a, n, m, 1, n, g);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = Vector512<double>.Zero;
                for (var k = 0; k < m; k++) sum = Vector512.FusedMultiplyAdd(a[k * n + i], a[k * n + j], sum);
                Assert.Equal(sum, g[LaneSystem.Packed(i) + j]);
            }
        }
    }

    [Fact]
    public void An_unknown_that_depends_on_others_becomes_0()
    {
        Vector512<double>[] g = [Vector512.Create(1.0), Vector512.Create(1.0), Vector512.Create([1, 1, 5, 1, 1, 1, 1, 1.0])];
        Vector512<double>[] x = [Vector512.Create(2.0), Vector512.Create(2.0)];
        LaneSystem.Factor(g, 2, 1e-15);
        LaneSystem.Solve(g, 2, x);
        Assert.Equal(Vector512.Create(2.0), x[0]);
        Assert.Equal(Vector512<double>.Zero, x[1]);
    }

    [Fact]
    public void Memory_that_is_too_small_is_refused()
    {
        var (a, g) = (new Vector512<double>[6], new Vector512<double>[3]);
        Assert.Throws<ArgumentException>(() => LaneSystem.Gram(a, 2, 4, 4, 1, g));
        Assert.Throws<ArgumentException>(() => LaneSystem.Gram(a, 3, 2, 2, 1, g));
        Assert.Throws<ArgumentException>(() => LaneSystem.Factor(g, 3, 0));
        Assert.Throws<ArgumentException>(() => LaneSystem.Solve(a, 3, new Vector512<double>[2]));
    }

    private static Vector512<double>[] Run(Vector512<double>[] a, Vector512<double>[] b, int n, Path path)
    {
        var (m, x) = (b.Length, (Vector512<double>[])b.Clone());
        path(a, m, n, new Vector512<double>[LaneSystem.Packed(m)], x);
        return x;
    }

    private static void Wide(Vector512<double>[] a, int m, int n, Vector512<double>[] g, Vector512<double>[] x)
    {
        LaneSystem.Gram(a, m, n, n, 1, g);
        LaneSystem.Factor(g, m, 0);
        LaneSystem.Solve(g, m, x);
    }

    private static void Lanes<T>(Vector512<double>[] a, int m, int n, Vector512<double>[] g, Vector512<double>[] x)
        where T : struct, IArithmeticLanes<T, double>
    {
        LaneSystem.Gram<T>(a, m, n, n, 1, g);
        LaneSystem.Factor<T>(g, m, 0);
        LaneSystem.Solve<T>(g, m, x);
    }

    private static Vector512<double>[] Numbers(int count, int seed)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Vector512.Create([.. Enumerable.Range(0, LaneSystem.Lanes).Select(_ => random.NextDouble() * 2 - 1)]))];
    }
}
