using Locus.Engine.Networks;
using Locus.Engine.Tests.Kernels;
using Locus.Engine.Workers;

namespace Locus.Engine.Tests.Networks;

public sealed class OptimizerTests
{
    // Not a multiple of 16, and three chunks of 4096 with a short last one.
    private const int Count = 10_007;
    private const int Shards = 3;
    private const double Scale = 1 / 48.0;
    private static readonly AdamOptions Options = new(Beta1: 0.8f, Beta2: 0.95f, Epsilon: 1e-6f, WeightDecay: 0.3f, AverageDecay: 0.9f);

    [Theory]
    [InlineData(float.PositiveInfinity, false)]
    [InlineData(0.7f, false)]
    [InlineData(1e-3f, false)]
    [InlineData(0.7f, true)]
    [InlineData(1e-3f, true)]
    public void Steps_are_those_of_AdamW_with_a_moving_average_in_double(float clip, bool byStep)
    {
        using var team = new Team(2);
        var options = byStep ? Options : Options with { GradientClip = clip };
        var state = Start();
        var optimizer = new Optimizer(state, options, Shards);
        var (p, a, m, v) = (Wide(state.Parameters), Wide(state.Average), new double[Count], new double[Count]);
        for (var step = 1; step <= 25; step++)
        {
            var rate = 0.02 / step;
            var g = Fill(optimizer, step);
            var norm = Scale * Math.Sqrt(g.Sum(x => x * x));
            Assert.Equal(1, (byStep ? Limited(optimizer, team, rate, clip) : optimizer.Step(team, rate, Scale)) / norm, 1e-5);
            var factor = Scale * Math.Min(1, clip / norm);
            var share = 1 - Math.Min(0.9, (1.0 + step) / (10 + step));
            for (var i = 0; i < Count; i++)
            {
                m[i] = 0.8 * m[i] + 0.2 * factor * g[i];
                v[i] = 0.95 * v[i] + 0.05 * factor * g[i] * factor * g[i];
                var (mean, square) = (m[i] / (1 - Math.Pow(0.8, step)), v[i] / (1 - Math.Pow(0.95, step)));
                p[i] -= rate * (mean / (Math.Sqrt(square) + 1e-6) + 0.3 * p[i]);
                a[i] += share * (p[i] - a[i]);
            }
        }
        Assert.Equal(25, state.Steps);
        for (var i = 0; i < Count; i++)
        {
            // Values below 1 that move by up to 0.02 a step: 25 roundings of 6e-8, and the moments' relative ones of 1e-6.
            Assert.Equal(p[i], state.Parameters.Span[i], 4e-6);
            Assert.Equal(a[i], state.Average.Span[i], 4e-6);
            Assert.Equal(m[i], state.FirstMoment.Span[i], 2e-6 * Math.Min(1, clip));
            Assert.Equal(v[i], state.SecondMoment.Span[i], 2e-6 * Math.Min(1, clip * clip));
        }
    }

    [Fact]
    public void A_limit_scales_a_larger_gradient_to_exactly_it_and_holds_for_one_step()
    {
        using var team = new Team(2);
        // With Beta1 = 0 the first moment is the gradient that took effect.
        var state = Start();
        var optimizer = new Optimizer(state, Options with { Beta1 = 0, GradientClip = 1.5f }, Shards);
        // The gradient's own norm is 2.08. Of two limits the smaller one counts, of none that of the options.
        (double Limit, double Effect)[] steps = [(0.25, 0.25), (double.PositiveInfinity, 1.5), (1e-6, 1e-6), (1.4, 1.4), (1.6, 1.5), (7, 1.5)];
        foreach (var (limit, effect) in steps)
        {
            var g = Fill(optimizer, 1);
            var norm = Limited(optimizer, team, 1e-3, limit);
            Assert.Equal(2.08, norm, 0.02);
            Assert.Equal(1, Math.Sqrt(state.FirstMoment.ToArray().Sum(m => (double)m * m)) / effect, 1e-6);
            for (var i = 0; i < Count; i++) Assert.Equal(effect / norm * Scale * g[i], state.FirstMoment.Span[i], 1e-8 * effect);
        }

        // A gradient within its limit stays what it is, to the last bit.
        var (free, within) = (Start(), Start());
        var (first, second) = (new Optimizer(free, Options, Shards), new Optimizer(within, Options, Shards));
        Fill(first, 1);
        Fill(second, 1);
        Limited(second, team, 0.02, 1.0001 * first.Step(team, 0.02, Scale));
        Assert.Equal(Bits(free), Bits(within));
    }

