using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Flows;

namespace Locus.Tests.Flows;

public sealed class FlowDensityTests
{
    private static readonly Key Key = Key.Seed(31);

    public static TheoryData<FlowMethod, ActivationKind, bool> Networks
    {
        get
        {
            var data = new TheoryData<FlowMethod, ActivationKind, bool>();
            foreach (var method in new[] { FlowMethod.Euler, FlowMethod.Heun })
                foreach (var activation in Enum.GetValues<ActivationKind>())
                    foreach (var residual in new[] { false, true }) data.Add(method, activation, residual);
            return data;
        }
    }

    [Theory]
    [InlineData(FlowMethod.Euler, 1)]
    [InlineData(FlowMethod.Euler, 7)]
    [InlineData(FlowMethod.Heun, 7)]
    public void An_affine_flow_makes_a_normal_law_of_known_density(FlowMethod method, int steps)
    {
        float[,] a = { { 0.8f, 0.5f }, { -0.3f, 0.6f } };
        var (shape, parameters) = KnownNetworks.Affine(a, 0.4f, -1);
        var options = new FlowOptions { Method = method, Steps = steps, GridPower = 2 };
        var twin = new FlowTwin(shape, parameters, options, []);
        // x = m + M e, so that q is the normal density with mean m and covariance M M^T, at x alone.
        var mean = twin.End([0, 0]);
        double[] first = twin.End([1, 0]), second = twin.End([0, 1]);
        double[,] m = { { first[0] - mean[0], second[0] - mean[0] }, { first[1] - mean[1], second[1] - mean[1] } };
        double ss = m[0, 0] * m[0, 0] + m[0, 1] * m[0, 1], st = m[0, 0] * m[1, 0] + m[0, 1] * m[1, 1], tt = m[1, 0] * m[1, 0] + m[1, 1] * m[1, 1];
        var determinant = ss * tt - st * st;
        var workspace = Run(shape, parameters, options);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            double x = workspace.Network.Position[0][lane] - mean[0], y = workspace.Network.Position[1][lane] - mean[1];
            var expected = -(tt * x * x - 2 * st * x * y + ss * y * y) / determinant / 2 - Math.Log(determinant) / 2 - Math.Log(2 * Math.PI);
            // x is rounded to float and stands some deviations away, over smallest deviations of a half.
            Assert.Equal(expected, workspace.Density!.Log[lane], 1e-5);
            Assert.Equal(0, workspace.Density.Folds[lane]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(13)]
    [InlineData(FlowDensity.MostCoordinates)]
    public void In_any_number_of_coordinates_a_triangular_flow_has_the_product_of_its_diagonals(int dimension)
    {
        // Rows and columns are shuffled, which keeps the determinant and leaves the elimination to find its pivots.
        var order = new int[dimension];
        Draws.Permutation(Key, order);
        var a = new float[dimension, dimension];
        var expected = 0.0;
        var options = new FlowOptions { Steps = 5, GridPower = 1 };
        for (var i = 0; i < dimension; i++)
        {
            for (var j = 0; j <= i; j++) a[order[i], order[j]] = i == j ? 0.3f + 1.4f * i / dimension : (float)Draws.Uniform(Key, (ulong)(i * 64 + j), 1) - 0.5f;
            for (var step = 0; step < 5; step++) expected += Math.Log(1 + (a[order[i], order[i]] - 1.0) / (5 - step));
        }
        var (shape, parameters) = KnownNetworks.Affine(a, new float[dimension]);
        var workspace = Run(shape, parameters, options);
        var noise = Noise(dimension);
        for (var lane = 0; lane < Block.Lanes; lane++)
            // Entries of a step are rounded to float, 6e-8 of themselves; the inverse of the worst step multiplies that by about the number of rows.
            Assert.Equal(FlowTwin.LogNormal(noise[lane]) - expected, workspace.Density!.Log[lane], 2e-6 * dimension);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_sum_over_steps_is_the_volume_of_the_whole_way_by_finite_differences(FlowMethod method, ActivationKind activation, bool residual)
    {
        foreach (var (dimension, conditions, power) in new[] { (1, 0, 1), (2, 1, 2), (3, 2, 1), (5, 0, 2) })
        {
            var shape = new MlpShape(dimension, conditions, [12, 9], activation, new TimeEmbedding(TimeEmbeddingKind.Fourier, 2), residual);
            var parameters = new float[shape.ParameterCount];
            Mlp.Initialize(shape, Key.Fold((ulong)dimension), 1, parameters);
            for (var i = 0; i < parameters.Length; i++) parameters[i] *= 1.5f;
            var options = new FlowOptions { Method = method, Steps = 8, GridPower = power };
            var workspace = Run(shape, parameters, options, condition: 0.25f);
            var twin = new FlowTwin(shape, parameters, options, [.. Enumerable.Repeat(0.25, conditions)]);
            var noise = Noise(dimension);
            for (var lane = 0; lane < Block.Lanes; lane += 5)
            {
                var determinant = FlowTwin.Determinant(twin.Jacobian(noise[lane]));
                // Where space is pressed flat, floats say less about how flat: relative errors of 1e-6 a step against what is left of the smallest direction.
                var bound = 2e-5 + 2e-5 / Math.Pow(Math.Abs(determinant), 1.0 / dimension);
                var (expected, actual) = (FlowTwin.LogNormal(noise[lane]) - Math.Log(Math.Abs(determinant)), workspace.Density!.Log[lane]);
                if (!(Math.Abs(expected - actual) <= bound)) Assert.Fail($"D = {dimension}, lane {lane}: log q is {actual:R}, not {expected:R}; the determinant is {determinant:R}");
                Assert.Equal(determinant < 0, workspace.Density.Folds[lane] % 2 != 0);
            }
        }
    }

    [Theory]
    [InlineData(FlowMethod.Euler, 1)]
    [InlineData(FlowMethod.Heun, 2)]
    public void With_smaller_steps_the_density_tends_to_that_of_the_target(FlowMethod method, int order)
    {
        // The exact posterior mean of a standard normal target: the ODE leaves the law as it is, and its density is that of x.
        var errors = new List<double>();
        foreach (var steps in new[] { 16, 32, 64 })
        {
            var (shape, parameters) = KnownNetworks.Normal(steps);
            var workspace = Run(shape, parameters, new FlowOptions { Method = method, Steps = steps, GridPower = 1 });
            errors.Add(Enumerable.Range(0, Block.Lanes).Average(lane =>
                Math.Abs(workspace.Density!.Log[lane] - FlowTwin.LogNormal([workspace.Network.Position[0][lane]]))));
        }
        // As for the positions: halving the step divides the error by 2^order up to terms of the next order.
        Assert.InRange(errors[0] / errors[1], 0.85 * Math.Pow(2, order), 1.2 * Math.Pow(2, order));
        Assert.InRange(errors[1] / errors[2], 0.85 * Math.Pow(2, order), 1.2 * Math.Pow(2, order));
        Assert.True(errors[2] < (order == 1 ? 0.05 : 0.005), $"error {errors[2]}");
    }

    [Theory]
    [InlineData(FlowMethod.Euler)]
    [InlineData(FlowMethod.Heun)]
    public void Samples_are_those_of_a_run_without_density_to_the_last_bit(FlowMethod method)
    {
        var shape = new MlpShape(3, 2, [16, 16], ActivationKind.Gelu, new TimeEmbedding(TimeEmbeddingKind.Harmonic, 2), true);
        var parameters = new float[shape.ParameterCount];
        Mlp.Initialize(shape, Key, 1, parameters);
        var options = new FlowOptions { Method = method, Steps = 9 };
        FlowWorkspace with = Run(shape, parameters, options, 0.5f), without = new(shape);
        without.Network.Condition.Values.Fill(0.5f);
        new Flow(shape, options, Key).Run(parameters, without, 0);
        Assert.Equal(without.Network.Position.Values.ToArray(), with.Network.Position.Values.ToArray());
        Assert.Null(without.Density);
        Assert.All(with.Density!.Log, log => Assert.True(double.IsFinite(log)));
    }

    [Fact]
    public void A_step_that_turns_space_over_is_counted()
    {
        // Slope -0.5 within +-1, 2 beyond: one step is the prediction itself.
        var (shape, parameters) = KnownNetworks.Bent(-0.5f, 2);
        var once = Run(shape, parameters, new FlowOptions { Steps = 1 });
        var noise = Noise(1);
        Assert.Contains(noise, e => Math.Abs(e[0]) > 1);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var inner = Math.Abs(noise[lane][0]) < 1;
            Assert.Equal(inner ? 1 : 0, once.Density!.Folds[lane]);
            Assert.Equal(FlowTwin.LogNormal(noise[lane]) - Math.Log(inner ? 0.5 : 2), once.Density.Log[lane], 1e-12);
        }
        // Three steps of size 1/3, 1/2 and 1 to a mirror image: slopes 1/3, 0 and -1. A slope of 0 has no logarithm.
        var (mirror, mirrored) = KnownNetworks.Bent(-1, -1);
        var thrice = Run(mirror, mirrored, new FlowOptions { Steps = 3, GridPower = 1 });
        Assert.All(thrice.Density!.Folds, folds => Assert.Equal(2, folds));
        Assert.All(thrice.Density.Log, log => Assert.Equal(double.PositiveInfinity, log));
        // The next run on the same memory begins anew.
        new Flow(mirror, new FlowOptions { Steps = 1 }, Key).Run(mirrored, thrice, 0);
        Assert.All(thrice.Density.Folds, folds => Assert.Equal(1, folds));
        for (var lane = 0; lane < Block.Lanes; lane++) Assert.Equal(FlowTwin.LogNormal(noise[lane]), thrice.Density.Log[lane], 1e-12);
    }

    [Fact]
    public void What_leaves_the_numbers_has_no_density_and_does_no_harm_to_its_neighbours()
    {
        // Beyond +-1 each step multiplies by some 1e30, and the second leaves the floats.
        var (shape, parameters) = KnownNetworks.Bent(1, 1e30f);
        var workspace = Run(shape, parameters, new FlowOptions { Steps = 4 });
        var noise = Noise(1);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            Assert.Equal(Math.Abs(noise[lane][0]) > 1, !float.IsFinite(workspace.Network.Position[0][lane]));
            if (Math.Abs(noise[lane][0]) > 1) Assert.Equal(double.NaN, workspace.Density!.Log[lane]);
            else Assert.Equal(FlowTwin.LogNormal(noise[lane]), workspace.Density!.Log[lane], 1e-6);
        }
    }

