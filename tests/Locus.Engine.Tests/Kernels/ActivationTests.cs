using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

public sealed class ActivationTests
{
    // Values: a few ulp of the result. GELU subtracts from 1 in its left tail, so its bound is absolute. Derivatives: sums of terms near 1.
    [Fact]
    public void Silu_and_its_derivative_are_right() => Check<Silu>(
        x => x / (1 + Math.Exp(-x)), x => Sigma(x) * (1 + x * (1 - Sigma(x))), (x, f) => 4e-7 * Math.Abs(f), (x, d) => 4e-7);

    [Fact]
    public void Gelu_and_its_derivative_are_right() => Check<Gelu>(
        x => x * Phi(x), x => Phi(x) + x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI), (x, f) => 1e-7 * (1 + Math.Abs(x)), (x, d) => 4e-7);

    [Fact]
    public void Tanh_and_its_derivative_are_right() =>
        Check<TanhActivation>(Math.Tanh, x => 1 - Math.Tanh(x) * Math.Tanh(x), (x, f) => 2e-7 * Math.Abs(f), (x, d) => 4e-7);

    [Fact]
    public void Relu_and_its_derivative_are_right() => Check<Relu>(x => Math.Max(x, 0), x => x > 0 ? 1 : 0, (x, f) => 0, (x, d) => 0);

    [Fact]
    public void Identity_and_its_derivative_are_right() => Check<Identity>(x => x, x => 1, (x, f) => 0, (x, d) => 0);

    [Fact]
    public void Log_sigmoid_and_its_derivative_are_right() =>
        Check<LogSigmoid>(x => x > 0 ? -double.LogP1(Math.Exp(-x)) : x - double.LogP1(Math.Exp(x)), x => Sigma(-x), (x, f) => 1.2e-7 * (1 + Math.Abs(x)), (x, d) => 4e-7);

    [Fact]
    public void The_negative_exponential_is_its_own_derivative() => Check<NegativeExponential>(x => -Math.Exp(x), x => -Math.Exp(x), (x, f) => 2e-7 * Math.Abs(f), (x, d) => 2e-7 * Math.Abs(d));

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        SameBits<Silu>();
        SameBits<Gelu>();
        SameBits<TanhActivation>();
        SameBits<Relu>();
        SameBits<Identity>();
        SameBits<LogSigmoid>();
        SameBits<NegativeExponential>();
    }

    [Fact]
    public void Infinite_and_huge_arguments_give_finite_slopes_and_no_NaN()
    {
        float[] ends = [float.NegativeInfinity, float.MinValue, -1000f, 1000f, float.MaxValue, float.PositiveInfinity];
        AtEnds<Silu>(ends, [-1.4e-36f, -1.4e-36f, -1.4e-36f, 1000f, float.MaxValue, float.PositiveInfinity]);
        AtEnds<Gelu>(ends, [0f, 0f, 0f, 1000f, float.MaxValue, float.PositiveInfinity]);
        AtEnds<TanhActivation>(ends, [-1f, -1f, -1f, 1f, 1f, 1f], slopeRight: 0);
        AtEnds<LogSigmoid>(ends, [float.NegativeInfinity, float.MinValue, -1000f, 0f, 0f, 0f], slopeLeft: 1, slopeRight: 0);
        AtEnds<Relu>(ends, [0f, 0f, 0f, 1000f, float.MaxValue, float.PositiveInfinity]);
    }

    [Fact]
    public void NaN_stays_visible()
    {
        Assert.True(float.IsNaN(Apply<Silu, Lanes1>([float.NaN]).Value[0]));
        Assert.True(float.IsNaN(Apply<Gelu, Lanes1>([float.NaN]).Value[0]));
        Assert.True(float.IsNaN(Apply<TanhActivation, Lanes1>([float.NaN]).Value[0]));
        Assert.True(float.IsNaN(Apply<Relu, Lanes1>([float.NaN]).Value[0]));
        Assert.True(float.IsNaN(Apply<LogSigmoid, Lanes1>([float.NaN]).Value[0]));
        Assert.True(float.IsNaN(Apply<NegativeExponential, Lanes1>([float.NaN]).Value[0]));
    }

    [Fact]
    public void Blocks_of_unequal_rows_are_refused()
    {
        var arena = new Arena(3 * Block.Lanes);
        var error = Assert.Throws<ArgumentException>(() => ActivationKernel.Forward<Silu>(arena.Rows(2), arena.Rows(1)));
        Assert.Contains("1 rows of derivatives for 2 rows of values", error.Message, StringComparison.Ordinal);
    }

    private static double Sigma(double x) => 1 / (1 + Math.Exp(-x));

    private static double Phi(double x) => 0.5 * (1 + ErrorFunctionSeries.Erf(x / Math.Sqrt(2)));

    private static void Check<TActivation>(
        Func<double, double> value, Func<double, double> derivative, Func<double, double, double> valueBound, Func<double, double, double> slopeBound)
        where TActivation : struct, IActivation
    {
        var x = Arguments.Dense(1 << 16);
        var (values, slopes) = Apply<TActivation, Lanes16>(x);
        for (var i = 0; i < x.Length; i++)
        {
            var (f, d) = (value(x[i]), derivative(x[i]));
            if (Math.Abs(values[i] - f) > valueBound(x[i], f)) Assert.Fail($"value at {x[i]:R} is {values[i]:R}, not {f:R}");
            if (Math.Abs(slopes[i] - d) > slopeBound(x[i], d)) Assert.Fail($"derivative at {x[i]:R} is {slopes[i]:R}, not {d:R}");
        }
    }

    private static void SameBits<TActivation>()
        where TActivation : struct, IActivation
    {
        var x = Arguments.EveryKind(32_749).Concat(Arguments.Dense(1 << 16)).ToArray();
        x = x[..(x.Length / Block.Lanes * Block.Lanes)];
        var plain = Apply<TActivation, Lanes1>(x);
        foreach (var wide in new[] { Apply<TActivation, Lanes8>(x), Apply<TActivation, Lanes16>(x), Chosen<TActivation>(x) })
        {
            Lanewise.SameBits(typeof(TActivation).Name, x, plain.Value, wide.Value);
            Lanewise.SameBits(typeof(TActivation).Name + "'", x, plain.Derivative, wide.Derivative);
        }
    }

    private static void AtEnds<TActivation>(float[] x, float[] expected, float slopeRight = 1, float slopeLeft = 0)
        where TActivation : struct, IActivation
    {
        var (values, slopes) = Apply<TActivation, Lanes1>(x);
        for (var i = 0; i < x.Length; i++)
        {
            Assert.Equal(expected[i], values[i], Math.Abs(expected[i]) < 1 ? 1e-37f : 0f);
            Assert.Equal(x[i] > 0 ? slopeRight : slopeLeft, slopes[i], 1e-30f);
        }
    }

    private static unsafe (float[] Value, float[] Derivative) Apply<TActivation, T>(float[] x)
        where TActivation : struct, IActivation
        where T : struct, ILanes<T>
    {
        var (values, slopes) = (new float[x.Length], new float[x.Length]);
        fixed (float* source = x, target = values, derivative = slopes)
        {
            for (var i = 0; i < x.Length; i += T.Count)
            {
                TActivation.ValueAndDerivative(T.Load(source + i), out var value, out var slope);
                T.Store(value, target + i);
                T.Store(slope, derivative + i);
            }
        }
        return (values, slopes);
    }

    // Through the drivers, the one without derivative too, which must agree with the other.
    private static (float[] Value, float[] Derivative) Chosen<TActivation>(float[] x)
        where TActivation : struct, IActivation
    {
        var arena = new Arena(3 * x.Length);
        var (alone, values, slopes) = (arena.Rows(x.Length / Block.Lanes), arena.Rows(x.Length / Block.Lanes), arena.Rows(x.Length / Block.Lanes));
        x.CopyTo(alone.Values);
        x.CopyTo(values.Values);
        ActivationKernel.Forward<TActivation>(alone);
        ActivationKernel.Forward<TActivation>(values, slopes);
        Lanewise.SameBits(typeof(TActivation).Name, x, alone.Values.ToArray(), values.Values.ToArray());
        return (values.Values.ToArray(), slopes.Values.ToArray());
    }
}
