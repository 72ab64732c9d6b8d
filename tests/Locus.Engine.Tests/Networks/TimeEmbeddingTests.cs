using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Tests.Kernels;

namespace Locus.Engine.Tests.Networks;

public sealed class TimeEmbeddingTests
{
    public static TheoryData<TimeEmbeddingKind, int> Kinds => new()
    {
        { TimeEmbeddingKind.Raw, 8 }, { TimeEmbeddingKind.Fourier, 1 }, { TimeEmbeddingKind.Fourier, 20 }, { TimeEmbeddingKind.Harmonic, 1 }, { TimeEmbeddingKind.Harmonic, 20 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Features_are_the_sines_and_cosines_of_their_frequencies(TimeEmbeddingKind kind, int frequencies)
    {
        var time = new TimeEmbedding(kind, frequencies);
        var features = Times(time);
        time.Fill(features);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var expected = MlpTwin.Time(time, features[0][lane]);
            Assert.Equal(expected.Length, features.Rows);
            for (var row = 0; row < expected.Length; row++)
            {
                // Octaves are exact in float up to the sine itself; k t is rounded once, which turns the angle by up to 2 pi k 2^-24.
                var bound = kind == TimeEmbeddingKind.Harmonic ? 3e-7 + 2 * Math.PI * ((row + 1) / 2) * Math.Pow(2, -24) : 3e-7;
                Assert.Equal(expected[row], features[row][lane], bound);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_width_gives_the_same_bits(TimeEmbeddingKind kind, int frequencies)
    {
        var time = new TimeEmbedding(kind, frequencies);
        Block plain = Times(time), eight = Times(time), sixteen = Times(time), chosen = Times(time);
        time.Fill<Lanes1>(plain);
        time.Fill<Lanes8>(eight);
        time.Fill<Lanes16>(sixteen);
        time.Fill(chosen);
        foreach (var wide in new[] { eight, sixteen, chosen }) Lanewise.SameBits("feature", plain.Values.ToArray(), plain.Values.ToArray(), wide.Values.ToArray());
    }

    private static Block Times(TimeEmbedding time)
    {
        var block = new Arena(time.Rows * Block.Lanes).Rows(time.Rows);
        Draws.Uniform(Key.Seed(3), 0, 0, block.Slice(0, 1));
        (block[0][0], block[0][1], block[0][2]) = (0, 1, 0.5f);
        return block;
    }
}
