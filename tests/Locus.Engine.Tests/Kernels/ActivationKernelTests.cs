using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

public sealed class ActivationKernelTests
{
    [Fact]
    public void The_drivers_give_the_same_bits_in_every_width_with_and_without_derivative()
    {
        Check<Silu>();
        Check<Gelu>();
        Check<Relu>();
        Check<TanhActivation>();
    }

    private static void Check<TActivation>()
        where TActivation : struct, IActivation
    {
        var (x, _) = Blocks();
        var arguments = x.Values.ToArray();
        var (plain, slopes) = Run<TActivation, Lanes1>(true);
        foreach (var (wide, wideSlopes) in new[]
            { Run<TActivation, Lanes8>(true), Run<TActivation, Lanes16>(true), Run<TActivation, Pair<Lanes8>>(true), Run<TActivation, Pair<Lanes16>>(true), Chosen<TActivation>(true) })
        {
            Lanewise.SameBits(typeof(TActivation).Name, arguments, plain, wide);
            Lanewise.SameBits(typeof(TActivation).Name + "'", arguments, slopes, wideSlopes);
        }
        foreach (var (values, _) in new[]
        {
            Run<TActivation, Lanes1>(false), Run<TActivation, Lanes8>(false), Run<TActivation, Lanes16>(false), Run<TActivation, Pair<Lanes8>>(false), Run<TActivation, Pair<Lanes16>>(false),
            Chosen<TActivation>(false),
        })
            Lanewise.SameBits(typeof(TActivation).Name, arguments, plain, values);
    }

    private static unsafe (float[] Values, float[] Slopes) Run<TActivation, T>(bool withSlopes)
        where TActivation : struct, IActivation
        where T : struct, ILanes<T>
    {
        var (values, slopes) = Blocks();
        fixed (float* v = values, s = slopes) ActivationKernel.Rows<TActivation, T>(v, withSlopes ? s : null, values.Rows);
        return (values.Values.ToArray(), slopes.Values.ToArray());
    }

    private static (float[] Values, float[] Slopes) Chosen<TActivation>(bool withSlopes)
        where TActivation : struct, IActivation
    {
        var (values, slopes) = Blocks();
        if (withSlopes) ActivationKernel.Forward<TActivation>(values, slopes);
        else ActivationKernel.Forward<TActivation>(values);
        return (values.Values.ToArray(), slopes.Values.ToArray());
    }

    /// <summary>Three rows from -30 to 30, and the same of nothing.</summary>
    private static (Block Values, Block Slopes) Blocks()
    {
        var arena = new Arena(6 * Block.Lanes);
        var (values, slopes) = (arena.Rows(3), arena.Rows(3));
        var draws = ProductTests.Vector(3 * Block.Lanes, "arguments");
        for (var i = 0; i < draws.Length; i++) values.Values[i] = 30 * draws[i] * draws[i] * draws[i];
        return (values, slopes);
    }
}
