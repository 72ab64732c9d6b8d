using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

public sealed class ElementarySpecialValuesTests
{
    private const float Inf = float.PositiveInfinity;

    [Fact]
    public void Exp_overflows_underflows_and_passes_NaN_on() => Exactly<ExpFormula>(
        (0f, 1f),
        (-0f, 1f),
        (Inf, Inf),
        (-Inf, 0f),
        (88.72283f, 3.40279851e+38f), // the last finite one
        (88.72284f, Inf),
        (float.MaxValue, Inf),
        (-103.97207f, float.Epsilon), // the last that is not 0
        (-103.97209f, 0f),
        (float.MinValue, 0f),
        (float.Epsilon, 1f),
        (float.NaN, float.NaN));

    [Fact]
    public void Log_of_zero_is_minus_infinity_and_below_zero_NaN() => Exactly<LogFormula>(
        (0f, -Inf),
        (-0f, -Inf),
        (1f, 0f),
        (Inf, Inf),
        (-1f, float.NaN),
        (-float.Epsilon, float.NaN),
        (-Inf, float.NaN),
        (float.Epsilon, -103.27893f),
        (float.NaN, float.NaN));

    [Fact]
    public void Sin_keeps_signed_zeros_and_calls_angles_beyond_its_limit_zero() => Exactly<SinFormula>(
        (0f, 0f),
        (-0f, -0f),
        (float.Epsilon, float.Epsilon),
        (-float.Epsilon, -float.Epsilon),
        (1048577f, 0f), // beyond the limit the angle counts as 0
        (-1048577f, -0f),
        (float.MaxValue, 0f),
        (Inf, float.NaN),
        (-Inf, float.NaN),
        (float.NaN, float.NaN));

    [Fact]
    public void Cos_calls_angles_beyond_its_limit_zero() => Exactly<CosFormula>(
        (0f, 1f),
        (-0f, 1f),
        (1048577f, 1f),
        (float.MinValue, 1f),
        (Inf, float.NaN),
        (float.NaN, float.NaN));

    [Fact]
    public void Tanh_keeps_signed_zeros_and_saturates() => Exactly<TanhFormula>(
        (0f, 0f),
        (-0f, -0f),
        (float.Epsilon, float.Epsilon),
        (-float.Epsilon, -float.Epsilon),
        (9.02f, 1f),
        (-9.02f, -1f),
        (Inf, 1f),
        (-Inf, -1f),
        (float.NaN, float.NaN));

    [Fact]
    public void Erf_keeps_signed_zeros_and_saturates() => Exactly<ErfFormula>(
        (0f, 0f),
        (-0f, -0f),
        (3.93f, 1f),
        (-3.93f, -1f),
        (float.MaxValue, 1f),
        (Inf, 1f),
        (-Inf, -1f),
        (float.NaN, float.NaN));

    [Fact]
    public void Sigmoid_saturates_at_one() => Exactly<SigmoidFormula>(
        (0f, 0.5f),
        (17f, 1f),
        (Inf, 1f),
        (float.NaN, float.NaN));

    [Fact]
    public void Sigmoid_never_reaches_zero()
    {
        var lowest = Lanewise.Apply<SigmoidFormula>(-87f);
        Assert.InRange(lowest, 1.6e-38f, 1.7e-38f);
        Assert.Equal(lowest, Lanewise.Apply<SigmoidFormula>(-Inf));
    }

    [Fact]
    public void Atan2_follows_the_standard_at_zeros_and_infinities()
    {
        (float Y, float X, float Angle)[] cases =
        [
            (0f, 0f, 0f),
            (-0f, 0f, -0f),
            (0f, -0f, 3.1415927f),
            (-0f, -0f, -3.1415927f),
            (0f, 1f, 0f),
            (-0f, -1f, -3.1415927f),
            (1f, 0f, 1.5707964f),
            (-1f, -0f, -1.5707964f),
            (1f, 1f, 0.7853982f),
            (-1f, -1f, -2.3561945f),
            (Inf, Inf, 0.7853982f),
            (-Inf, Inf, -0.7853982f),
            (Inf, -Inf, 2.3561945f),
            (1f, Inf, 0f),
            (-1f, -Inf, -3.1415927f),
            (Inf, 5f, 1.5707964f),
            (float.MaxValue, float.MaxValue, 0.7853982f),
            (float.Epsilon, float.Epsilon, 0.7853982f),
            (float.Epsilon, 1f, float.Epsilon),
            (float.NaN, 1f, float.NaN),
            (0f, float.NaN, float.NaN),
            (Inf, float.NaN, float.NaN),
        ];
        foreach (var (y, x, angle) in cases)
        {
            Same($"atan2({y:R}, {x:R})", angle, Lanewise.Apply2<Lanes1>([y], [x])[0]);
            Same($"the case of ({y:R}, {x:R})", (float)Math.Atan2(y, x), angle);
        }
    }

    [Fact]
    public unsafe void Quarter_turns_are_exact()
    {
        float[] sines = [0, 1, 0, -1], cosines = [1, 0, -1, 0];
        for (var quarter = -8; quarter <= 8; quarter++)
        {
            float sin, cos;
            Elementary.SinCosOfTurns(Lanes1.Of(quarter * 0.25f), out var s, out var c);
            Lanes1.Store(s, &sin);
            Lanes1.Store(c, &cos);
            Assert.Equal(sines[quarter & 3], sin);
            Assert.Equal(cosines[quarter & 3], cos);
        }
    }

    private static void Exactly<TFormula>(params (float X, float Expected)[] cases)
        where TFormula : struct, IFormula
    {
        foreach (var (x, expected) in cases) Same($"{TFormula.Name}({x:R})", expected, Lanewise.Apply<TFormula>(x));
    }

    // Assert.Equal would take -0 for 0.
    private static void Same(string what, float expected, float actual)
    {
        var same = float.IsNaN(expected) ? float.IsNaN(actual) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual);
        Assert.True(same, $"{what} is {actual:R}, not {expected:R}");
    }
}
