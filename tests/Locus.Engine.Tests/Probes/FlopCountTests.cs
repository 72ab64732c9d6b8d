using Locus.Engine.Networks;
using Locus.Engine.Probes;

namespace Locus.Engine.Tests.Probes;

public sealed class FlopCountTests
{
    [Theory]
    [InlineData(2, 0, new[] { 128, 128, 128, 128 }, TimeEmbeddingKind.Raw)]
    [InlineData(3, 2, new[] { 7, 4 }, TimeEmbeddingKind.Fourier)]
    [InlineData(1, 0, new[] { 5 }, TimeEmbeddingKind.Raw)]
    public void A_training_sample_is_what_counting_every_multiply_add_gives(int dimension, int conditions, int[] hidden, TimeEmbeddingKind time)
    {
        var shape = new MlpShape(dimension, conditions, hidden, ActivationKind.Silu, new TimeEmbedding(time, 3), residual: false);
        var (forward, all) = (0L, 0L);
        for (var layer = 0; layer < shape.Layers; layer++)
            for (var row = 0; row < shape.Outputs(layer); row++)
                for (var column = 0; column < shape.Inputs(layer); column++)
                {
                    // y[row] += w x[column]; dw += dy[row] x[column]; and, where somebody wants it, dx[column] += w dy[row].
                    forward += 2;
                    all += layer == 0 ? 4 : 6;
                }
        Assert.Equal(forward, shape.FlopsPerSample);
        Assert.Equal(all, FlopCount.Training(shape));
    }

    [Fact]
    public void A_layer_on_a_block_is_counted_for_all_lanes() => Assert.Equal(2 * 3 * 5 * 64, FlopCount.Block(3, 5));
}
