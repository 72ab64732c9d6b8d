using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Tests.Kernels;

namespace Locus.Engine.Tests.Networks;

public sealed class PositionEmbeddingTests
{
    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 1, 3 }, { 2, 2 }, { 5, 3 }, { 10, 1 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Features_are_the_sines_and_cosines_of_their_octaves(int frequencies, int dimension)
    {
        var position = new PositionEmbedding(frequencies);
        var (z, features) = Filled(position, dimension);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var expected = MlpTwin.Position(position, Nets.Lane(z, lane));
            Assert.Equal(expected.Length, features.Rows);
            // 2^k z / 4 turns are exact in float, so what is left is the error of sine and cosine themselves.
            for (var row = 0; row < expected.Length; row++) Assert.Equal(expected[row], features[row][lane], 3e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_width_gives_the_same_bits(int frequencies, int dimension)
    {
        var position = new PositionEmbedding(frequencies);
        var (z, chosen) = Filled(position, dimension);
        var arena = new Arena(3 * chosen.Rows * Block.Lanes);
        Block plain = arena.Rows(chosen.Rows), eight = arena.Rows(chosen.Rows), sixteen = arena.Rows(chosen.Rows);
        position.Fill<Lanes1>(z, plain);
        position.Fill<Lanes8>(z, eight);
        position.Fill<Lanes16>(z, sixteen);
        foreach (var wide in new[] { eight, sixteen, chosen }) Lanewise.SameBits("feature", plain.Values.ToArray(), plain.Values.ToArray(), wide.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Features_move_as_central_differences_say(int frequencies, int dimension)
    {
        const double step = 1e-6;
        var position = new PositionEmbedding(frequencies);
        var (z, features) = Filled(position, dimension);
        var arena = new Arena((2 * dimension + features.Rows) * Block.Lanes);
        Block direction = arena.Rows(dimension), image = arena.Rows(dimension + features.Rows);
        Draws.Normal(Key.Seed(5), 0, 0, direction);
        position.Tangent(features, direction, image);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            double[] x = Nets.Lane(z, lane), v = Nets.Lane(direction, lane);
            double[] above = MlpTwin.Position(position, [.. x.Zip(v, (x, v) => x + step * v)]), below = MlpTwin.Position(position, [.. x.Zip(v, (x, v) => x - step * v)]);
            for (var d = 0; d < dimension; d++) Assert.Equal(direction[d][lane], image[d][lane]);
            for (var row = 0; row < features.Rows; row++)
            {
                // The derivative is of the size 2^k pi/2 |v|; float knows it to 3e-7 of that, the differences to (2^k pi/2 |v| step)^2 / 6.
                var size = Math.Pow(2, row / 2 / dimension) * Math.PI / 2 * Math.Abs(v[row / 2 % dimension]);
                Assert.Equal((above[row] - below[row]) / (2 * step), image[dimension + row][lane], 1e-9 + size * (4e-7 + size * size * step * step));
            }
        }
    }

    [Fact]
    public void Without_frequencies_there_is_nothing()
    {
        Assert.Equal(0, default(PositionEmbedding).Rows(3));
        var shape = new MlpShape(3, 0, [5], ActivationKind.Silu, default, false);
        Assert.Equal((0, 0), (shape.PositionFeatures, new MlpWorkspace(shape, training: true).PositionFeatures.Rows));
    }

    private static (Block Position, Block Features) Filled(PositionEmbedding position, int dimension)
    {
        var arena = new Arena((dimension + position.Rows(dimension)) * Block.Lanes);
        Block z = arena.Rows(dimension), features = arena.Rows(position.Rows(dimension));
        Draws.Normal(Key.Seed(4), 0, 0, z);
        (z[0][0], z[0][1], z[0][2], z[0][3], z[0][4]) = (0, 1, -1, 2, -50.3f);
        position.Fill(z, features);
        return (z, features);
    }
}
