using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Kernels;

public sealed class GateKernelTests
{
    private const float Scale = 0.7f;

    private delegate void AddPart(float scale, Block raw, Block score, Block drift);

    private delegate void GateSlope(float scale, Block gate, Block score, Block slope, Block gradient, Block passing);

    [Fact]
    public void A_gate_lets_through_a_part_of_the_score_with_the_same_bits_on_every_width()
    {
        foreach (var run in new AddPart[] { GateKernel.Add<Lanes1>, GateKernel.Add<Lanes8>, GateKernel.Add<Lanes16>, GateKernel.Add })
        {
            var (raw, score, drift) = Blocks();
            float[] gates = [.. raw.Values], before = [.. drift.Values];
            run(Scale, raw, score, drift);
            var (again, _, sum) = Blocks();
            GateKernel.Add<Lanes1>(Scale, again, score, sum);
            Assert.Equal(sum.Values.ToArray(), drift.Values.ToArray());
            for (var i = 0; i < before.Length; i++)
            {
                Assert.Equal(Math.Tanh(gates[i]), raw.Values[i], 1e-6);
                Assert.Equal(before[i] + 0.7 * (1 + Math.Tanh(gates[i])) * score.Values[i], drift.Values[i], 1e-5);
            }
        }
    }

    [Fact]
    public void Slopes_are_those_of_differences()
    {
        const double h = 1e-5;
        var (raw, score, slope) = Blocks();
        float[] gates = [.. raw.Values];
        foreach (ref var value in raw.Values) value = (float)Math.Tanh(value);
        foreach (var run in new GateSlope[] { GateKernel.Slope<Lanes1>, GateKernel.Slope<Lanes8>, GateKernel.Slope<Lanes16>, GateKernel.Slope })
        {
            var arena = new Arena(6 * Block.Lanes);
            var (gradient, passing) = (arena.Rows(3), arena.Rows(3));
            run(Scale, raw, score, slope, gradient, passing);
            for (var i = 0; i < gates.Length; i++)
            {
                double Loss(double scale, double gate) => slope.Values[i] * scale * (1 + Math.Tanh(gate)) * score.Values[i];
                Assert.Equal((Loss(Scale, gates[i] + h) - Loss(Scale, gates[i] - h)) / (2 * h), gradient.Values[i], 1e-5);
                Assert.Equal((Loss(Scale + h, gates[i]) - Loss(Scale - h, gates[i])) / (2 * h), passing.Values[i], 1e-5);
            }
        }
    }

    private static (Block Raw, Block Score, Block Drift) Blocks()
    {
        var arena = new Arena(9 * Block.Lanes);
        Block[] blocks = [arena.Rows(3), arena.Rows(3), arena.Rows(3)];
        for (var i = 0; i < blocks.Length; i++) Draws.Normal(Key.Seed(9), 0, (uint)i, blocks[i]);
        return (blocks[0], blocks[1], blocks[2]);
    }
}
