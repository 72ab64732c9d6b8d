using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Tests.Flows;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Training;

/// <summary>CreateDataset of Algorithm 1: how many points of which kind a round gets, in both readings of the noise count.</summary>
public sealed class PoolBuilderTests
{
    private const int Size = 1000;

    private static readonly Problem Unit = Problem.Define("unit", 2, x => [Norm(x) <= 1]);

    // Standard normal samples lie beyond 2 with probability 0.0228; the filter of 1e-3 lets them be 0.0316 short: 0.0245.
    private static readonly Problem Tail = Problem.Define("tail", 2, x => [x[0] >= 2]);

    [Fact]
    public void The_noise_share_goes_from_its_start_to_its_end_in_equal_steps()
    {
        var options = new PaperOptions { Rounds = 50 };
        Assert.Equal(1, PoolBuilder.Gamma(options, 0), 1e-15);
        Assert.Equal(1 - 0.75 / 50, PoolBuilder.Gamma(options, 1), 1e-15);
        Assert.Equal(0.625, PoolBuilder.Gamma(options, 25), 1e-15);
        Assert.Equal(0.25, PoolBuilder.Gamma(options, 50), 1e-15);
    }

    // Share: (1 - gamma) n model points and gamma n of noise. Literal: gamma times the model points: n (1 - gamma^2) in all, a share gamma / (1 + gamma).
    [Theory]
    [InlineData(NoiseCount.Share, 1, 15, 985)]
    [InlineData(NoiseCount.Share, 25, 375, 625)]
    [InlineData(NoiseCount.Share, 50, 750, 250)]
    [InlineData(NoiseCount.Literal, 1, 15, 15)]
    [InlineData(NoiseCount.Literal, 25, 375, 234)]
    [InlineData(NoiseCount.Literal, 50, 750, 188)]
    public void A_network_that_always_lands_inside_gets_what_it_is_asked_for(NoiseCount reading, int round, int model, int noise)
    {
        var (shape, parameters) = KnownNetworks.Constant(0, 0.5f, 0.25f);
        var (pool, info) = Rebuild(Unit, shape, parameters, new PaperOptions { PoolSize = Size, NoiseCount = reading }, round);
        Assert.Equal((model, model, model + noise), (pool.ModelCount, info.Kept, pool.Count));
        Assert.Equal(noise / (double)(model + noise), info.NoiseShare, 1e-12);
        Assert.Equal(PoolBuilder.Gamma(new PaperOptions(), round), info.Gamma, 1e-12);
        // No more is drawn than whole blocks ask for.
        Assert.Equal((model + 63) / 64 * 64, info.Drawn);
        Assert.Equal((0, 1), (info.MeanSlack, info.Success));
        Assert.All(pool.Column(0)[..model].ToArray(), x => Assert.Equal(0.5f, x));
        Assert.All(pool.Column(1)[..model].ToArray(), x => Assert.Equal(0.25f, x));
        Assert.Equal(noise, pool.Column(0)[model..].ToArray().Distinct().Count());
    }

    [Theory]
    [InlineData(Shortfall.Noise, NoiseCount.Share)]
    [InlineData(Shortfall.Nothing, NoiseCount.Share)]
    [InlineData(Shortfall.Noise, NoiseCount.Literal)]
    public void At_most_ten_times_n_samples_are_drawn_and_the_rest_is_as_the_shortfall_says(Shortfall shortfall, NoiseCount reading)
    {
        var (shape, parameters) = KnownNetworks.Standing(2);
        var options = new PaperOptions { PoolSize = Size, NoiseStart = 0.4, NoiseEnd = 0.4, Shortfall = shortfall, NoiseCount = reading };
        var (pool, info) = Rebuild(Tail, shape, parameters, options, 1);
        // 10 n, up to a whole block.
        Assert.InRange(info.Drawn, 10 * Size, 10 * Size + 63);
        // Binomial: 10,000 at 0.0245 is 245, deviation 15.5; four of them.
        Assert.InRange(info.Kept, 245 - 62, 245 + 62);
        var noise = reading == NoiseCount.Literal ? (int)Math.Round(0.4 * info.Kept) : shortfall == Shortfall.Noise ? Size - info.Kept : 400;
        Assert.Equal(info.Kept + noise, pool.Count);
        Assert.Equal(noise / (double)pool.Count, info.NoiseShare, 1e-12);
    }

