using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Networks;

public sealed class MlpTangentTests
{
    // Central differences of the twin in double: the third derivative's term is h^2, some 1e-12, the rounding 1e-16 / h.
    private const double Step = 1e-6;

    public static TheoryData<int[]> Hidden => [.. Nets.Hidden];

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Tangents_are_those_of_central_differences(int[] hidden)
    {
        // A pass of the twin through the widest networks costs a thousand times one through the narrowest; a few lanes must do.
        var lanes = hidden.Max() > 100 ? 4 : Block.Lanes;
        foreach (var shape in Nets.All(hidden))
        {
            var parameters = Nets.Parameters(shape);
            var (workspace, directions, images) = Moved(shape, parameters, count: 3);
            var wide = Nets.Wide(parameters);
            for (var lane = 0; lane < lanes; lane++)
                for (var n = 0; n < 3; n++)
                {
                    var v = Nets.Lane(directions.Slice(n * shape.Dimension, shape.Dimension), lane);
                    double[] above = Value(shape, wide, workspace, lane, v, Step), below = Value(shape, wide, workspace, lane, v, -Step);
                    for (var d = 0; d < shape.Dimension; d++)
                    {
                        var expected = (above[d] - below[d]) / (2 * Step);
                        // Sums of up to 137 floats of order 1 in each of up to four layers.
                        if (Math.Abs(expected - images[n * shape.Dimension + d][lane]) > 2e-5 * (1 + Math.Abs(expected)))
                            Assert.Fail($"{shape.Activation}, {shape.Time}, hidden {string.Join(",", hidden)}, residual {shape.Residual}, lane {lane}: "
                                + $"coordinate {d} moves by {images[n * shape.Dimension + d][lane]:R}, not {expected:R}");
                    }
                }
        }
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Tangents_have_the_bits_of_the_plain_definition(int[] hidden)
    {
        // Products start from 0 and add in the order of the inputs, one rounding each: what every width of the kernels must give.
        foreach (var shape in Nets.All(hidden))
        {
            var parameters = Nets.Parameters(shape);
            var (workspace, directions, images) = Moved(shape, parameters, count: 2);
            for (var lane = 0; lane < Block.Lanes; lane += 9)
                for (var n = 0; n < 2; n++)
                {
                    float[] v = [.. Enumerable.Range(0, shape.Dimension).Select(d => directions[n * shape.Dimension + d][lane])], current = [.. v, .. Features(shape, workspace, v, lane)];
                    for (var layer = 0; layer < shape.Layers; layer++)
                    {
                        var next = new float[shape.Outputs(layer)];
                        for (var row = 0; row < next.Length; row++)
                        {
                            for (var k = 0; k < current.Length; k++)
                                next[row] = MathF.FusedMultiplyAdd(parameters[shape.WeightOffset(layer) + row * shape.Inputs(layer) + k], current[k], next[row]);
                            if (layer < shape.Layers - 1) next[row] *= workspace.Derivatives[layer][row][lane];
                            else if (shape.Residual) next[row] += v[row];
                        }
                        current = next;
                    }
                    for (var d = 0; d < shape.Dimension; d++) Assert.Equal(current[d], images[n * shape.Dimension + d][lane]);
                }
        }
    }

    [Fact]
    public void Tangents_are_linear_and_leave_the_value_alone()
    {
        var shape = new MlpShape(3, 2, [17, 5], ActivationKind.Gelu, new TimeEmbedding(TimeEmbeddingKind.Fourier, 4), true, new PositionEmbedding(2));
        var parameters = Nets.Parameters(shape);
        var (workspace, directions, images) = Moved(shape, parameters, count: 3);
        var value = workspace.Output.Values.ToArray();
        // The third direction becomes the sum of a half of the first and twice the second.
        for (var i = 0; i < 3 * Block.Lanes; i++)
            directions.Values[6 * Block.Lanes + i] = 0.5f * directions.Values[i] + 2 * directions.Values[3 * Block.Lanes + i];
        Mlp.Tangents(shape, parameters, workspace, directions, images);
        for (var i = 0; i < 3 * Block.Lanes; i++)
            Assert.Equal(0.5 * images.Values[i] + 2 * images.Values[3 * Block.Lanes + i], images.Values[6 * Block.Lanes + i], 2e-5);
        Assert.Equal(value, workspace.Output.Values.ToArray());
    }

    [Fact]
    public void Blocks_that_hold_no_whole_directions_are_refused()
    {
        var shape = new MlpShape(2, 0, [5], ActivationKind.Silu, default, false);
        var workspace = new MlpWorkspace(shape, training: true);
        var arena = new Arena(20 * Block.Lanes);
        Block four = arena.Rows(4), other = arena.Rows(4), three = arena.Rows(3), two = arena.Rows(2);
        var parameters = Nets.Parameters(shape);
        Mlp.Forward(shape, parameters, workspace);
        Mlp.Tangents(shape, parameters, workspace, four, other);
        Assert.Throws<ArgumentException>(() => Mlp.Tangents(shape, parameters, workspace, three, three));
        Assert.Throws<ArgumentException>(() => Mlp.Tangents(shape, parameters, workspace, four, two));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var shape = new MlpShape(3, 1, [17, 5], ActivationKind.Silu, new TimeEmbedding(TimeEmbeddingKind.Fourier, 4), true, new PositionEmbedding(2));
        var parameters = Nets.Parameters(shape);
        var (workspace, directions, images) = Moved(shape, parameters, count: 3);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) Mlp.Tangents(shape, parameters, workspace, directions, images);
        // A collection that another test causes settles the thread's account by a few bytes; ten calls that allocate anything take more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200);
    }

    private static (MlpWorkspace Workspace, Block Directions, Block Images) Moved(MlpShape shape, float[] parameters, int count)
    {
        var workspace = Nets.Workspace(shape, training: true);
        var arena = new Arena(2 * count * shape.Dimension * Block.Lanes);
        Block directions = arena.Rows(count * shape.Dimension), images = arena.Rows(count * shape.Dimension);
        Draws.Normal(Key.Seed(9), 0, 0, directions);
        Mlp.Forward(shape, parameters, workspace);
        Mlp.Tangents(shape, parameters, workspace, directions, images);
        return (workspace, directions, images);
    }

    /// <summary>How the features of a position move: d sin(a z) = a cos(a z) v, d cos(a z) = -a sin(a z) v.</summary>
    private static IEnumerable<float> Features(MlpShape shape, MlpWorkspace workspace, float[] v, int lane)
    {
        for (var row = 0; row < shape.PositionFeatures; row += 2)
        {
            var rate = MathF.PI / 2 * (1 << row / 2 / shape.Dimension);
            yield return rate * workspace.PositionFeatures[row + 1][lane] * v[row / 2 % shape.Dimension];
            yield return -rate * workspace.PositionFeatures[row][lane] * v[row / 2 % shape.Dimension];
        }
    }

    private static double[] Value(MlpShape shape, double[] parameters, MlpWorkspace workspace, int lane, double[] direction, double step) => MlpTwin.Value(
        shape, parameters, [.. Nets.Lane(workspace.Position, lane).Zip(direction, (z, v) => z + step * v)], workspace.Time[0][lane], Nets.Lane(workspace.Condition, lane));
}
