using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Networks;

public sealed class MlpTests
{
    public static TheoryData<int[]> Hidden => [.. Nets.Hidden];

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Values_are_those_of_the_plain_twin_and_the_same_with_and_without_training(int[] hidden)
    {
        foreach (var shape in Nets.All(hidden))
        {
            var parameters = Nets.Parameters(shape);
            MlpWorkspace evaluated = Nets.Workspace(shape, training: false), trained = Nets.Workspace(shape, training: true);
            Mlp.Evaluate(shape, parameters, evaluated);
            Mlp.Forward(shape, parameters, trained);
            Assert.Equal(evaluated.Output.Values.ToArray(), trained.Output.Values.ToArray());
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                var expected = MlpTwin.Value(
                    shape, Nets.Wide(parameters), Nets.Lane(evaluated.Position, lane), evaluated.Time[0][lane], Nets.Lane(evaluated.Condition, lane));
                // Sums of up to 137 terms of order 1 in float: 1e-5 is some 80 roundings.
                for (var d = 0; d < shape.Dimension; d++)
                    Assert.Equal(expected[d], evaluated.Output[d][lane], 1e-5 * (1 + Math.Abs(expected[d])));
            }
        }
    }

    [Fact]
    public void A_lane_does_not_depend_on_the_others()
    {
        var shape = new MlpShape(3, 2, [17, 5], ActivationKind.Gelu, new TimeEmbedding(TimeEmbeddingKind.Harmonic, 2), false);
        MlpWorkspace whole = Nets.Workspace(shape, false), spoilt = Nets.Workspace(shape, false);
        for (var row = 0; row < shape.InputRows; row++)
            for (var lane = 0; lane < Block.Lanes; lane++)
                if (lane != 21) spoilt.Input[row][lane] = float.NaN;
        Mlp.Evaluate(shape, Nets.Parameters(shape), whole);
        Mlp.Evaluate(shape, Nets.Parameters(shape), spoilt);
        Assert.Equal(Nets.Lane(whole.Output, 21), Nets.Lane(spoilt.Output, 21));
        Assert.True(float.IsNaN(spoilt.Output[0][20]));
    }

    [Fact]
    public void Initial_parameters_fill_their_range_and_depend_on_the_key()
    {
        var shape = new MlpShape(2, 1, [50, 40], ActivationKind.Silu, default, false);
        float[] parameters = new float[shape.ParameterCount], others = new float[shape.ParameterCount];
        Mlp.Initialize(shape, Key.Seed(1), 0.5f, parameters);
        Mlp.Initialize(shape, Key.Seed(2), 0.5f, others);
        Assert.NotEqual(parameters, others);
        for (var layer = 0; layer < 3; layer++)
        {
            var bound = (layer == 2 ? 0.5 : 1) / Math.Sqrt(shape.Inputs(layer));
            var values = parameters[shape.WeightOffset(layer)..(shape.BiasOffset(layer) + shape.Outputs(layer))];
            Assert.All(values, value => Assert.InRange(value, -bound, bound));
            // The mean of n uniform values strays by bound / sqrt(3 n); five times that is one chance in a million.
            Assert.InRange(values.Average(), -5 * bound / Math.Sqrt(3 * values.Length), 5 * bound / Math.Sqrt(3 * values.Length));
            // All of n values below 0.9 of the bound: 0.9^82 for the smallest layer, one chance in five thousand.
            Assert.True(values.Max() > 0.9 * bound && values.Min() < -0.9 * bound);
        }
    }

    [Fact]
    public void An_output_scale_of_nothing_starts_with_nothing_or_with_the_identity()
    {
        foreach (var residual in new[] { false, true })
        {
            var shape = new MlpShape(2, 0, [9], ActivationKind.Tanh, default, residual);
            var parameters = new float[shape.ParameterCount];
            Mlp.Initialize(shape, Key.Seed(1), 0, parameters);
            var workspace = Nets.Workspace(shape, false);
            Mlp.Evaluate(shape, parameters, workspace);
            Assert.Equal(residual ? workspace.Position.Values.ToArray() : new float[2 * Block.Lanes], workspace.Output.Values.ToArray());
        }
    }

    [Fact]
    public void A_shape_counts_what_it_lays_out()
    {
        var shape = new MlpShape(3, 2, [7, 4], ActivationKind.Relu, new TimeEmbedding(TimeEmbeddingKind.Fourier, 6), false);
        Assert.Equal(3 + 13 + 2, shape.InputRows);
        Assert.Equal(3, shape.Layers);
        Assert.Equal(18 * 7 + 7 + 7 * 4 + 4 + 4 * 3 + 3, shape.ParameterCount);
        Assert.Equal(2 * (18 * 7 + 7 * 4 + 4 * 3), shape.FlopsPerSample);
        Assert.Equal((18 * 7 + 7, 18 * 7 + 7 + 28), (shape.WeightOffset(1), shape.BiasOffset(1)));
        var workspace = new MlpWorkspace(shape, training: true);
        Assert.Equal((3, 13, 2, 3), (workspace.Position.Rows, workspace.Time.Rows, workspace.Condition.Rows, workspace.OutputGradient.Rows));
    }

    [Fact]
    public void Features_of_the_position_come_behind_it()
    {
        var shape = new MlpShape(3, 2, [7], ActivationKind.Relu, new TimeEmbedding(TimeEmbeddingKind.Fourier, 6), false, new PositionEmbedding(2));
        Assert.Equal((12, 3 + 12 + 13 + 2), (shape.PositionFeatures, shape.InputRows));
        Assert.Equal(30 * 7 + 7 + 7 * 3 + 3, shape.ParameterCount);
        var workspace = new MlpWorkspace(shape, training: false);
        for (var row = 0; row < shape.InputRows; row++) workspace.Input[row].Fill(row);
        Assert.Equal((0f, 3f, 15f, 28f), (workspace.Position[0][5], workspace.PositionFeatures[0][5], workspace.Time[0][5], workspace.Condition[0][5]));
        Assert.Equal((12, 13), (workspace.PositionFeatures.Rows, workspace.Time.Rows));
    }

    [Fact]
    public void A_shape_without_coordinates_layers_or_width_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MlpShape(0, 0, [4], ActivationKind.Silu, default, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MlpShape(1, -1, [4], ActivationKind.Silu, default, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MlpShape(1, 0, [], ActivationKind.Silu, default, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MlpShape(1, 0, [4, 0], ActivationKind.Silu, default, false));
        Assert.ThrowsAny<ArithmeticException>(() => new MlpShape(1, 0, [65536, 65536], ActivationKind.Silu, default, false));
    }
}
