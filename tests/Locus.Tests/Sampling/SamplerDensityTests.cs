using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;
using Locus.Sampling;
using Locus.Tests.Flows;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Sampling;

public sealed class SamplerDensityTests
{
    private static readonly Key Key = Key.Seed(22);

    private static readonly Problem Ring = Problem.Define(
        "ring", [new Variable("x", -3, 5), new("y", 0, 1), new("w")], [new Parameter("radius", 0.5, 2.5), new("width", -1, 3)],
        (x, c) => [Norm(x[0], x[1]) <= c[0], Abs(x[2]) <= c[1]]);

    [Theory]
    [InlineData(FlowMethod.Euler)]
    [InlineData(FlowMethod.Heun)]
    public void Samples_are_those_without_density_for_any_number_of_samples_and_threads(FlowMethod method)
    {
        var sampler = Sampler(new FlowOptions { Method = method, Steps = 3 });
        var given = new Dictionary<string, double> { ["radius"] = 0.7 };
        using Team one = new(1), three = new(3);
        // More than one wave of 256 blocks, and a last block that is not full.
        var all = sampler.SampleWithDensity(17_000, Key, three, given);
        Assert.Equal(sampler.Sample(17_000, Key, one, given).Points.Values, all.Points.Values);
        Assert.All(all.Densities!.Log, log => Assert.True(double.IsFinite(log)));
        foreach (var count in new[] { 0, 1, 31, 33, 64, 65, 1000 })
        {
            var some = sampler.SampleWithDensity(count, Key, one, given);
            Assert.Equal(sampler.Sample(count, Key, one, given).Points.Values, some.Points.Values);
            Assert.Equal(all.Conditions!.Values[..(2 * count)], some.Conditions!.Values);
            Assert.Equal(all.Densities.Log[..count], some.Densities!.Log);
            Assert.Equal(all.Densities.Folds[..count], some.Densities.Folds);
        }
        Assert.Null(sampler.Sample(10, Key, one).Densities);
    }

    [Fact]
    public void Densities_are_by_volume_in_the_users_units()
    {
        // Noise that stands still: u is standard normal; x = 1 + 2 u, y = 0.5 + 0.25 u, w = u.
        var (shape, parameters) = KnownNetworks.Standing(3);
        var problem = Problem.Define("box", [new Variable("x", -3, 5), new("y", 0, 1), new("w")], x => [x[2] <= 1]);
        using var team = new Team(1);
        var samples = new FlowSampler(problem, shape, parameters, new FlowOptions { Steps = 4, GridPower = 1 }).SampleWithDensity(100, Key, team);
        for (var i = 0; i < 100; i++)
        {
            var x = samples.Points[i];
            double[] u = [(x[0] - 1) / 2, (x[1] - 0.5) / 0.25, x[2]];
            Assert.Equal(FlowTwin.LogNormal(u) - Math.Log(2) - Math.Log(0.25), samples.Densities!.Log[i], 1e-5);
        }
    }

    [Fact]
    public void In_one_coordinate_the_density_integrates_to_one()
    {
        // A monotone flow: slopes 0.4 within +-1 and 1.5 beyond. Sorted samples are the nodes of a quadrature.
        var (shape, parameters) = KnownNetworks.Bent(0.4f, 1.5f);
        var samples = Draw(shape, parameters, 20_000, new FlowOptions { Steps = 6, GridPower = 1 });
        var nodes = Enumerable.Range(0, 20_000).OrderBy(i => samples.Points[i][0]).ToArray();
        var integral = 0.0;
        for (var k = 1; k < nodes.Length; k++)
        {
            var (left, right) = (nodes[k - 1], nodes[k]);
            integral += (samples.Points[right][0] - samples.Points[left][0]) * (Math.Exp(samples.Densities!.Log[left]) + Math.Exp(samples.Densities.Log[right])) / 2;
        }
        // What lies beyond the outermost of 20,000 samples is 1 / 10,000 on average; the trapezoids between are off by as little.
        Assert.Equal(1, integral, 5e-4);
        Assert.Equal(0, samples.Densities!.Folded);
    }

