using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Engine.Tests.Kernels;

namespace Locus.Engine.Tests.Random;

public sealed class DrawsTests
{
    private const int Samples = 64 * 2048;
    private static readonly Key Stream = Key.Seed(11);

    [Fact]
    public void Uniforms_are_multiples_of_2_to_the_minus_24_in_the_unit_interval()
    {
        foreach (var value in Statistics.Rows(false, Stream, 0, 1, Samples)[0])
        {
            Assert.InRange(value, 0f, 1f - 1f / (1 << 24));
            Assert.Equal(MathF.Floor(value * (1 << 24)), value * (1 << 24));
        }
    }

    [Fact]
    public void Uniforms_are_uniform_in_every_row()
    {
        foreach (var row in Statistics.Rows(false, Stream, 1, 5, Samples)) Statistics.FollowsDistribution(row.Select(x => (double)x), x => x);
    }

    [Fact]
    public void Normals_are_normal_in_every_row()
    {
        foreach (var row in Statistics.Rows(true, Stream, 2, 5, Samples))
            Statistics.FollowsDistribution(row.Select(x => (double)x), x => 0.5 * (1 + ErrorFunctionSeries.Erf(x / Math.Sqrt(2))));
    }

    [Fact]
    public void Normals_have_the_moments_of_the_normal_distribution()
    {
        // The standard deviations of the first four sample moments are 1, sqrt 2, sqrt 15 and sqrt 96 over sqrt n; five of them are allowed.
        var values = Statistics.Rows(true, Stream, 3, 8, Samples).SelectMany(r => r).Select(x => (double)x).ToArray();
        var unit = 5 / Math.Sqrt(values.Length);
        Assert.Equal(0, values.Average(), unit);
        Assert.Equal(1, values.Average(x => x * x), unit * Math.Sqrt(2));
        Assert.Equal(0, values.Average(x => x * x * x), unit * Math.Sqrt(15));
        Assert.Equal(3, values.Average(x => x * x * x * x), unit * Math.Sqrt(96));
        // P(|x| > 4) = 6.3342e-5.
        var (far, expected) = (values.Count(x => Math.Abs(x) > 4), values.Length * 6.3342e-5);
        Assert.InRange(far, expected - 5 * Math.Sqrt(expected), expected + 5 * Math.Sqrt(expected));
    }

    [Fact]
    public unsafe void The_extreme_words_give_finite_normals()
    {
        var words = stackalloc float[4 * Block.Lanes];
        foreach (var (a, b) in new (uint, uint)[] { (0, 0), (0, uint.MaxValue), (uint.MaxValue, 0), (uint.MaxValue, uint.MaxValue), (1, 1) })
        {
            for (var i = 0; i < 4 * Block.Lanes; i++) ((uint*)words)[i] = i / Block.Lanes % 2 == 0 ? a : b;
            Draws.Map<ToNormal, Lanes16>(words);
            for (var i = 0; i < 4 * Block.Lanes; i++) Assert.InRange(words[i], -6.67f, 6.67f);
        }
    }

    [Fact]
    public unsafe void Every_width_makes_the_same_numbers_of_the_same_words()
    {
        for (var sample = 0UL; sample < 64 * 256; sample += 64)
        {
            var words = new float[4 * Block.Lanes];
            fixed (float* p = words) Philox.Fill(Stream, 0, 9, sample, (uint*)p);
            var plain = Mapped<Lanes1>(words);
            Lanewise.SameBits("normal", plain, plain, Mapped<Lanes8>(words));
            Lanewise.SameBits("normal", plain, plain, Mapped<Lanes16>(words));
        }

        static float[] Mapped<T>(float[] words)
            where T : struct, ILanes<T>
        {
            var copy = (float[])words.Clone();
            fixed (float* p = copy) Draws.Map<ToNormal, T>(p);
            return copy;
        }
    }

    [Fact]
    public void Rows_lanes_draws_and_keys_are_independent()
    {
        var rows = Statistics.Rows(false, Stream, 4, 6, Samples);
        for (var r = 0; r < 5; r++) Statistics.Independent(rows[r], rows[r + 1]);
        Statistics.Independent(rows[0], rows[4]);
        Statistics.Independent(rows[0].AsSpan(1), rows[0].AsSpan(0, Samples - 1));
        Statistics.Independent(rows[0].AsSpan(64), rows[0].AsSpan(0, Samples - 64));
        Statistics.Independent(rows[0], Statistics.Rows(false, Stream, 5, 1, Samples)[0]);
        Statistics.Independent(rows[0], Statistics.Rows(false, Key.Seed(12), 4, 1, Samples)[0]);
        Statistics.Independent(rows[0], Statistics.Rows(false, Stream.Fold("other"), 4, 1, Samples)[0]);
    }

    [Fact]
    public void Pairs_of_normals_are_uncorrelated_as_are_their_squares()
    {
        var rows = Statistics.Rows(true, Stream, 6, 4, Samples);
        for (var a = 0; a < 4; a++)
        {
            for (var b = 0; b < a; b++)
            {
                var (product, squares) = (0.0, 0.0);
                for (var i = 0; i < Samples; i++)
                {
                    var (x, y) = ((double)rows[a][i], (double)rows[b][i]);
                    product += x * y;
                    squares += (x * x - 1) * (y * y - 1);
                }
                // Standard deviations: sqrt n for the products, 2 sqrt n for the squares.
                Assert.Equal(0, product / Math.Sqrt(Samples), 5.0);
                Assert.Equal(0, squares / Math.Sqrt(Samples), 10.0);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sample_is_the_same_in_whatever_block_and_number_of_rows_it_is_drawn(bool normal)
    {
        var reference = Drawn(normal, 1000, 9);
        foreach (var (first, rows) in new[] { (1000UL, 1), (1000UL, 3), (1000UL, 6), (1005UL, 9), (1063UL, 7), (937UL, 2) })
        {
            var other = Drawn(normal, first, rows);
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                var there = (long)first + lane - 1000;
                if (there is < 0 or >= Block.Lanes) continue;
                for (var row = 0; row < rows; row++) Assert.Equal(reference[row][(int)there], other[row][lane]);
            }
        }
    }

    [Fact]
    public void A_block_without_rows_is_left_alone() => Draws.Normal(Stream, 0, 0, new Arena(0).Rows(0));

    // Frozen results: a change of any bit changes every trained network, so it must be seen.
    [Fact]
    public void The_numbers_are_the_ones_that_were_released()
    {
        Assert.Equal(FrozenDraws.Uniforms, FrozenBits.Of(Drawn(false, 1000, 9).Values));
        Assert.Equal(FrozenDraws.Normals, FrozenBits.Of(Drawn(true, 1000, 9).Values));
        Assert.Equal(FrozenDraws.Uniform, Draws.Uniform(Stream, 3, 4));
        Assert.Equal(FrozenDraws.Normal, Draws.Normal(Stream, 3, 4));
        Assert.Equal(FrozenDraws.Below, Draws.Below(Stream, 3, 4, int.MaxValue));
        Assert.Equal(FrozenDraws.Folded, Stream.Fold("noise").Fold(7));
    }

    private static Block Drawn(bool normal, ulong first, int rows)
    {
        var block = new Arena(rows * Block.Lanes).Rows(rows);
        if (normal) Draws.Normal(Stream, first, 7, block);
        else Draws.Uniform(Stream, first, 7, block);
        return block;
    }
}