    [Fact]
    public void What_cannot_be_done_is_refused()
    {
        var (shape, parameters) = KnownNetworks.Constant(0, 1);
        var workspace = new FlowWorkspace(shape, density: true);
        var message = Assert.Throws<InvalidOperationException>(() => new Flow(shape, new FlowOptions { Method = FlowMethod.EulerMaruyama }, Key).Run(parameters, workspace, 0)).Message;
        Assert.Contains("use euler or heun", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Flow(shape, new FlowOptions(), Key).Run(new TurnedMlp(shape, parameters), 1, workspace, 0));
        var wide = new MlpShape(FlowDensity.MostCoordinates + 1, 0, [1], ActivationKind.Silu, default, false);
        message = Assert.Throws<ArgumentException>(() => new FlowWorkspace(wide, density: true)).Message;
        Assert.Contains("at most 64 coordinates, not 65", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        var shape = new MlpShape(3, 0, [16, 16], ActivationKind.Silu, default, false);
        var parameters = new float[shape.ParameterCount];
        Mlp.Initialize(shape, Key, 1, parameters);
        var workspace = new FlowWorkspace(shape, density: true);
        var flow = new Flow(shape, new FlowOptions { Method = FlowMethod.Heun, Steps = 20 }, Key);
        flow.Run(parameters, workspace, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) flow.Run(parameters, workspace, 64);
        // A collection that another test causes settles the thread's account by a few bytes; 200 steps that allocate anything take more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200);
    }

    private static FlowWorkspace Run(MlpShape shape, float[] parameters, FlowOptions options, float condition = 0)
    {
        var workspace = new FlowWorkspace(shape, density: true);
        workspace.Network.Condition.Values.Fill(condition);
        new Flow(shape, options, Key).Run(parameters, workspace, 0);
        return workspace;
    }

    /// <summary>The noise of each lane, [64][D].</summary>
    private static double[][] Noise(int dimension)
    {
        var noise = new Arena(dimension * Block.Lanes).Rows(dimension);
        Draws.Normal(Key.Fold("start"), 0, 0, noise);
        return [.. Enumerable.Range(0, Block.Lanes).Select(lane => Enumerable.Range(0, dimension).Select(d => (double)noise[d][lane]).ToArray())];
    }
}
