using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Flows;

namespace Locus.Tests.Flows;

public sealed class FlowTests
{
    private static readonly Key Key = Key.Seed(11);

    public static TheoryData<FlowMethod> Methods => [.. Enum.GetValues<FlowMethod>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_lands_on_a_constant_prediction_to_the_last_bit(FlowMethod method)
    {
        var (shape, parameters) = KnownNetworks.Constant(0, 0.3f, -1.7f, 1e-6f);
        foreach (var steps in new[] { 1, 2, 3, 7, 200 })
            foreach (var power in new[] { 0.3, 1, 2, 2.5, 3, 10 })
            {
                var end = Run(shape, parameters, new FlowOptions { Method = method, Steps = steps, GridPower = power })[^1];
                for (var d = 0; d < 3; d++)
                    Assert.All(end[d], x => Assert.Equal(parameters[shape.BiasOffset(1) + d], x));
            }
    }

    [Theory]
    [InlineData(FlowMethod.Euler)]
    [InlineData(FlowMethod.Heun)]
    public void The_way_to_a_constant_prediction_is_straight(FlowMethod method)
    {
        var (shape, parameters) = KnownNetworks.Constant(0, 0.3f, -1.7f);
        var options = new FlowOptions { Method = method, Steps = 20, GridPower = 2 };
        var moments = Run(shape, parameters, options);
        for (var i = 0; i <= 20; i++)
            for (var d = 0; d < 2; d++)
                for (var lane = 0; lane < Block.Lanes; lane++)
                {
                    var t = options.Time(i);
                    Assert.Equal(t * parameters[shape.BiasOffset(1) + d] + (1 - t) * moments[0][d][lane], moments[i][d][lane], 2e-6);
                }
    }

    [Fact]
    public void The_start_is_standard_normal_and_a_prediction_of_z_itself_stays_there()
    {
        var (shape, parameters) = KnownNetworks.Standing(2);
        foreach (var method in new[] { FlowMethod.Euler, FlowMethod.Heun })
        {
            var moments = Run(shape, parameters, new FlowOptions { Method = method, Steps = 9, GridPower = 1 });
            for (var d = 0; d < 2; d++)
                for (var lane = 0; lane < Block.Lanes; lane++) Assert.Equal(moments[0][d][lane], moments[^1][d][lane], 2e-6 * Math.Abs(moments[0][d][lane]));
        }
        var start = Enumerable.Range(0, 100).SelectMany(block => Run(shape, parameters, new FlowOptions { Steps = 1 }, (ulong)block * 64)[0][0]).ToArray();
        // 6400 values: the mean strays by 1/80, the mean square by sqrt(2)/80; four times that.
        Assert.InRange(start.Average(), -0.05, 0.05);
        Assert.InRange(start.Average(x => x * x), 1 - 0.071, 1 + 0.071);
    }

    [Fact]
    public void A_clip_stops_short_by_the_factor_it_must()
    {
        var (shape, parameters) = KnownNetworks.Constant(0, 2f);
        var moments = Run(shape, parameters, new FlowOptions { Steps = 200, GridPower = 1, Clip = 0.05 });
        var factor = 1.0;
        for (var i = 0; i < 200; i++) factor *= 1 - 0.005 / Math.Max(1 - i * 0.005, 0.05);
        Assert.InRange(factor, 0.01, 0.03);
        for (var lane = 0; lane < Block.Lanes; lane++) Assert.Equal(2 + factor * (moments[0][0][lane] - 2), moments[^1][0][lane], 5e-6);
    }

    [Theory]
    [InlineData(FlowMethod.Euler, 1)]
    [InlineData(FlowMethod.Heun, 2)]
    public void The_error_falls_with_the_order_of_the_method(FlowMethod method, int order)
    {
        // For a standard normal target z(t) = z(0) sqrt(t^2 + (1 - t)^2): all samples end where they began.
        var errors = new List<double>();
        foreach (var steps in new[] { 16, 32, 64 })
        {
            var (shape, parameters) = KnownNetworks.Normal(steps);
            var moments = Run(shape, parameters, new FlowOptions { Method = method, Steps = steps, GridPower = 1 });
            errors.Add(Enumerable.Range(0, Block.Lanes).Average(lane => Math.Abs(moments[^1][0][lane] / (double)moments[0][0][lane] - 1)));
        }
        // Halving the step divides the error by 2^order up to terms of the next order, about a tenth here.
        Assert.InRange(errors[0] / errors[1], 0.85 * Math.Pow(2, order), 1.2 * Math.Pow(2, order));
        Assert.InRange(errors[1] / errors[2], 0.85 * Math.Pow(2, order), 1.2 * Math.Pow(2, order));
        Assert.True(errors[2] < (order == 1 ? 0.03 : 0.003), $"error {errors[2]}");
    }

    [Fact]
    public void One_step_is_one_prediction()
    {
        var shape = new MlpShape(2, 1, [8, 8], ActivationKind.Tanh, new TimeEmbedding(TimeEmbeddingKind.Fourier, 3), false);
        var parameters = new float[shape.ParameterCount];
        Mlp.Initialize(shape, Key, 1, parameters);
        foreach (var method in Enum.GetValues<FlowMethod>())
        {
            var workspace = new FlowWorkspace(shape);
            workspace.Network.Condition.Values.Fill(0.25f);
            new Flow(shape, new FlowOptions { Method = method, Steps = 1 }, Key).Run(parameters, workspace, 0);
            var direct = new MlpWorkspace(shape, false);
            Draws.Normal(Key.Fold("start"), 0, 0, direct.Position);
            direct.Condition.Values.Fill(0.25f);
            shape.Time.Fill(direct.Time);
            Mlp.Evaluate(shape, parameters, direct);
            Assert.Equal(direct.Output.Values.ToArray(), workspace.Network.Position.Values.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_sample_does_not_depend_on_its_lane(FlowMethod method)
    {
        var (shape, parameters) = KnownNetworks.Normal(16);
        var options = new FlowOptions { Method = method, Steps = 16, GridPower = 1 };
        float[] here = Run(shape, parameters, options, 640)[^1][0], shifted = Run(shape, parameters, options, 640 + 20)[^1][0];
        Assert.Equal(here[20..], shifted[..44]);
        Assert.Equal(64, here.Distinct().Count());
    }

    [Theory]
    [InlineData(FlowMethod.Euler, 5, 5)]
    [InlineData(FlowMethod.Heun, 5, 9)]
    [InlineData(FlowMethod.Heun, 1, 1)]
    [InlineData(FlowMethod.EulerMaruyama, 5, 5)]
    public void The_evaluations_of_the_network_are_counted(FlowMethod method, int steps, int evaluations) =>
        Assert.Equal(evaluations, new FlowOptions { Method = method, Steps = steps }.NetworkEvaluations);

    /// <summary>The positions [D][64] before the first step and after each.</summary>
    internal static List<float[][]> Run(MlpShape shape, float[] parameters, FlowOptions options, ulong first = 0)
    {
        var moments = new List<float[][]>();
        new Flow(shape, options, Key).Run(parameters, new FlowWorkspace(shape), first, (done, z) =>
        {
            Assert.Equal(moments.Count, done);
            moments.Add([.. Enumerable.Range(0, z.Rows).Select(row => z[row].ToArray())]);
        });
        Assert.Equal(options.Steps + 1, moments.Count);
        return moments;
    }
}
