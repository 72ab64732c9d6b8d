using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

public sealed class ElementaryBitsTests
{
    [Fact]
    public void Every_function_gives_the_same_bits_in_16_and_8_lanes_and_in_one()
    {
        var x = Arguments.EveryKind(1409);
        Check<ExpFormula>(x);
        Check<LogFormula>(x);
        Check<SinFormula>(x);
        Check<CosFormula>(x);
        Check<TanhFormula>(x);
        Check<ErfFormula>(x);
        Check<AtanFormula>(x);
        Check<SigmoidFormula>(x);
    }

    [Fact]
    public void Atan2_of_all_kinds_of_pairs_gives_the_same_bits_on_every_width()
    {
        var y = Arguments.EveryKind(1409);
        var x = (float[])y.Clone();
        new System.Random(4).Shuffle(x);
        var plain = Lanewise.Apply2<Lanes1>(y, x);
        Lanewise.SameBits("atan2", y, plain, Lanewise.Apply2<Lanes8>(y, x));
        Lanewise.SameBits("atan2", y, plain, Lanewise.Apply2<Lanes16>(y, x));
        Lanewise.SameBits("atan2", y, plain, Lanewise.Apply2<Pair<Lanes8>>(y, x));
    }

    // Frozen results: a change of any bit changes every trained network, so it must be seen.
    [Fact]
    public void The_bits_are_the_ones_that_were_released()
    {
        Assert.Equal(FrozenBits.Expected, new[]
        {
            FrozenBits.Of<ExpFormula>(), FrozenBits.Of<LogFormula>(), FrozenBits.Of<SinFormula>(), FrozenBits.Of<CosFormula>(),
            FrozenBits.Of<TanhFormula>(), FrozenBits.Of<ErfFormula>(), FrozenBits.Of<AtanFormula>(), FrozenBits.Of<SigmoidFormula>(),
        });
    }

    private static void Check<TFormula>(float[] x)
        where TFormula : struct, IFormula
    {
        var plain = Lanewise.Apply<TFormula, Lanes1>(x);
        Lanewise.SameBits(TFormula.Name, x, plain, Lanewise.Apply<TFormula, Lanes8>(x));
        Lanewise.SameBits(TFormula.Name, x, plain, Lanewise.Apply<TFormula, Lanes16>(x));
        Lanewise.SameBits(TFormula.Name, x, plain, Lanewise.Apply<TFormula, Pair<Lanes8>>(x));
    }
}
