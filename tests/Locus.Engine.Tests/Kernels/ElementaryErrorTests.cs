using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Kernels;

public sealed class ElementaryErrorTests
{
    [Fact]
    public void Exp_keeps_its_stated_error() => Check<ExpFormula>();

    [Fact]
    public void Log_keeps_its_stated_error() => Check<LogFormula>();

    [Fact]
    public void Sin_keeps_its_stated_error() => Check<SinFormula>();

    [Fact]
    public void Cos_keeps_its_stated_error() => Check<CosFormula>();

    [Fact]
    public void Tanh_keeps_its_stated_error() => Check<TanhFormula>();

    [Fact]
    public void Erf_keeps_its_stated_error() => Check<ErfFormula>();

    [Fact]
    public void Atan_keeps_its_stated_error() => Check<AtanFormula>();

    [Fact]
    public void Sigmoid_keeps_its_stated_error() => Check<SigmoidFormula>();

    [Fact]
    public void Sin_and_cos_keep_their_error_next_to_their_zeros()
    {
        for (var k = 1; k < 667_000; k += 7)
        {
            var x = (float)(k * Math.PI / 2);
            var distance = Math.Max(
                Ulp.Distance(Lanewise.Apply<SinFormula>(x), Math.Sin(x)), Ulp.Distance(Lanewise.Apply<CosFormula>(x), Math.Cos(x)));
            if (distance > SinFormula.Bound) Assert.Fail($"{distance} ulp at {x:R}");
        }
    }

    [Fact]
    public void Atan2_keeps_its_stated_error_in_all_quadrants()
    {
        const int count = 1 << 20;
        var (y, x) = (new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            // Every other pair of one size, the rest anywhere between the smallest and the largest floats.
            var spread = i % 2 * 80;
            y[i] = Signed(0, i) * MathF.ScaleB(1, (int)(spread * (Draws.Uniform(Key.Seed(2), (ulong)i, 2) - 0.5)));
            x[i] = Signed(1, i) * MathF.ScaleB(1, (int)(spread * (Draws.Uniform(Key.Seed(2), (ulong)i, 3) - 0.5)));
        }
        var angle = Lanewise.Apply2<Lanes16>(y, x);
        for (var i = 0; i < count; i++)
        {
            var distance = Ulp.Distance(angle[i], Math.Atan2(y[i], x[i]));
            if (distance > AtanFormula.Bound) Assert.Fail($"{distance} ulp at ({y[i]:R}, {x[i]:R})");
        }

        static float Signed(uint draw, int i) => (float)(2 * Draws.Uniform(Key.Seed(2), (ulong)i, draw) - 1);
    }

    [Fact]
    public unsafe void Turns_keep_their_stated_error()
    {
        float u, sin, cos;
        for (var i = -200_000; i <= 200_000; i++)
        {
            u = i / 65536f;
            Elementary.SinCosOfTurns(Lanes1.Load(&u), out var s, out var c);
            Lanes1.Store(s, &sin);
            Lanes1.Store(c, &cos);
            // Eighths are reduced in integers for the reference too, so that its own rounding of 2 pi u does no harm at zeros.
            var (quarter, rest) = ((i >> 14) & 3, (i & 16383) / 65536.0 * 2 * Math.PI);
            var (exactSin, exactCos) = quarter switch
            {
                0 => (Math.Sin(rest), Math.Cos(rest)),
                1 => (Math.Cos(rest), -Math.Sin(rest)),
                2 => (-Math.Sin(rest), -Math.Cos(rest)),
                _ => (-Math.Cos(rest), Math.Sin(rest)),
            };
            // The reference's cosine near a quarter turn is only good to 1e-16.
            if (Math.Abs(sin - exactSin) > 2 * Spacing(exactSin) + 1e-15) Assert.Fail($"sin of {u:R} turns is {sin:R}, not {exactSin:R}");
            if (Math.Abs(cos - exactCos) > 2 * Spacing(exactCos) + 1e-15) Assert.Fail($"cos of {u:R} turns is {cos:R}, not {exactCos:R}");
        }

        static double Spacing(double v) => v == 0 ? 0 : Math.ScaleB(1, Math.ILogB(v) - 23);
    }

    private static void Check<TFormula>()
        where TFormula : struct, IFormula
    {
        Check<TFormula>(Arguments.EveryKind(1999));
        Check<TFormula>(Arguments.Dense(1 << 20));
    }

    private static void Check<TFormula>(float[] x)
        where TFormula : struct, IFormula
    {
        var value = Lanewise.Apply<TFormula, Lanes16>(x);
        for (var i = 0; i < x.Length; i++)
        {
            if (Math.Abs(x[i]) > TFormula.Limit || x[i] < TFormula.Lowest) continue;
            var distance = Ulp.Distance(value[i], TFormula.Exact(x[i]));
            if (distance > TFormula.Bound) Assert.Fail($"{TFormula.Name}({x[i]:R}) = {value[i]:R} is {distance} ulp off, {TFormula.Bound} are stated");
        }
    }
}
