using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Programs;

namespace Locus.Engine.Tests.Programs;

/// <summary>The memory of one program run.</summary>
internal sealed class ProgramBlocks
{
    private readonly Program program;

    public ProgramBlocks(Program program)
    {
        this.program = program;
        var arena = new Arena((program.Inputs + program.Outputs + program.ScratchRows) * Block.Lanes);
        X = arena.Rows(program.Inputs);
        Y = arena.Rows(program.Outputs);
        Scratch = arena.Rows(program.ScratchRows);
    }

    public Block X { get; }

    public Block Y { get; }

    public Block Scratch { get; }

    /// <summary>Zeros, ones, huge, tiny, infinite, NaN and ordinary values of both signs, in all pairs.</summary>
    public void FillWithSpecialValues(int scale)
    {
        float[] special = [0, -0f, 0.3f * scale, -0.7f * scale, 17.25f, float.PositiveInfinity, float.NaN, -1e-20f];
        for (var lane = 0; lane < Block.Lanes; lane++) (X[0][lane], X[1][lane]) = (special[lane / 8], special[lane % 8]);
    }

    /// <summary>All outputs, [Outputs * 64], in one width.</summary>
    public float[] Run<T>()
        where T : struct, ILanes<T>
    {
        Y.Values.Fill(-999);
        Scratch.Values.Fill(-999);
        program.Run<T>(X, default, Y, Scratch);
        return Y.Values.ToArray();
    }
}
