using Locus.Engine.Random;

namespace Locus.Gallery.Tests;

public sealed class RotationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(50)]
    public void Columns_are_orthonormal_with_determinant_one(int dimension)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var columns = Rotation.Columns(Key.Seed(seed), dimension);

            for (var i = 0; i < dimension; i++)
                for (var j = 0; j <= i; j++) Assert.Equal(i == j ? 1 : 0, Rotation.Dot(columns[i], columns[j]), 13);
            Assert.Equal(1, Rotation.Determinant(columns), 11);
        }
    }

    [Fact]
    public void The_determinant_agrees_with_a_matrix_known_by_hand()
    {
        Assert.Equal(-5, Rotation.Determinant([[0, 2, 1], [1, 3, 2], [4, 1, 5]]), 12);
    }

    [Fact]
    public void An_entry_has_mean_zero_and_variance_one_over_d()
    {
        // Of Haar columns; 2000 matrices of SO(3), so the mean is known to 0.013 and the mean square to 0.0067 (4th moment 1/5).
        const int count = 2000;
        double sum = 0, squares = 0;
        for (var seed = 0; seed < count; seed++)
        {
            var entry = Rotation.Columns(Key.Seed(seed), 3)[2][0];
            sum += entry;
            squares += entry * entry;
        }

        Assert.InRange(sum / count, -4 * 0.0129, 4 * 0.0129);
        Assert.InRange(squares / count, 1 / 3.0 - 4 * 0.0067, 1 / 3.0 + 4 * 0.0067);
    }
}
