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
        var (plain, slopes) = Run(ActivationKernel.Forward<TActivation, Lanes1>);
        foreach (var (wide, wideSlopes) in new[]
            {
                Run(ActivationKernel.Forward<TActivation, Lanes8>), Run(ActivationKernel.Forward<TActivation, Lanes16>), Run(ActivationKernel.Forward<TActivation, Pair<Lanes8>>),
                Run(ActivationKernel.Forward<TActivation, Pair<Lanes16>>), Run(ActivationKernel.Forward<TActivation>),
            })
        {
            Lanewise.SameBits(typeof(TActivation).Name, arguments, plain, wide);
            Lanewise.SameBits(typeof(TActivation).Name + "'", arguments, slopes, wideSlopes);
        }
        foreach (var alone in new Action<Block>[]
            {
                ActivationKernel.Forward<TActivation, Lanes1>, ActivationKernel.Forward<TActivation, Lanes8>, ActivationKernel.Forward<TActivation, Lanes16>,
                ActivationKernel.Forward<TActivation, Pair<Lanes8>>, ActivationKernel.Forward<TActivation, Pair<Lanes16>>, ActivationKernel.Forward<TActivation>,
            })
        {
            var (values, _) = Blocks();
            alone(values);
            Lanewise.SameBits(typeof(TActivation).Name, arguments, plain, values.Values.ToArray());
        }
    }

    private static (float[] Values, float[] Slopes) Run(Action<Block, Block> forward)
    {
        var (values, slopes) = Blocks();
        forward(values, slopes);
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
