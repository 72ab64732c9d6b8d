using Locus.Flows;

namespace Locus.Tests.Flows;

/// <summary>The stochastic method must keep the marginals of the flow, whatever the noise (Ma et al. 2024).</summary>
public sealed class EulerMaruyamaTests
{
    private const int Steps = 64;
    private const int Blocks = 320;

    public static TheoryData<FlowNoise, double> Schedules => new()
    {
        { FlowNoise.Sigma, 1 }, { FlowNoise.Sigma, 3 }, { FlowNoise.VariancePreserving, 1 }, { FlowNoise.VariancePreserving, 0.3 }, { FlowNoise.Constant, 0.5 }, { FlowNoise.Constant, 1 },
    };

    [Fact]
    public void Without_noise_it_is_Euler_to_the_last_bit()
    {
        var (shape, parameters) = KnownNetworks.Normal(Steps);
        var euler = FlowTests.Run(shape, parameters, new FlowOptions { Steps = Steps });
        foreach (var noise in Enum.GetValues<FlowNoise>())
        {
            var still = FlowTests.Run(shape, parameters, new FlowOptions { Method = FlowMethod.EulerMaruyama, Steps = Steps, Noise = noise, NoiseStrength = 0 });
            for (var i = 0; i <= Steps; i++) Assert.Equal(euler[i][0], still[i][0]);
        }
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void The_variance_of_a_normal_target_is_that_of_the_written_scheme_on_the_way_and_at_the_end(FlowNoise noise, double strength)
    {
        var options = Options(noise, strength, Steps);
        var (shape, parameters) = KnownNetworks.Normal(Steps);
        var squares = new double[Steps + 1];
        for (var block = 0; block < Blocks; block++)
        {
            var moments = FlowTests.Run(shape, parameters, options, (ulong)block * 64);
            for (var i = 0; i <= Steps; i++) squares[i] += moments[i][0].Sum(z => (double)z * z);
        }
        var expected = Variances(noise, strength, Steps);
        // The mean square of N normal values strays by sqrt(2 / N) of itself; four times that.
        var bound = 4 * Math.Sqrt(2.0 / (Blocks * 64));
        foreach (var i in new[] { 0, 8, 16, 32, 48, 60, 63, 64 }) Assert.InRange(squares[i] / (Blocks * 64) / expected[i], 1 - bound, 1 + bound);
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void The_written_scheme_tends_to_the_target_as_the_steps_shrink(FlowNoise noise, double strength)
    {
        // First order: each doubling of the steps about halves what is missing; at 4096 steps it is below a percent for every schedule.
        double Miss(int steps) => Math.Abs(Variances(noise, strength, steps)[^1] - 1);
        Assert.InRange(Miss(4096), 0, 0.01);
        Assert.True(Miss(4096) < 0.7 * Miss(1024), $"{Miss(1024)} at 1024 steps, {Miss(4096)} at 4096");
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void On_the_way_to_a_single_point_the_spread_is_one_minus_t(FlowNoise noise, double strength)
    {
        var (shape, parameters) = KnownNetworks.Constant(0, 1.5f);
        var options = Options(noise, strength, 256) with { NoiseEnd = 0.9 };
        var squares = new double[257];
        for (var block = 0; block < 100; block++)
        {
            var moments = FlowTests.Run(shape, parameters, options, (ulong)block * 64);
            for (var i = 0; i <= 256; i++) squares[i] += moments[i][0].Sum(z => (z - 1.5 * i / 256) * (z - 1.5 * i / 256));
        }
        // 6400 values: four times sqrt(2 / 6400) is 0.071 of the variance; the scheme's own error at 256 steps comes on top, up to 0.07 where noise is strong.
        foreach (var i in new[] { 64, 128, 192, 224 })
            Assert.InRange(squares[i] / 6400 / Math.Pow(1 - i / 256.0, 2), 1 - 0.15, 1 + 0.15);
        Assert.Equal(0, squares[256]);
    }

    [Fact]
    public void Schedules_are_as_written_and_end_in_time()
    {
        Assert.Equal(2 * 0.75, new FlowOptions { NoiseStrength = 2 }.Diffusion(0.25), 1e-15);
        Assert.Equal(2, new FlowOptions { NoiseStrength = 2, Noise = FlowNoise.Constant }.Diffusion(0.25), 1e-15);
        var preserving = new FlowOptions { NoiseStrength = 0.5, Noise = FlowNoise.VariancePreserving };
        Assert.Equal(0.5 * 2 * 0.5 / 0.5, preserving.Diffusion(0.5), 1e-15);
        Assert.Equal(5, preserving.Diffusion(0), 1e-15);
        Assert.Equal(5, preserving.Diffusion(0.1), 1e-15);
        foreach (var noise in Enum.GetValues<FlowNoise>())
        {
            Assert.True(new FlowOptions { Noise = noise }.Diffusion(0.96) > 0);
            Assert.Equal(0, new FlowOptions { Noise = noise }.Diffusion(0.9601));
            Assert.Equal(0, new FlowOptions { Noise = noise, NoiseEnd = 0 }.Diffusion(0.01));
        }
    }

    private static FlowOptions Options(FlowNoise noise, double strength, int steps) =>
        new() { Method = FlowMethod.EulerMaruyama, Steps = steps, GridPower = 1, Noise = noise, NoiseStrength = strength, NoiseEnd = 0.9 };

    /// <summary>The variance after each step of z' = z + h (v + w s / 2) + sqrt(w h) n with v = (g - 1) z / (1 - t), s = -(1 - t g) z / (1 - t)^2.</summary>
    private static double[] Variances(FlowNoise noise, double strength, int steps)
    {
        var variances = new double[steps + 1];
        variances[0] = 1;
        for (var i = 0; i < steps; i++)
        {
            double t = (double)i / steps, h = 1.0 / steps, left = 1 - t, g = KnownNetworks.NormalGain(t);
            var w = t > 0.9 || i == steps - 1 ? 0 : strength * noise switch
            {
                FlowNoise.Sigma => left,
                FlowNoise.Constant => 1,
                _ => t == 0 ? 10 : Math.Min(10, 2 * left / t),
            };
            var factor = 1 + h * ((g - 1) / left - w / 2 * (1 - t * g) / (left * left));
            variances[i + 1] = factor * factor * variances[i] + w * h;
        }
        return variances;
    }
}