    [Fact]
    public void The_average_follows_quickly_at_first_and_slowly_later()
    {
        using var team = new Team(1);
        var state = new ParameterState(1);
        var optimizer = new Optimizer(state, new AdamOptions(AverageDecay: 0.99f), 1);
        double p = 0, average = 0;
        for (var step = 1; step <= 2000; step++)
        {
            optimizer.Gradient(0)[0] = 1;
            optimizer.Step(team, 0.01, 1);
            // A gradient that is always the same moves the parameter by the rate.
            p -= 0.01;
            var decay = Math.Min(0.99, (1.0 + step) / (10.0 + step));
            average = decay * average + (1 - decay) * p;
            if (step is 1 or 10 or 100 or 2000) Assert.Equal(1, state.Average.Span[0] / average, 1e-3);
        }
        // At the end it lags by decay / (1 - decay) steps.
        Assert.Equal(99 * 0.01, state.Average.Span[0] - state.Parameters.Span[0], 1e-2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_bits_do_not_depend_on_the_threads(int threads) => Assert.Equal(Bits(Run(1, 20)), Bits(Run(threads, 20)));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(19)]
    public void An_optimizer_that_continues_from_a_state_gives_the_same_bits(int interruption)
    {
        var first = Run(1, interruption);
        var copy = new ParameterState(Count) { Steps = first.Steps };
        first.Parameters.CopyTo(copy.Parameters);
        first.Average.CopyTo(copy.Average);
        first.FirstMoment.CopyTo(copy.FirstMoment);
        first.SecondMoment.CopyTo(copy.SecondMoment);
        Assert.Equal(Bits(Run(1, 20)), Bits(Run(1, 20, copy)));
    }

    [Fact]
    public void Bias_corrections_continue_after_a_very_long_training()
    {
        // By then both corrections are 1; a step then is that of an optimizer that never corrects.
        using var team = new Team(1);
        var state = new ParameterState(1) { Steps = 3_000_000_000 };
        var optimizer = new Optimizer(state, new AdamOptions(), 1);
        optimizer.Gradient(0)[0] = 2;
        optimizer.Step(team, 0.5, 1);
        Assert.Equal(3_000_000_001, state.Steps);
        Assert.Equal(-0.5 * (0.1 * 2) / Math.Sqrt(0.001 * 4), state.Parameters.Span[0], 1e-4);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(1e30f)]
    public void A_gradient_that_is_not_finite_leaves_everything_as_it_was(float bad)
    {
        using var team = new Team(2);
        var state = Run(2, 3);
        var before = Bits(state);
        var optimizer = new Optimizer(state, Options, Shards);
        Fill(optimizer, 4);
        optimizer.Gradient(1)[Count - 1] = bad;
        Assert.False(double.IsFinite(optimizer.Step(team, 0.1, Scale)));
        Assert.Equal(before, Bits(state));
        Assert.Equal(3, state.Steps);

        // And the next good gradient counts as if nothing had been.
        Fill(optimizer, 4);
        Assert.True(double.IsFinite(optimizer.Step(team, Rate(4), Scale)));
        Assert.Equal(Bits(Run(1, 4)), Bits(state));
    }

    [Fact]
    public void What_pads_the_parameters_stays_nothing()
    {
        var state = Run(1, 20);
        Assert.True(state.Padded > Count && state.Padded % 16 == 0);
        foreach (var vector in new[] { state.Parameters, state.Average, state.FirstMoment, state.SecondMoment })
            foreach (var value in vector.Span[Count..]) Assert.Equal(0f, value);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using var team = new Team(1);
        var state = Start();
        var optimizer = new Optimizer(state, Options, Shards);
        optimizer.Step(team, 0.1, Scale);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) optimizer.Step(team, 0.1, Scale);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static ParameterState Start()
    {
        var state = new ParameterState(Count);
        ProductTests.Vector(Count, "start").CopyTo(state.Parameters);
        state.Parameters.CopyTo(state.Average);
        return state;
    }

    private static ParameterState Run(int threads, int steps, ParameterState? state = null)
    {
        using var team = new Team(threads);
        state ??= Start();
        var optimizer = new Optimizer(state, Options, Shards);
        while (state.Steps < steps)
        {
            Fill(optimizer, (int)state.Steps + 1);
            optimizer.Step(team, Rate((int)state.Steps + 1), Scale);
        }
        return state;
    }

    private static double Limited(Optimizer optimizer, Team team, double rate, double limit)
    {
        optimizer.Begin(rate, Scale, limit);
        team.Run(optimizer.Stages);
        return optimizer.Norm;
    }

    private static double Rate(int step) => 0.02 / step;

    /// <summary>Fills the shards and returns their sum.</summary>
    private static double[] Fill(Optimizer optimizer, int step)
    {
        var sum = new double[Count];
        for (var shard = 0; shard < Shards; shard++)
        {
            var gradient = ProductTests.Vector(Count, $"step {step} shard {shard}");
            gradient.CopyTo(optimizer.Gradient(shard));
            for (var i = 0; i < Count; i++) sum[i] += gradient[i];
        }
        return sum;
    }

    private static double[] Wide(Memory<float> values) => [.. values.Span[..Count].ToArray().Select(value => (double)value)];

    private static int[] Bits(ParameterState state) =>
        [.. new[] { state.Parameters, state.Average, state.FirstMoment, state.SecondMoment }.SelectMany(vector => vector.ToArray()).Select(BitConverter.SingleToInt32Bits)];
}
