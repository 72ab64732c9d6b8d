using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

public sealed unsafe class ElementwiseTests
{
    private delegate void Operation(Block x, Block y);

    private delegate void Values(float* x, float* y, int count);

    [Fact]
    public void Sums_and_products_are_the_floats_next_to_the_true_ones_in_every_width()
    {
        Check((a, b) => a + b, Elementwise.Add, Elementwise.Add<Lanes1>, Elementwise.Add<Lanes8>, Elementwise.Add<Lanes16>);
        Check((a, b) => a * b, Product(Elementwise.Multiply), Product(Elementwise.Multiply<Lanes1>), Product(Elementwise.Multiply<Lanes8>), Product(Elementwise.Multiply<Lanes16>));
    }

    [Theory]
    [InlineData(0.25f, 0.75f)]
    [InlineData(-1.7f, 2.7f)]
    [InlineData(1f, 0.001f)]
    public void A_combination_is_one_fused_step_in_every_width(float a, float b) => Check(
        (z, x) => MathF.FusedMultiplyAdd(b, x, a * z),
        (z, x) => Elementwise.Combine(a, z, b, x), (z, x) => Elementwise.Combine<Lanes1>(a, z, b, x),
        (z, x) => Elementwise.Combine<Lanes8>(a, z, b, x), (z, x) => Elementwise.Combine<Lanes16>(a, z, b, x));

    [Fact]
    public void The_combination_of_nothing_and_all_is_the_second_block_itself()
    {
        var (z, x) = Blocks();
        var expected = x.Values.ToArray();
        Elementwise.Combine(0, z, 1, x);
        Assert.Equal(expected, z.Values.ToArray());
    }

    [Fact]
    public void Cut_values_are_at_the_limit_and_have_no_slope_there_in_every_width()
    {
        Check((z, _) => Math.Clamp(z, -0.5f, 0.5f),
            (z, _) => Elementwise.Clamp(0.5f, z), (z, _) => Elementwise.Clamp<Lanes1>(0.5f, z), (z, _) => Elementwise.Clamp<Lanes8>(0.5f, z), (z, _) => Elementwise.Clamp<Lanes16>(0.5f, z));
        Check((z, x) => Math.Abs(x) < 0.5f ? z : 0,
            (z, x) => Elementwise.ClampBack(0.5f, x, z), (z, x) => Elementwise.ClampBack<Lanes1>(0.5f, x, z), (z, x) => Elementwise.ClampBack<Lanes8>(0.5f, x, z), (z, x) => Elementwise.ClampBack<Lanes16>(0.5f, x, z));
        var block = new Arena(Block.Lanes).Rows(1);
        (block[0][3], block[0][4]) = (float.NaN, float.PositiveInfinity);
        Elementwise.Clamp(2, block);
        Assert.Equal((float.NaN, 2f), (block[0][3], block[0][4]));
    }

    [Fact]
    public void An_inner_product_is_the_sum_over_all_values()
    {
        var (x, y) = Blocks();
        var expected = 0.0;
        for (var i = 0; i < x.Values.Length; i++) expected += (double)x.Values[i] * y.Values[i];
        Assert.Equal(expected, Elementwise.Inner(x, y), 1e-9 * x.Values.Length);
        Assert.Equal(x.Values.ToArray().Sum(value => (double)value), Elementwise.Sum(x), 1e-9 * x.Values.Length);
    }

    [Fact]
    public void A_number_for_each_row_is_added_in_every_width()
    {
        float[] bias = [0.5f, -3f, 1e-3f];
        foreach (Action<Block> add in new Action<Block>[] { x => Elementwise.AddToRows(x, bias), x => Elementwise.AddToRows<Lanes1>(x, bias), x => Elementwise.AddToRows<Lanes8>(x, bias), x => Elementwise.AddToRows<Lanes16>(x, bias) })
        {
            var (x, _) = Blocks();
            var expected = x.Values.ToArray().Select((value, i) => value + bias[i / Block.Lanes]).ToArray();
            add(x);
            Assert.Equal(expected, x.Values.ToArray());
        }
    }

    [Fact]
    public void Blocks_of_unequal_rows_are_refused()
    {
        var arena = new Arena(3 * Block.Lanes);
        var (x, y) = (arena.Rows(2), arena.Rows(1));
        Assert.Throws<ArgumentException>(() => Elementwise.Add(x, y));
        Assert.Throws<ArgumentException>(() => Elementwise.Combine(1, x, 1, y));
        Assert.Throws<ArgumentException>(() => Elementwise.ClampBack(1, x, y));
        Assert.Throws<ArgumentException>(() => Elementwise.AddToRows(x, new float[3]));
    }

    private static Operation Product(Values multiply) => (x, y) =>
    {
        fixed (float* px = x, py = y) multiply(px, py, x.Rows * Block.Lanes);
    };

    private static (Block First, Block Second) Blocks()
    {
        var arena = new Arena(6 * Block.Lanes);
        var (first, second) = (arena.Rows(3), arena.Rows(3));
        ProductTests.Vector(3 * Block.Lanes, "first").CopyTo(first.Values);
        ProductTests.Vector(3 * Block.Lanes, "second").CopyTo(second.Values);
        return (first, second);
    }

    private static void Check(Func<float, float, float> twin, params Operation[] widths)
    {
        foreach (var width in widths)
        {
            var (first, second) = Blocks();
            var expected = first.Values.ToArray().Zip(second.Values.ToArray(), twin).ToArray();
            var untouched = second.Values.ToArray();
            width(first, second);
            Lanewise.SameBits("value", untouched, expected, first.Values.ToArray());
            Assert.Equal(untouched, second.Values.ToArray());
        }
    }
}
