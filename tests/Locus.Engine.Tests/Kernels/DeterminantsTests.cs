using System.Numerics;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Kernels;

public sealed class DeterminantsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(11)]
    public void Determinants_of_whole_numbers_are_exact_to_the_last_digits(int size)
    {
        // Fraction-free elimination on whole numbers (Bareiss 1968) knows no rounding.
        var matrices = new Arena(size * size * Block.Lanes).Rows(size * size);
        for (var i = 0; i < matrices.Values.Length; i++) matrices.Values[i] = Draws.Below(Key.Seed(1), (ulong)i, 0, 19) - 9;
        var (logs, signs) = Find(matrices, size);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var exact = Bareiss(matrices, size, lane);
            Assert.Equal(exact.Sign, signs[lane]);
            if (exact.IsZero) Assert.Equal(double.NegativeInfinity, logs[lane]);
            // Rounding of 1e-16 times the condition, which is below 1e4 where the determinant is a whole number of such entries.
            else Assert.Equal(BigInteger.Log(BigInteger.Abs(exact)), logs[lane], 1e-11);
        }
        Assert.True(size == 1 || (signs.Contains(1) && signs.Contains(-1)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(64)]
    public void Each_lane_finds_its_own_rows(int size)
    {
        // Lane by lane another permutation of a diagonal with entries 1, 2, 4, ...: powers of two are exact.
        var matrices = new Arena(size * size * Block.Lanes).Rows(size * size);
        var order = new int[size];
        var expected = new int[Block.Lanes];
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            Draws.Permutation(Key.Seed(2).Fold((ulong)lane), order);
            expected[lane] = 1;
            for (var i = 0; i < size; i++)
            {
                matrices[i * size + order[i]][lane] = (float)Math.ScaleB(i % 3 == 0 ? -1 : 1, -i);
                if (i % 3 == 0) expected[lane] = -expected[lane];
                for (var j = 0; j < i; j++)
                    if (order[j] > order[i]) expected[lane] = -expected[lane];
            }
        }
        var (logs, signs) = Find(matrices, size);
        Assert.Equal(expected, signs);
        Assert.All(logs, log => Assert.Equal(-size * (size - 1) / 2 * Math.Log(2), log, 1e-12 * size * size));
    }

    [Fact]
    public void Products_beyond_the_range_of_numbers_have_logarithms()
    {
        const int Size = 64;
        var matrices = new Arena(Size * Size * Block.Lanes).Rows(Size * Size);
        for (var lane = 0; lane < Block.Lanes; lane++)
            for (var i = 0; i < Size; i++) matrices[i * Size + i][lane] = lane % 2 == 0 ? 1e-30f : -1e30f;
        var (logs, signs) = Find(matrices, Size);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            Assert.Equal(Size * Math.Log(lane % 2 == 0 ? 1e-30f : 1e30f), logs[lane], 1e-10);
            Assert.Equal(1, signs[lane]);
        }
    }

    [Fact]
    public void Flat_and_broken_matrices_are_told_apart_and_leave_their_neighbours_alone()
    {
        const int Size = 3;
        var matrices = new Arena(Size * Size * Block.Lanes).Rows(Size * Size);
        for (var i = 0; i < Size; i++) matrices[i * Size + i].Fill(2);
        for (var j = 0; j < Size; j++) (matrices[j][3], matrices[Size + j][3]) = (j + 1, 2 * j + 2);
        matrices[2][5] = float.NaN;
        matrices[8][6] = float.PositiveInfinity;
        // The zero column is met first, and the matrix is broken all the same.
        for (var i = 0; i < Size; i++) matrices[i * Size][7] = 0;
        matrices[8][7] = float.NegativeInfinity;
        for (var i = 0; i < Size * Size; i++) matrices[i][9] = 0;
        var (logs, signs) = Find(matrices, Size);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var expected = lane is 3 or 9 ? double.NegativeInfinity : lane is 5 or 6 or 7 ? double.NaN : 3 * Math.Log(2);
            if (double.IsFinite(expected)) Assert.Equal(expected, logs[lane], 1e-14);
            else Assert.Equal(expected, logs[lane]);
            Assert.Equal(double.IsFinite(expected) ? 1 : 0, signs[lane]);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(33)]
    public void All_lanes_give_the_bits_of_the_plain_twin(int size)
    {
        var matrices = new Arena(size * size * Block.Lanes).Rows(size * size);
        Draws.Normal(Key.Seed(3), 0, 0, matrices);
        var (logs, signs) = Find(matrices, size);
        for (var lane = 0; lane < Block.Lanes; lane++) Assert.Equal(Plain(matrices, size, lane), (logs[lane], signs[lane]));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var determinants = new Determinants(2);
        var arena = new Arena(20 * Block.Lanes);
        var four = arena.Rows(4);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Determinants(0));
        Assert.Throws<ArgumentException>(() => determinants.Find(arena.Rows(3), new double[64], new int[64]));
        Assert.Throws<ArgumentException>(() => determinants.Find(four, new double[63], new int[64]));
        Assert.Throws<ArgumentException>(() => determinants.Find(four, new double[64], new int[65]));
    }

    private static (double[] Logs, int[] Signs) Find(Block matrices, int size)
    {
        var (logs, signs) = (new double[Block.Lanes], new int[Block.Lanes]);
        new Determinants(size).Find(matrices, logs, signs);
        return (logs, signs);
    }

    /// <summary>One lane at a time, with the largest row brought up by exchanges with each row that beats the one before.</summary>
    private static (double Log, int Sign) Plain(Block matrices, int size, int lane)
    {
        var a = new double[size][];
        for (var i = 0; i < size; i++) a[i] = [.. Enumerable.Range(0, size).Select(j => (double)matrices[i * size + j][lane])];
        var (mantissa, exponent, sign) = (1.0, 0, 1);
        for (var k = 0; k < size; k++)
        {
            for (var i = k + 1; i < size; i++)
                if (Math.Abs(a[i][k]) > Math.Abs(a[k][k])) (a[i], a[k], sign) = (a[k], a[i], -sign);
            if (a[k][k] < 0) sign = -sign;
            exponent += Math.ILogB(a[k][k]);
            mantissa *= Math.Abs(Math.ScaleB(a[k][k], -Math.ILogB(a[k][k])));
            for (var i = k + 1; i < size; i++)
            {
                var factor = a[i][k] / a[k][k];
                for (var j = k + 1; j < size; j++) a[i][j] = Math.FusedMultiplyAdd(-factor, a[k][j], a[i][j]);
            }
        }
        return (Math.FusedMultiplyAdd(exponent, 0.6931471805599453, ElementaryDouble.Log(mantissa)), sign);
    }

    private static BigInteger Bareiss(Block matrices, int size, int lane)
    {
        var a = new BigInteger[size, size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++) a[i, j] = (BigInteger)matrices[i * size + j][lane];
        var (previous, sign) = (BigInteger.One, 1);
        for (var k = 0; k < size - 1; k++)
        {
            var pivot = Enumerable.Range(k, size - k).FirstOrDefault(i => !a[i, k].IsZero, -1);
            if (pivot < 0) return BigInteger.Zero;
            if (pivot != k)
            {
                for (var j = 0; j < size; j++) (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
                sign = -sign;
            }
            for (var i = k + 1; i < size; i++)
                for (var j = k + 1; j < size; j++) a[i, j] = (a[i, j] * a[k, k] - a[i, k] * a[k, j]) / previous;
            previous = a[k, k];
        }
        return sign * a[size - 1, size - 1];
    }
}
