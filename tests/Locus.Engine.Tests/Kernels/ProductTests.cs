using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Kernels;

public sealed unsafe class ProductTests
{
    private delegate void Path(in Factors factors);

    public static TheoryData<int, int> Sizes()
    {
        var sizes = new TheoryData<int, int>();
        foreach (var rows in new[] { 1, 2, 3, 5, 6, 7, 8, 11, 12, 13, 15, 16, 17, 63, 64, 65, 128, 130 })
            foreach (var columns in new[] { 1, 2, 3, 7, 15, 16, 17, 63, 64, 65, 128 }) sizes.Add(rows, columns);
        // And some that nobody chose.
        for (var i = 0UL; i < 30; i++) sizes.Add(1 + Draws.Below(Key.Seed(9), i, 0, 200), 1 + Draws.Below(Key.Seed(9), i, 1, 200));
        return sizes;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void All_paths_give_the_bits_of_the_plain_twin(int rows, int columns)
    {
        foreach (var transposed in new[] { false, true })
            foreach (var (withBias, add) in new[] { (false, false), (true, false), (false, true) })
                foreach (var width in new[] { 16, 32, 48, 64 })
                {
                    var plain = Run(Product.RunPlain, rows, columns, transposed, withBias, add, width);
                    Assert.Equal(plain, Run(Run512, rows, columns, transposed, withBias, add, width));
                    Assert.Equal(plain, Run(Run256, rows, columns, transposed, withBias, add, width));
                    Assert.Equal(plain, Run(RunWidest, rows, columns, transposed, withBias, add, width));
                }
    }

    [Theory]
    [InlineData(257, 300)]
    [InlineData(300, 128)]
    [InlineData(1024, 129)]
    public void Wide_layers_whose_weights_are_packed_keep_the_bits(int rows, int columns)
    {
        foreach (var (withBias, add) in new[] { (false, false), (true, false), (false, true) })
            Assert.Equal(Run(Product.RunPlain, rows, columns, true, withBias, add, 64), Run(RunWidest, rows, columns, true, withBias, add, 64));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Rows_are_finished_once_each(int rows, int columns)
    {
        float[] weights = Vector(rows * columns, "weights"), bias = Vector(rows, "bias");
        var arena = new Arena((columns + 5 * rows) * Block.Lanes);
        Block x = arena.Rows(columns), y = arena.Rows(rows), slopes = arena.Rows(rows), expected = arena.Rows(rows), expectedSlopes = arena.Rows(rows);
        Draws.Normal(Key.Seed(2), 0, 0, x);
        Dense.Forward(weights, bias, x, expected);
        ActivationKernel.Forward<TanhActivation>(expected, expectedSlopes);
        Dense.Forward<TanhActivation>(weights, bias, x, y);
        Assert.Equal(expected.Values, y.Values);
        Dense.Forward<TanhActivation>(weights, bias, x, y, slopes);
        Assert.Equal(expected.Values, y.Values);
        Assert.Equal(expectedSlopes.Values, slopes.Values);
        fixed (float* w = weights, b = bias, px = x, py = y)
        {
            Product.Run256(new Factors { A = w, RowStride = columns, ColumnStride = 1, Bias = b, X = px, Y = py, Rows = rows, Columns = columns }, new Activated<TanhActivation>(null));
            Assert.Equal(expected.Values, y.Values);
        }

        // Backward: the same sizes, the weights read the other way.
        Dense.Backward(weights, y, x);
        var plain = x.Values.ToArray();
        var factors = new Arena(columns * Block.Lanes).Rows(columns);
        Draws.Normal(Key.Seed(3), 0, 0, factors);
        Dense.Backward(weights, y, x, factors);
        for (var i = 0; i < plain.Length; i++) Assert.Equal(plain[i] * factors.Values[i], x.Values[i]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_tangent_is_the_product_without_the_bias_and_may_be_of_the_first_inputs_alone(int rows, int columns)
    {
        var weights = Vector(rows * columns, "weights");
        var arena = new Arena((columns + 4 * rows) * Block.Lanes);
        Block x = arena.Rows(columns), y = arena.Rows(rows), slopes = arena.Rows(rows), multiplied = arena.Rows(rows), expected = arena.Rows(rows);
        Draws.Normal(Key.Seed(2), 0, 0, x);
        Draws.Normal(Key.Seed(3), 0, 0, slopes);
        var first = (columns + 1) / 2;
        Dense.Tangent(weights, x.Slice(0, first), y);
        Dense.Tangent(weights, x.Slice(0, first), multiplied, slopes);
        // The others stand still: the same as if they moved by nothing.
        x.Slice(first, columns - first).Values.Clear();
        Dense.Forward(weights, new float[rows], x, expected);
        Assert.Equal(expected.Values, y.Values);
        for (var i = 0; i < rows * Block.Lanes; i++) Assert.Equal(expected.Values[i] * slopes.Values[i], multiplied.Values[i]);
    }

    [Fact]
    public void The_plain_twin_agrees_with_the_definition_in_double()
    {
        var arena = new Arena(20 * Block.Lanes);
        var (x, y) = (arena.Rows(7), arena.Rows(5));
        var weights = Vector(35, "weights");
        var bias = Vector(5, "bias");
        Draws.Normal(Key.Seed(1), 0, 0, x);
        Dense.Forward(weights, bias, x, y);
        for (var r = 0; r < 5; r++)
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                double sum = bias[r];
                for (var k = 0; k < 7; k++) sum += (double)weights[r * 7 + k] * x[k][lane];
                Assert.Equal(sum, y[r][lane], 5e-6);
            }
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var arena = new Arena(20 * Block.Lanes);
        var (x, y) = (arena.Rows(3), arena.Rows(2));
        Assert.Throws<ArgumentException>(() => Dense.Forward(new float[5], new float[2], x, y));
        Assert.Throws<ArgumentException>(() => Dense.Forward(new float[6], new float[3], x, y));
        Assert.Throws<ArgumentException>(() => Dense.Backward(new float[7], y, x));
        Assert.Throws<ArgumentException>(() => Dense.Backward(new float[6], y, x, y));
        Assert.Throws<ArgumentException>(() => Dense.Tangent(new float[7], x, y));
        Assert.Throws<ArgumentException>(() => Dense.Tangent(new float[4], x, y));
        Assert.Throws<ArgumentException>(() => Dense.Tangent(new float[6], x, y, x));
        Assert.Throws<ArgumentException>(() => Dense.Forward<Relu>(new float[6], new float[2], x, y, x));
        Assert.Throws<ArgumentException>(() => Dense.Gradient(y, x, new float[6], new float[1], add: true));
    }

    internal static float[] Vector(int count, string purpose) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(2 * Draws.Uniform(Key.Seed(5).Fold(purpose), (ulong)i, 0) - 1))];

    private static void Run512(in Factors factors) => Product.Run512(factors, default(Unfinished));

    private static void Run256(in Factors factors) => Product.Run256(factors, default(Unfinished));

    private static void RunWidest(in Factors factors) => Product.Run(factors, default(Unfinished));

    /// <summary>Y with rows of 70 floats, of which <paramref name="width"/> are the product's and the others must stay as they are.</summary>
    private static float[] Run(Path path, int rows, int columns, bool transposed, bool withBias, bool add, int width)
    {
        const int Stride = 70;
        var x = new Arena(columns * Block.Lanes).Rows(columns);
        Draws.Normal(Key.Seed(2), 0, 0, x);
        var y = Vector(rows * Stride, "start");
        fixed (float* a = Vector(rows * columns, "weights"), b = Vector(rows, "bias"), start = y, px = x)
            path(new Factors
            {
                A = a, RowStride = transposed ? 1 : columns, ColumnStride = transposed ? rows : 1, Bias = withBias ? b : null, Add = add, X = px, Y = start, YStride = Stride, Rows = rows,
                Columns = columns, Width = width,
            });
        return y;
    }
}
