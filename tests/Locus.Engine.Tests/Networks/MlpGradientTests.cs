using Locus.Engine.Blocks;
using Locus.Engine.Networks;

namespace Locus.Engine.Tests.Networks;

/// <summary>The gradient of sum over lanes and coordinates of a y + y^2 / 2 by central differences of the plain twin.</summary>
public sealed class MlpGradientTests
{
    private const double Step = 1e-5;

    public static TheoryData<int[]> Hidden => [.. Nets.Hidden];

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Gradients_are_those_of_central_differences(int[] hidden)
    {
        // One pass of the twin through the widest networks costs a thousand times one through the narrowest; a few of their kinds must do.
        var wide = hidden.Max() > 100;
        foreach (var (shape, i) in Nets.All(hidden).Select((shape, i) => (shape, i)))
            if (!wide || i % 5 == 0) Check(shape, lanes: wide ? 6 : Block.Lanes, perLayer: wide ? 12 : 24);
    }

    [Fact]
    public void Gradients_replace_what_was_there_or_are_added_to_it()
    {
        var shape = new MlpShape(2, 1, [9, 7], ActivationKind.Silu, default, true);
        var parameters = Nets.Parameters(shape);
        var once = Gradient(shape, parameters, Block.Lanes);
        var again = Gradient(shape, parameters, Block.Lanes, once);
        for (var i = 0; i < once.Length; i++) Assert.Equal(2 * (double)once[i], again[i], 1e-4 * (1 + Math.Abs(once[i])));
        Assert.Contains(once, value => Math.Abs(value) > 1);
    }

    private static void Check(MlpShape shape, int lanes, int perLayer)
    {
        var single = Nets.Parameters(shape);
        var gradient = Gradient(shape, single, lanes);
        var parameters = Nets.Wide(single);
        // Float sums over 64 lanes and up to 137 inputs, measured by the largest entry.
        var bound = 2e-5 * (1 + gradient.Max(Math.Abs));
        foreach (var i in Places(shape, perLayer))
        {
            var kept = parameters[i];
            parameters[i] = kept + Step;
            var above = Loss(shape, parameters, lanes);
            parameters[i] = kept - Step;
            var below = Loss(shape, parameters, lanes);
            parameters[i] = kept;
            var expected = (above - below) / (2 * Step);
            if (Math.Abs(expected - gradient[i]) > bound)
                Assert.Fail($"{shape.Activation}, {shape.Time}, hidden {string.Join(",", shape.Hidden)}, residual {shape.Residual}: parameter {i} has {gradient[i]:R}, not {expected:R}");
        }
    }

    /// <summary>The first and last weight and bias of each layer and some between.</summary>
    private static IEnumerable<int> Places(MlpShape shape, int perLayer)
    {
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            int first = shape.WeightOffset(layer), last = shape.BiasOffset(layer) + shape.Outputs(layer) - 1;
            var stride = Math.Max(1, (last - first) / perLayer);
            for (var i = first; i < last; i += stride) yield return i;
            yield return shape.BiasOffset(layer);
            yield return last;
        }
    }

    private static float[] Gradient(MlpShape shape, float[] parameters, int lanes, float[]? addTo = null)
    {
        float[] gradient = addTo is null ? [.. Enumerable.Repeat(float.NaN, shape.ParameterCount)] : [.. addTo];
        var workspace = Nets.Workspace(shape, training: true);
        Mlp.Forward(shape, parameters, workspace);
        workspace.OutputGradient.Values.Clear();
        for (var d = 0; d < shape.Dimension; d++)
            for (var lane = 0; lane < lanes; lane++) workspace.OutputGradient[d][lane] = Slope(d, lane) + workspace.Output[d][lane];
        Mlp.Backward(shape, parameters, workspace, gradient, add: addTo is not null);
        return gradient;
    }

    private static double Loss(MlpShape shape, double[] parameters, int lanes)
    {
        var workspace = Nets.Workspace(shape, training: false);
        var loss = 0.0;
        for (var lane = 0; lane < lanes; lane++)
        {
            var y = MlpTwin.Value(shape, parameters, Nets.Lane(workspace.Position, lane), workspace.Time[0][lane], Nets.Lane(workspace.Condition, lane));
            for (var d = 0; d < y.Length; d++) loss += Slope(d, lane) * y[d] + y[d] * y[d] / 2;
        }
        return loss;
    }

    private static float Slope(int coordinate, int lane) => (lane * 7 + coordinate * 3) % 11 / 4f - 1;
}
