using Locus.Diagnostics;
using Locus.Problems;

namespace Locus.Tests.Diagnostics;

public sealed class PlanarViewTests
{
    [Fact]
    public void The_plane_shows_as_it_is()
    {
        var view = PlanarView.Principal(new Points([1, 2, 3, 5], 2), ["a", "b"]);

        Assert.Equal((3, 5), view.Of([3, 5]));
        Assert.Equal(["a", "b"], view.Labels);
    }

    [Fact]
    public void A_line_lies_on_the_axis()
    {
        Assert.Equal((3, 0), PlanarView.First(["a"]).Of([3]));
    }

    [Fact]
    public void Principal_axes_are_found_and_ordered_by_their_variance()
    {
        // Along (0, 3, 4) / 5 a spread of 2, along (1, 0, 0) of 1, nothing across; about (7, 7, 7).
        Points points = new(4, 3);
        for (var i = 0; i < 4; i++)
        {
            var (s, t) = (i < 2 ? 2 : -2, i % 2 == 0 ? 1 : -1);
            (points.Row(i)[0], points.Row(i)[1], points.Row(i)[2]) = (7 + t, 7 + 0.6 * s, 7 + 0.8 * s);
        }

        var view = PlanarView.Principal(points, ["a", "b", "c"]);

        var (u, v) = view.Of([8, 7.6, 7.8]);
        Assert.Equal(1, u, 12);
        Assert.Equal(1, v, 12);
        Assert.Contains("100", view.Name, StringComparison.Ordinal);
        Assert.Contains("3 dimensions", view.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Eigenvectors_satisfy_their_equation()
    {
        Random random = new(3);
        const int size = 20;
        double[][] matrix = [.. Enumerable.Range(0, size).Select(_ => new double[size])];
        for (var i = 0; i < size; i++)
            for (var j = 0; j <= i; j++) matrix[i][j] = matrix[j][i] = random.NextDouble() - 0.5;

        var (values, vectors) = SymmetricEigen.Of([.. matrix.Select(row => row.ToArray())]);

        for (var k = 0; k < size; k++)
        {
            Assert.True(k == 0 || values[k] <= values[k - 1]);
            for (var i = 0; i < size; i++)
                Assert.Equal(values[k] * vectors[k][i], matrix[i].Zip(vectors[k], (a, b) => a * b).Sum(), 10);
        }
    }
}
