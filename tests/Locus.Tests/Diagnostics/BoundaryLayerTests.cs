using Locus.Diagnostics;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Diagnostics;

public sealed class BoundaryLayerTests
{
    [Theory]
    // Inside the ring the larger of the two inequalities is active.
    [InlineData(0.75, 0, true)]
    [InlineData(0.757, 0, true)]
    [InlineData(0.77, 0, false)]
    [InlineData(0.995, 0, true)]
    // A pile that ended a little outside belongs to the layer; a sample that is far off does not.
    [InlineData(1.005, 0, true)]
    [InlineData(1.2, 0, false)]
    // The disk in the middle, which the ring violates by far.
    [InlineData(0.1, 0, false)]
    [InlineData(0.245, 0, true)]
    [InlineData(double.NaN, 0, false)]
    public void A_point_is_in_the_layer_of_its_own_part(double x, double y, bool within)
    {
        var shield = Problem.Define("shield", 2, x => [Any(Norm(x) <= 0.25, All(Norm(x) >= 0.75, Norm(x) <= 1))]);

        Assert.Equal(within ? 1 : 0, new BoundaryLayer(shield).Share(new Points([x, y], 2), null, 0.01, threads: 1));
    }

    [Fact]
    public void A_point_inside_two_parts_is_as_far_from_the_boundary_as_from_the_farther_one()
    {
        var pair = Problem.Define("pair", 1, x => [Any(Abs(x[0]) <= 1, Abs(x[0] - 1) <= 1)]);
        BoundaryLayer layer = new(pair);

        // x = 0.001 is on the edge of the second part, but deep inside the first; x = -0.999 is on the edge of the union.
        Assert.Equal(0, layer.Share(new Points([0.001], 1), null, 0.01, threads: 1));
        Assert.Equal(1, layer.Share(new Points([-0.999], 1), null, 0.01, threads: 1));
    }

    [Fact]
    public void All_of_space_has_no_boundary()
    {
        Assert.False(new BoundaryLayer(Problem.OfEnergy("normal", 2, x => Square(x[0]) + Square(x[1]))).Exists);
        Assert.True(new BoundaryLayer(Problem.Define("strip", 2, _ => [], lower: -1, upper: 1, energy: x => Square(x[0]))).Exists);
    }

    [Fact]
    public void Equalities_have_no_inside()
    {
        var circle = Problem.Define("circle", 2, x => [Norm(x) == 1]);
        var arc = Problem.Define("arc", 2, x => [Norm(x) == 1, x[1] >= 0]);

        Assert.False(new BoundaryLayer(circle).Exists);
        Assert.True(new BoundaryLayer(arc).Exists);
        Assert.Equal(0.5, new BoundaryLayer(arc).Share(new Points([0, 1, 1, 0.001], 2), null, 0.01, threads: 1));
    }

    [Fact]
    public void Of_a_uniform_square_the_share_is_the_area_of_the_frame()
    {
        var square = Problem.Define("square", 2, x => [Abs(x[0]) <= 1, Abs(x[1]) <= 1]);
        const int side = 400;
        Points grid = new(side * side, 2);
        for (var i = 0; i < grid.Count; i++)
            (grid.Row(i)[0], grid.Row(i)[1]) = ((i % side + 0.5) * 2 / side - 1, (i / side + 0.5) * 2 / side - 1);

        // Twenty of four hundred lines on each side.
        Assert.Equal(1 - 0.9 * 0.9, new BoundaryLayer(square).Share(grid, null, 0.1, threads: 2), 12);
    }
}
