using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Networks;

public sealed class DriftStepsTests
{
    private static readonly float[] times = [.. Enumerable.Range(0, 70).Select(i => i / 70f)];

    private static readonly DriftShape shape = new(2, 1, [6, 5], ActivationKind.Silu, new TimeEmbedding(TimeEmbeddingKind.Harmonic, 3), 2, score: true);

    [Fact]
    public void A_new_drift_is_a_hundredth_of_the_score()
    {
        var parameters = new float[shape.ParameterCount];
        shape.Initialize(Key.Seed(3), 0, parameters);
        var steps = Run(parameters);
        for (var i = 0; i < times.Length; i++)
        {
            Assert.Equal(0.01f, steps.Scale(i));
            Assert.All(Output(parameters, steps, i), value => Assert.Equal(0, value));
        }
        Assert.NotEqual(steps.Shift(0).ToArray(), steps.Shift(1).ToArray());
    }

    [Fact]
    public void Shifts_and_scales_are_those_of_networks_of_the_time()
    {
        var parameters = Parameters();
        var steps = Run(parameters);
        var (embed, scale) = (new MlpWorkspace(shape.Embed, training: false), new MlpWorkspace(shape.Scale!, training: false));
        var bias = Bias(parameters);
        foreach (var i in new[] { 0, 63, 64, 69 })
        {
            embed.Time[0].Fill(times[i]);
            embed.Embed(shape.Embed);
            Mlp.Evaluate(shape.Embed, shape.EmbedOf(parameters), embed);
            for (var w = 0; w < 6; w++) Assert.Equal(bias[w] + embed.Output[w][0], steps.Shift(i)[w]);
            scale.Time[0].Fill(times[i]);
            scale.Embed(shape.Scale!);
            Mlp.Evaluate(shape.Scale!, shape.ScaleOf(parameters), scale);
            Assert.Equal(scale.Output[0][0], steps.Scale(i));
        }
    }

    // The loss is a weighted sum of all outputs and scales at three of the steps; single precision leaves four digits of a difference.
    [Fact]
    public void The_gradient_by_all_parameters_is_that_of_differences()
    {
        var parameters = Parameters();
        var gradient = new float[shape.ParameterCount];
        var steps = Run(parameters);
        var (shifts, scales) = (new float[times.Length * 6], new float[times.Length]);
        var net = Net();
        foreach (var i in Looked)
        {
            Mlp.Forward(shape.Trunk, shape.TrunkOf((ReadOnlySpan<float>)parameters), net, steps.Shift(i));
            for (var d = 0; d < 2; d++) net.OutputGradient[d].Fill(Weight(i, d) / Block.Lanes);
            Mlp.Backward(shape.Trunk, shape.TrunkOf((ReadOnlySpan<float>)parameters), net, shape.TrunkOf(gradient.AsSpan()), add: true, shifts.AsSpan(i * 6, 6));
            scales[i] = Weight(i, 2);
        }
        steps.Backward(parameters, shifts, scales, gradient);
        for (var p = 0; p < parameters.Length; p += 3)
        {
            const float h = 1e-2f;
            var before = parameters[p];
            parameters[p] = before + h;
            var above = Loss(parameters);
            parameters[p] = before - h;
            var below = Loss(parameters);
            parameters[p] = before;
            Assert.Equal((above - below) / (2 * h), gradient[p], 2e-3);
        }
    }

    private static readonly int[] Looked = [0, 5, 66];

    private static float Weight(int step, int output) => 0.3f * (1 + step % 4) - 0.5f * output;

    private static double Loss(float[] parameters)
    {
        var steps = Run(parameters);
        return Looked.Sum(i => Output(parameters, steps, i).Select((value, k) => (double)value * Weight(i, k / Block.Lanes) / Block.Lanes).Sum() + (double)steps.Scale(i) * Weight(i, 2));
    }

    private static float[] Output(float[] parameters, DriftSteps steps, int i)
    {
        var net = Net();
        Mlp.Evaluate(shape.Trunk, shape.TrunkOf((ReadOnlySpan<float>)parameters), net, steps.Shift(i));
        return net.Output.Values.ToArray();
    }

    private static DriftSteps Run(float[] parameters)
    {
        var steps = new DriftSteps(shape, times.Length, training: true);
        steps.Run(parameters, times);
        return steps;
    }

    private static ReadOnlySpan<float> Bias(float[] parameters) => shape.TrunkOf((ReadOnlySpan<float>)parameters).Slice(shape.Trunk.BiasOffset(0), 6);

    private static MlpWorkspace Net()
    {
        var net = new MlpWorkspace(shape.Trunk, training: true);
        Draws.Normal(Key.Seed(8), 0, 0, net.Position);
        Draws.Normal(Key.Seed(8), 0, 1, net.Condition);
        return net;
    }

    private static float[] Parameters()
    {
        var parameters = new float[shape.ParameterCount];
        shape.Initialize(Key.Seed(4), 1, parameters);
        for (var i = 0; i < parameters.Length; i++) parameters[i] += 0.3f * (float)Draws.Normal(Key.Seed(4), (ulong)i, 1);
        return parameters;
    }
}
