using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Problems;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Training.Fitting;

public sealed class ConstraintDistanceTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0.3)]
    [InlineData(7, 3)]
    // Slopes whose squares are no floats.
    [InlineData(3, 1e-25)]
    [InlineData(3, 1e25)]
    public void A_step_is_Polyaks_with_twice_his_length_and_counts_up_to_one(int dimension, double slope)
    {
        var block = new Arena((1 + dimension) * Block.Lanes).Rows(1 + dimension);
        Draws.Normal(Key.Seed(51), 0, (uint)dimension, block);
        var before = new double[block.Values.Length];
        var capped = 0;
        for (var i = 0; i < before.Length; i++)
        {
            // Values as large as their slopes, so that some steps are longer than one.
            block.Values[i] *= (float)slope;
            if (i < Block.Lanes) block.Values[i] = Math.Abs(block.Values[i]);
            before[i] = block.Values[i];
        }
        ConstraintDistance.Measure(block);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            // Divided by the slope first: no square of these is too large or small for a double, but their quotients stay readable.
            double[] gradient = [.. Enumerable.Range(1, dimension).Select(d => before[d * Block.Lanes + lane] / slope)];
            var square = gradient.Sum(g => g * g);
            double[] step = [.. gradient.Select(g => 2 * (before[lane] / slope) / square * g)];
            var length = Math.Sqrt(step.Sum(s => s * s));
            if (length > 1) capped++;
            var kept = Math.Min(1, length);
            Assert.Equal(kept * kept, block[0][lane], 2e-6 * kept * kept);
            for (var d = 0; d < dimension; d++) Assert.Equal(2 * kept / length * step[d], block[1 + d][lane], 2e-6 * kept);
        }
        Assert.InRange(capped, 1, Block.Lanes - 1);
    }

    [Fact]
    public void A_lane_without_numbers_or_without_a_way_counts_nothing_and_leaves_the_others_alone()
    {
        float[][] lanes =
        [
            [0, 0, 0], [0, 1, 2], [1, 0, 0], [float.NaN, 1, 1], [1, float.NaN, 1], [1, 1, float.NaN], [float.PositiveInfinity, 1, 1],
            [1, float.PositiveInfinity, 1], [1, 0, float.NegativeInfinity], [float.NaN, float.NaN, float.NaN], [float.PositiveInfinity, 0, 0],
        ];
        var block = new Arena(3 * Block.Lanes).Rows(3);
        for (var lane = 0; lane < Block.Lanes; lane++)
            for (var row = 0; row < 3; row++) block[row][lane] = lane % 2 == 0 ? 0.25f : lanes[lane / 2 % lanes.Length][row];
        ConstraintDistance.Measure(block);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            // Otherwise 2 P / |P'| = 2 sqrt(2) / 2 is the length, which is cut to 1.
            double[] expected = lane % 2 == 0 ? [1, Math.Sqrt(2), Math.Sqrt(2)] : [0, 0, 0];
            for (var row = 0; row < 3; row++) Assert.Equal(expected[row], block[row][lane], 1e-6);
        }
    }

    // Half-spaces and planes whose normals are orthogonal or the same, in units of their own: the distance itself, whichever of them are violated.
    public static TheoryData<string> Flats => [.. Sets.Keys];

    private static readonly Dictionary<string, Problem> Sets = new[]
    {
        Problem.Define("half-space", 3, x => [1000 * (x[0] + 2 * x[1] - 2 * x[2]) <= 30]),
        Problem.Define("plane", 3, x => [x[0] + 2 * x[1] - 2 * x[2] == 0.1]),
        Problem.Define("plane-twice", 3, x => [x[0] - x[2] == 0, 1e-3 * x[2] - 1e-3 * x[0] == 0]),
        Problem.Define("edge", 3, x => [50 * x[0] <= 0, 3 * x[1] + 4 * x[2] <= 0.2]),
        Problem.Define("corner", 3, x => [x[0] + x[1] == 0.1, 7 * x[0] - 7 * x[1] <= 0, 0.01 * x[2] == 0]),
    }.ToDictionary(problem => problem.Name);

    [Theory]
    [MemberData(nameof(Flats))]
    public void Of_flat_sets_it_is_the_squared_distance_and_its_gradient(string name)
    {
        // Not so far that a step would be cut.
        var arena = new Arena(3 * Block.Lanes);
        var x = arena.Rows(3);
        Draws.Uniform(Key.Seed(52), 0, 0, x);
        for (var i = 0; i < x.Values.Length; i++) x.Values[i] = 0.8f * (x.Values[i] - 0.5f);
        var measured = Measured(Sets[name], x);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            double[] at = [x[0][lane], x[1][lane], x[2][lane]];
            Assert.Equal(SquaredDistance(name, at), measured[lane], 2e-6);
            for (var d = 0; d < 3; d++)
            {
                const double step = 1e-4;
                double[] below = [.. at], above = [.. at];
                (below[d], above[d]) = (at[d] - step, at[d] + step);
                // A parabola's central difference is exact but where a constraint begins to be violated between the two.
                Assert.Equal((SquaredDistance(name, above) - SquaredDistance(name, below)) / (2 * step), measured[(1 + d) * Block.Lanes + lane], step);
            }
        }
    }

    [Fact]
    public void Of_curved_sets_it_is_the_distance_to_first_order()
    {
        // As a norm the circle has the distance itself, as a square (2 r e + e^2) / (2 r + 2 e) at r + e; in other units nothing changes.
        var x = new Arena(2 * Block.Lanes).Rows(2);
        for (var lane = 0; lane < Block.Lanes; lane++) (x[0][lane], x[1][lane]) = ((0.9f + 0.005f * lane) * 0.6f, (0.9f + 0.005f * lane) * 0.8f);
        var norm = Measured(Problem.Define("norm", 2, u => [Norm(u) == 1]), x);
        var square = Measured(Problem.Define("square", 2, u => [300 * Square(u[0]) + 300 * Square(u[1]) == 300]), x);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            double radius = Math.Sqrt(x[0][lane] * x[0][lane] + x[1][lane] * x[1][lane]), off = radius - 1, first = (radius * radius - 1) / (2 * radius);
            Assert.Equal(off * off, norm[lane], 1e-6);
            Assert.Equal(first * first, square[lane], 1e-6);
            for (var d = 0; d < 2; d++)
            {
                Assert.Equal(2 * off * x[d][lane] / radius, norm[(1 + d) * Block.Lanes + lane], 2e-6);
                Assert.Equal(2 * first * x[d][lane] / radius, square[(1 + d) * Block.Lanes + lane], 2e-6);
            }
        }
    }

    private static double SquaredDistance(string name, double[] x)
    {
        static double Above(double value) => Math.Max(0, value);
        double[] lengths = name switch
        {
            "half-space" => [Above(x[0] + 2 * x[1] - 2 * x[2] - 0.03) / 3],
            "plane" => [(x[0] + 2 * x[1] - 2 * x[2] - 0.1) / 3],
            "plane-twice" => [(x[0] - x[2]) / Math.Sqrt(2)],
            "edge" => [Above(x[0]), Above(3 * x[1] + 4 * x[2] - 0.2) / 5],
            _ => [(x[0] + x[1] - 0.1) / Math.Sqrt(2), Above(x[0] - x[1]) / Math.Sqrt(2), x[2]],
        };
        return lengths.Sum(length => length * length);
    }

    /// <summary>The squared distances and their gradients at points [D][64], [1 + D][64].</summary>
    private static float[] Measured(Problem problem, Block x)
    {
        var program = Standardization.Of(problem).Distance;
        var arena = new Arena((program.Outputs + program.ScratchRows) * Block.Lanes);
        var (distance, scratch) = (arena.Rows(program.Outputs), arena.Rows(program.ScratchRows));
        program.Run(x, arena.Rows(0), distance, scratch);
        ConstraintDistance.Measure(distance);
        return distance.Values.ToArray();
    }
}