    [Fact]
    public void In_the_plane_the_inverse_of_the_density_measures_areas()
    {
        var shape = new MlpShape(2, 0, [12, 9], ActivationKind.Silu, default, residual: true);
        var parameters = new float[shape.ParameterCount];
        Mlp.Initialize(shape, Key, 1.5f, parameters);
        const int Count = 40_000;
        var samples = Draw(shape, parameters, Count, new FlowOptions { Method = FlowMethod.Heun, Steps = 6 });
        Assert.Equal(0, samples.Densities!.Folded);
        var center = Enumerable.Range(0, 2).Select(d => Enumerable.Range(0, Count).Average(i => samples.Points[i][d])).ToArray();
        // Squares of side 0.5 around the middle of the samples: E[1[x in square] / q(x)] is the square's area.
        for (var row = -2; row < 2; row++)
            for (var column = -2; column < 2; column++)
            {
                double sum = 0, squares = 0;
                for (var i = 0; i < Count; i++)
                {
                    if (Math.Floor((samples.Points[i][0] - center[0]) / 0.5) != column || Math.Floor((samples.Points[i][1] - center[1]) / 0.5) != row) continue;
                    var inverse = Math.Exp(-samples.Densities.Log[i]);
                    sum += inverse;
                    squares += inverse * inverse;
                }
                var error = Math.Sqrt(squares - sum * sum / Count) / Count;
                // Four standard errors for each of 16 squares, and each must have enough samples to say something.
                Assert.InRange(error, 0, 0.02);
                Assert.InRange(sum / Count, 0.25 - 4 * error, 0.25 + 4 * error);
            }
    }

    [Fact]
    public void Picked_samples_come_with_all_that_is_theirs()
    {
        using var team = new Team(1);
        var all = Sampler(new FlowOptions { Steps = 2 }).SampleWithDensity(20, Key, team);
        var picked = all.Pick([7, 7, 0]);
        Assert.Equal([.. all.Points[7], .. all.Points[7], .. all.Points[0]], picked.Points.Values);
        Assert.Equal([.. all.Conditions![7], .. all.Conditions[7], .. all.Conditions[0]], picked.Conditions!.Values);
        Assert.Equal([all.Densities!.Log[7], all.Densities.Log[7], all.Densities.Log[0]], picked.Densities!.Log);
        Assert.Equal(3, picked.Densities.Folds.Length);
        var (shape, parameters) = KnownNetworks.Standing(1);
        var plain = new FlowSampler(Line, shape, parameters, new()).Sample(5, Key, team).Pick([4]);
        Assert.Equal((1, null, null), (plain.Points.Count, plain.Conditions, plain.Densities));
    }

    [Fact]
    public void What_has_no_density_is_refused_with_a_reason()
    {
        using var team = new Team(1);
        var stochastic = Sampler(new FlowOptions { Method = FlowMethod.EulerMaruyama });
        var message = Assert.Throws<LocusException>(() => stochastic.SampleWithDensity(3, Key, team)).Message;
        Assert.Equal(stochastic.WhyNoDensity, message);
        Assert.Contains("samples of 'ring' have no density: euler-maruyama adds noise on the way", message, StringComparison.Ordinal);
        Assert.Contains("run the network with euler or heun", message, StringComparison.Ordinal);
        Assert.Null(stochastic.With(new FlowOptions()).WhyNoDensity);

        var (shape, parameters) = KnownNetworks.Standing(65);
        var wide = new FlowSampler(Problem.Define("wide", 65, x => [x[0] <= 1]), shape, parameters, new FlowOptions { Method = FlowMethod.EulerMaruyama });
        message = Assert.Throws<LocusException>(() => wide.SampleWithDensity(3, Key, team)).Message;
        Assert.Contains("in at most 64 coordinates", message, StringComparison.Ordinal);
        Assert.Contains("'wide' has 65", message, StringComparison.Ordinal);
        Assert.Contains("euler-maruyama", message, StringComparison.Ordinal);
    }

    private static readonly Problem Line = Problem.Define("line", 1, x => [Abs(x[0]) <= 1]);

    private static SampleSet Draw(MlpShape shape, float[] parameters, int count, FlowOptions flow)
    {
        using var team = new Team(2);
        var problem = shape.Dimension == 1 ? Line : Problem.Define("plane", 2, x => [Norm(x) <= 1]);
        return new FlowSampler(problem, shape, parameters, flow).SampleWithDensity(count, Key, team);
    }

    private static FlowSampler Sampler(FlowOptions flow)
    {
        var shape = new MlpShape(3, 2, [16, 16], ActivationKind.Gelu, new TimeEmbedding(TimeEmbeddingKind.Harmonic, 2), true);
        var parameters = new float[shape.ParameterCount];
        Mlp.Initialize(shape, Key.Fold("weights"), 1, parameters);
        return new FlowSampler(Ring, shape, parameters, flow);
    }
}
