using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;
using Locus.Sampling;
using Locus.Tests.Flows;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Sampling;

public sealed class SamplerTests
{
    private static readonly Key Key = Key.Seed(21);

    private static readonly Problem Ring = Problem.Define(
        "ring", [new Variable("x", -3, 5), new("y", 0, 1), new("w")], [new Parameter("radius", 0.5, 2.5), new("width", -1, 3)],
        (x, c) => [Norm(x[0], x[1]) <= c[0], Abs(x[2]) <= c[1]]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_sample_is_the_same_for_any_number_of_samples_and_threads(int threads)
    {
        // More than one wave of 256 blocks, and a last block that is not full.
        var all = Draw(17_000, 2);
        foreach (var count in new[] { 0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 1000, 16_385 })
        {
            var some = Draw(count, threads);
            Assert.Equal(count, some.Points.Count);
            Assert.Equal(all.Points.Values[..(3 * count)], some.Points.Values);
            Assert.Equal(all.Conditions!.Values[..(2 * count)], some.Conditions!.Values);
        }
        // No two samples share their randomness; a few of 17,000 floats may meet by chance.
        Assert.InRange(Enumerable.Range(0, 17_000).Select(i => all.Points[i][0]).Distinct().Count(), 16_900, 17_000);
    }

    [Fact]
    public void A_few_samples_can_be_drawn_again_and_by_many_at_once()
    {
        foreach (var method in Enum.GetValues<FlowMethod>())
        {
            var sampler = Sampler(new FlowOptions { Method = method, Steps = 5 });
            using var team = new Team(1);
            var block = sampler.Sample(64, Key, team).Points.Values[..9];
            Parallel.For(0, 100, _ => Assert.Equal(block, sampler.Sample(3, Key, team).Points.Values));
        }
    }

    [Fact]
    public void A_trace_ends_in_the_samples_and_shows_each_step()
    {
        foreach (var method in Enum.GetValues<FlowMethod>())
        {
            var sampler = Sampler(new FlowOptions { Method = method, Steps = 9 });
            using var team = new Team(1);
            var moments = sampler.Trace(50, Key);
            Assert.Equal(10, moments.Count);
            Assert.All(moments, moment => Assert.Equal((50, 3), (moment.Count, moment.Dimension)));
            Assert.Equal(sampler.Sample(50, Key, team).Points.Values, moments[^1].Values);
            Assert.NotEqual(moments[0].Values, moments[^1].Values);
            var given = new Dictionary<string, double> { ["radius"] = 0.5 };
            Assert.Equal(sampler.Sample(50, Key, team, given).Points.Values, sampler.Trace(50, Key, given)[^1].Values);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => Sampler(new()).Trace(65, Key));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sampler(new()).Trace(-1, Key));
    }

    [Fact]
    public void Samples_are_in_the_users_units()
    {
        var (shape, parameters) = KnownNetworks.Constant(2, 2, -1, 0.5f);
        using var team = new Team(1);
        var points = new FlowSampler(Ring, shape, parameters, new FlowOptions { Steps = 3 }).Sample(5, Key, team).Points;
        // A box stands for [-2, 2]: x from -3 to 5 and y from 0 to 1; w has none.
        for (var i = 0; i < 5; i++) Assert.Equal([5, 0.25, 0.5], points[i].ToArray());
    }

    [Fact]
    public void Given_conditions_reach_the_network_and_the_others_fill_their_range()
    {
        // The network answers with the conditions in standard units; x stands at 1 + 2 u, y at 0.5 + 0.25 u.
        var (shape, parameters) = KnownNetworks.Echo(2, 2);
        var problem = Problem.Define(
            "echo", [new Variable("x", -3, 5), new("y", 0, 1)], [new Parameter("radius", 0.5, 2.5), new("width", -1, 3)], (x, c) => [x[0] <= c[0] * c[1]]);
        using var team = new Team(2);
        var sampler = new FlowSampler(problem, shape, parameters, new FlowOptions { Steps = 4 });
        var free = sampler.Sample(4000, Key, team);
        var given = sampler.Sample(4000, Key, team, new Dictionary<string, double> { ["width"] = 2.5 });
        for (var i = 0; i < 4000; i++)
        {
            var (radius, width) = (free.Conditions![i][0], free.Conditions[i][1]);
            Assert.InRange(radius, 0.5, 2.5);
            Assert.InRange(width, -1, 3);
            Assert.Equal(1 + 2 * (radius - 1.5), free.Points[i][0], 1e-12);
            Assert.Equal(0.5 + 0.25 * (width - 1) / 2, free.Points[i][1], 1e-12);
            // What is drawn does not change because something else is given.
            Assert.Equal(radius, given.Conditions![i][0]);
            Assert.Equal(2.5, given.Conditions[i][1]);
            Assert.Equal(0.5 + 0.25 * 0.75, given.Points[i][1], 1e-12);
        }
        // Uniform from 0.5 to 2.5: the mean of 4000 strays by 2 / sqrt(12 4000) = 0.009; four times that. Its ends are near.
        var radii = Enumerable.Range(0, 4000).Select(i => free.Conditions![i][0]).ToArray();
        Assert.InRange(radii.Average(), 1.5 - 0.037, 1.5 + 0.037);
        Assert.True(radii.Min() < 0.51 && radii.Max() > 2.49);
    }

