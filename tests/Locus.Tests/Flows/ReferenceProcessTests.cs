using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Flows;

namespace Locus.Tests.Flows;

public class ReferenceProcessTests
{
    private static readonly double[] grid = [0, 0.1, 0.15, 0.4, 0.8, 0.95, 1];

    public static TheoryData<string> Names => ["brownian", "variance-preserving"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_a_drift_the_way_there_has_the_density_of_the_way_back(string name)
    {
        var process = Of(name);
        double[] path = [.. Enumerable.Range(0, grid.Length).Select(i => i == 0 && process.StartVariance == 0 ? 0 : Draws.Normal(Key.Seed(2), (ulong)i, 0))];
        var (there, back) = (process.StartVariance == 0 ? 0 : Log(path[0], 0, process.StartVariance), Log(path[^1], 0, process.EndVariance));
        for (var i = 0; i < process.Steps; i++)
        {
            var (step, (factor, deviation)) = (process.Step(i), process.Back(i));
            there += Log(path[i + 1], step.Keep * path[i], step.Variance);
            // From the first point on the way is certain where all paths begin at 0.
            if (deviation > 0) back += Log(path[i], factor * path[i + 1], deviation * deviation);
            else Assert.Equal((0, 0.0), (i, factor));
        }
        Assert.Equal(there, back, 1e-5);
    }

    // The identity in double precision against the sums of all Gaussian densities by themselves.
    [Theory]
    [MemberData(nameof(Names))]
    public void The_density_of_a_path_over_that_of_the_way_back_is_the_sum_of_ratios_and_the_end(string name)
    {
        var process = Of(name);
        var (path, drift) = (new double[grid.Length], new double[process.Steps]);
        for (var i = 0; i < grid.Length; i++) path[i] = i == 0 && process.StartVariance == 0 ? 0 : Draws.Normal(Key.Seed(3), (ulong)i, 0);
        for (var i = 0; i < drift.Length; i++) drift[i] = Draws.Normal(Key.Seed(3), (ulong)i, 1);
        var (naive, ratios) = (process.StartVariance == 0 ? 0 : Log(path[0], 0, process.StartVariance), 0.0);
        for (var i = 0; i < process.Steps; i++)
        {
            double keep = process.Step(i).Keep, gain = process.Step(i).Gain, variance = process.Step(i).Variance;
            var (factor, deviation) = Back(process, i);
            naive += Log(path[i + 1], keep * path[i] + gain * drift[i], variance);
            if (deviation > 0) naive -= Log(path[i], factor * path[i + 1], deviation * deviation);
            var move = path[i + 1] - keep * path[i];
            ratios += gain / variance * (move * drift[i] - gain * drift[i] * drift[i] / 2);
        }
        Assert.Equal(naive, ratios + Log(path[^1], 0, Marginal(process, process.Steps)), 1e-9);
    }

    [Fact]
    public void Ends_have_the_variance_that_was_asked_for()
    {
        Assert.Equal(3, Of("brownian").EndVariance, 12);
        Assert.Equal(0, Of("brownian").StartVariance);
        Assert.Equal((3.0, 3.0), (Of("variance-preserving").StartVariance, Math.Round(Of("variance-preserving").EndVariance, 12)));
        var end = new Arena(2 * Block.Lanes).Rows(2);
        end.Values.Fill(1.5f);
        Assert.Equal(2 * Log(1.5, 0, 3), Of("brownian").LogEnd(end, 7), 1e-12);
    }

    [Fact]
    public void Wrong_grids_and_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ReferenceProcess.Brownian(1, [0, 0.5, 0.5, 1]));
        Assert.Throws<ArgumentException>(() => ReferenceProcess.Brownian(1, [0.1, 1]));
        Assert.Throws<ArgumentException>(() => ReferenceProcess.Brownian(0, [0, 1]));
        Assert.Throws<ArgumentException>(() => ReferenceProcess.VariancePreserving(1, 0, 1, [0, 1]));
    }

    // What single precision made of the steps, whose own marginals follow from them.
    private static double Marginal(ReferenceProcess process, int i)
    {
        var variance = process.StartVariance;
        for (var k = 0; k < i; k++) variance = (double)process.Step(k).Keep * process.Step(k).Keep * variance + process.Step(k).Variance;
        return variance;
    }

    private static (double Factor, double Deviation) Back(ReferenceProcess process, int i)
    {
        var (before, after) = (Marginal(process, i), Marginal(process, i + 1));
        return (process.Step(i).Keep * before / after, Math.Sqrt(process.Step(i).Variance * before / after));
    }

    private static double Log(double x, double mean, double variance) => -(x - mean) * (x - mean) / (2 * variance) - 0.5 * Math.Log(2 * Math.PI * variance);

    private static ReferenceProcess Of(string name) => name == "brownian" ? ReferenceProcess.Brownian(3, grid) : ReferenceProcess.VariancePreserving(3, 0.5, 4, grid);

    [Theory]
    [InlineData(7, 1)]
    [InlineData(40, 3)]
    public void The_unit_of_a_drift_depends_on_the_time_that_is_left_and_not_on_the_steps(int steps, double power)
    {
        var process = new DiffusionOptions { Steps = steps, Variance = 2, GridPower = power }.Reference();
        for (var i = 0; i < steps; i++) Assert.Equal(Math.Sqrt(2 / (1 - process.Time(i))), process.Unit(i), 1e-9 * process.Unit(i));
    }
}
