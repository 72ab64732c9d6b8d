using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Kernels;

public sealed unsafe class TransposeTests
{
    private delegate void Path(float* x, int rows, float* p);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(50)]
    [InlineData(64)]
    public void All_paths_turn_the_block(int rows)
    {
        var x = new Arena(rows * Block.Lanes).Rows(rows);
        Draws.Normal(Key.Seed(1), 0, 0, x);
        var plain = Run(Transpose.RunPlain, x);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            for (var c = 0; c < rows; c++) Assert.Equal(x[c][lane], plain[lane * Block.Lanes + c]);
            for (var c = rows; c < (rows + 15) / 16 * 16; c++) Assert.Equal(0, plain[lane * Block.Lanes + c]);
        }
        // These two are written in instructions that only some machines have.
        if (Avx512F.IsSupported) Assert.Equal(plain, Run(Transpose.Run512, x));
        if (Avx.IsSupported) Assert.Equal(plain, Run(Transpose.Run256, x));
    }

    private static float[] Run(Path path, Block x)
    {
        var p = new Arena(Block.Lanes * Block.Lanes).Rows(Block.Lanes);
        p.Values.Fill(float.NaN);
        fixed (float* from = x, to = p) path(from, x.Rows, to);
        return p.Values.ToArray();
    }
}