    [Fact]
    public void A_box_far_from_the_origin_keeps_its_digits()
    {
        // In float, neighbours at 1e9 are 64 apart.
        var (shape, parameters) = KnownNetworks.Echo(1, 1);
        var problem = Problem.Define("far", [new Variable("x", 1e9 - 2, 1e9 + 2)], [new Parameter("edge", 1e9 - 1, 1e9 + 1)], (x, c) => [x[0] <= c[0]]);
        using var team = new Team(1);
        var sampler = new FlowSampler(problem, shape, parameters, new FlowOptions { Steps = 4 });
        var drawn = sampler.Sample(1000, Key, team);
        Assert.Equal(drawn.Conditions!.Values, drawn.Points.Values);
        Assert.Distinct(drawn.Points.Values);
        // A third is no float: the network sees it rounded, the sample is for the value that was asked for.
        var given = sampler.Sample(100, Key, team, new Dictionary<string, double> { ["edge"] = 1e9 + 1 / 3.0 });
        Assert.All(given.Conditions!.Values, edge => Assert.Equal(1e9 + 1 / 3.0, edge));
        Assert.All(given.Points.Values, x => Assert.Equal(1e9 + 1 / 3.0, x, 1e-7));
    }

    [Fact]
    public void Ends_of_a_range_are_in_it()
    {
        using var team = new Team(1);
        var samples = Sampler(new() { Steps = 2 }).Sample(3, Key, team, new Dictionary<string, double> { ["radius"] = 0.5, ["width"] = 3 });
        for (var i = 0; i < 3; i++) Assert.Equal([0.5, 3], samples.Conditions![i].ToArray());
    }

    [Fact]
    public void All_wrong_conditions_are_named_at_once()
    {
        using var team = new Team(1);
        var wrong = new Dictionary<string, double> { ["radus"] = 1, ["radius"] = 2.6, ["width"] = double.NaN };
        var message = Assert.Throws<LocusException>(() => Sampler(new()).Sample(3, Key, team, wrong)).Message;
        Assert.Contains("'radus' is not a parameter of 'ring'; its parameters are radius, width", message, StringComparison.Ordinal);
        Assert.Contains("radius = 2.6 lies outside the range [0.5, 2.5]", message, StringComparison.Ordinal);
        Assert.Contains("width = NaN lies outside the range [-1, 3]", message, StringComparison.Ordinal);

        var (shape, parameters) = KnownNetworks.Constant(0, 1);
        var plain = new FlowSampler(Problem.Define("plain", 1, x => [x[0] <= 1]), shape, parameters, new());
        message = Assert.Throws<LocusException>(() => plain.Sample(3, Key, team, new Dictionary<string, double> { ["radius"] = 1 })).Message;
        Assert.Contains("has no parameters", message, StringComparison.Ordinal);
        Assert.Null(plain.Sample(3, Key, team).Conditions);
    }

    [Fact]
    public void A_network_for_another_problem_is_refused()
    {
        var (shape, parameters) = KnownNetworks.Constant(0, 1, 2, 3);
        var message = Assert.Throws<ArgumentException>(() => new FlowSampler(Ring, shape, parameters, new())).Message;
        Assert.Contains("3 coordinates and 0 conditions does not fit problem 'ring' with 3 and 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_drawing_ends()
    {
        using var team = new Team(1);
        Assert.Throws<OperationCanceledException>(() => Sampler(new() { Steps = 1 }).Sample(10, Key, team, cancellation: new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sampler(new()).Sample(-1, Key, team));
    }

    [Fact]
    public void Progress_is_told_wave_by_wave_up_to_the_count()
    {
        using var team = new Team(2);
        var told = new Heard();
        Sampler(new() { Steps = 1 }).Sample(40_000, Key, team, progress: told);
        Assert.Equal([16_384, 32_768, 40_000], told.Values);
    }

    private static SampleSet Draw(int count, int threads)
    {
        using var team = new Team(threads);
        return Sampler(new FlowOptions { Method = FlowMethod.EulerMaruyama, Steps = 3 }).Sample(count, Key, team);
    }

    private static FlowSampler Sampler(FlowOptions flow)
    {
        var shape = new MlpShape(3, 2, [16, 16], ActivationKind.Gelu, new TimeEmbedding(TimeEmbeddingKind.Harmonic, 2), true);
        var parameters = new float[shape.ParameterCount];
        Mlp.Initialize(shape, Key.Fold("weights"), 1, parameters);
        return new FlowSampler(Ring, shape, parameters, flow);
    }

    private sealed class Heard : IProgress<int>
    {
        public List<int> Values { get; } = [];

        public void Report(int value) => Values.Add(value);
    }
}