    [Fact]
    public void The_filter_keeps_whom_it_should_and_success_and_slack_are_of_all_that_were_drawn()
    {
        var (shape, parameters) = KnownNetworks.Standing(2);
        var options = new PaperOptions { PoolSize = 20_000, NoiseStart = 0.5, NoiseEnd = 0.5, Filter = 0.04 };
        var (pool, info) = Rebuild(Unit, shape, parameters, options, 1);
        Assert.Equal(10_000, info.Kept);
        var radii = Radii(pool, 0, info.Kept);
        // Below 0.2 of squared violation is a radius below 1.2; and some use that.
        Assert.InRange(radii.Max(), 1.19, 1.2);
        // P(radius < 1.001) = 1 - exp(-1.001^2 / 2) = 0.394; P(radius < 1.2) = 0.513. Four deviations of n = 19,456 and more.
        Assert.InRange(info.Success, 0.394 - 0.015, 0.394 + 0.015);
        Assert.InRange(info.Kept / (double)info.Drawn, 0.513 - 0.02, 0.513 + 0.02);
        // E [radius - 1]+ = integral of exp(-r^2 / 2) from 1 on = 0.3976.
        Assert.InRange(info.MeanSlack, 0.3976 - 0.015, 0.3976 + 0.015);
        // The rest is standard normal, not filtered: mean square radius 2, deviation 2 / 100; four of them.
        Assert.InRange(Radii(pool, info.Kept, pool.Count).Average(r => r * r), 1.92, 2.08);
    }

    [Fact]
    public void Samples_that_are_no_numbers_never_enter_the_pool()
    {
        var (shape, parameters) = KnownNetworks.Constant(0, float.NaN, 0);
        var options = new PaperOptions { PoolSize = 100, NoiseStart = 0, NoiseEnd = 0, DrawCap = 1 };
        var (pool, info) = Rebuild(Unit, shape, parameters, options, 1);
        Assert.Equal((0, 100, 0), (info.Kept, pool.Count, pool.ModelCount));
        Assert.Equal(0, info.Success);
        Assert.DoesNotContain(pool.Column(0).ToArray(), float.IsNaN);
    }

    [Fact]
    public void A_round_always_has_something_to_train_on_and_draws_nothing_it_does_not_want()
    {
        var (shape, parameters) = KnownNetworks.Constant(0, 9, 9);
        var nothing = new PaperOptions { PoolSize = 100, NoiseStart = 0, NoiseEnd = 0, Shortfall = Shortfall.Nothing };
        foreach (var options in new[] { nothing, nothing with { NoiseCount = NoiseCount.Literal } })
        {
            var (pool, info) = Rebuild(Unit, shape, parameters, options, 1);
            Assert.Equal((100, 0, 1.0), (pool.Count, pool.ModelCount, info.NoiseShare));
        }
        var (all, none) = Rebuild(Unit, shape, parameters, new PaperOptions { PoolSize = 100, NoiseEnd = 1 }, 1);
        Assert.Equal((100, 0, 0), (all.Count, all.ModelCount, none.Drawn));
        Assert.True(double.IsNaN(none.MeanSlack) && double.IsNaN(none.Success));
    }

    [Fact]
    public void Points_keep_the_conditions_that_they_were_drawn_for()
    {
        // The network answers with the condition c' in [-1, 1]; x may be at most c' + a quarter, so that everything passes.
        var problem = Problem.Define("echo", [new Variable("x")], [new Parameter("c", -1, 1)], (x, c) => [Abs(x[0] - c[0]) <= 0.25]);
        var (shape, parameters) = KnownNetworks.Echo(1, 1);
        var (pool, info) = Rebuild(problem, shape, parameters, new PaperOptions { PoolSize = Size, NoiseStart = 0.5, NoiseEnd = 0.5 }, 1);
        Assert.Equal(500, info.Kept);
        for (var i = 0; i < 500; i++) Assert.Equal(pool.Column(1)[i], pool.Column(0)[i], 1e-6);
        var drawn = pool.Column(1).ToArray();
        Assert.All(drawn, c => Assert.InRange(c, -1, 1));
        Assert.True(drawn.Distinct().Count() > 990 && drawn[..500].Max() > 0.95 && drawn[500..].Min() < -0.95);
    }

    private static IEnumerable<double> Radii(TrainingPool pool, int from, int to)
    {
        for (var i = from; i < to; i++) yield return Math.Sqrt(pool.Column(0)[i] * (double)pool.Column(0)[i] + pool.Column(1)[i] * (double)pool.Column(1)[i]);
    }

    private static (TrainingPool Pool, PoolInfo Info) Rebuild(Problem problem, MlpShape shape, float[] parameters, PaperOptions options, int round)
    {
        using var team = new Team(2);
        var pool = new TrainingPool(shape.Dimension + shape.Conditions, options.PoolSize);
        var builder = new PoolBuilder(options with { PoolSteps = 4 }, shape, Standardization.Of(problem), team.Threads);
        return (pool, builder.Rebuild(pool, round, team, parameters, Key.Seed(12)));
    }
}
