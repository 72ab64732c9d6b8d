using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Programs;

namespace Locus.Engine.Tests.Programs;

/// <summary>The memory of one program run in double precision.</summary>
internal sealed class DoubleProgramBlocks
{
    private readonly Program program;
    private readonly DoubleBlock y;
    private readonly DoubleBlock scratch;

    public DoubleProgramBlocks(Program program)
    {
        this.program = program;
        var arena = new Arena((program.Inputs + program.Conditions + program.Outputs + program.ScratchRows) * DoubleBlock.FloatsPerRow);
        X = arena.DoubleRows(program.Inputs);
        C = arena.DoubleRows(program.Conditions);
        y = arena.DoubleRows(program.Outputs);
        scratch = arena.DoubleRows(program.ScratchRows);
    }

    public DoubleBlock X { get; }

    public DoubleBlock C { get; }

    /// <summary>All outputs, [Outputs * 64], in the width of this machine.</summary>
    public ReadOnlySpan<double> Run()
    {
        Spoil();
        program.Run(X, C, y, scratch);
        return y.Values;
    }

    /// <summary>All outputs, [Outputs * 64], in one width.</summary>
    public ReadOnlySpan<double> Run<T>()
        where T : struct, IArithmeticLanes<T, double>
    {
        Spoil();
        program.RunDoubles<T>(X, C, y, scratch);
        return y.Values;
    }

    /// <summary>All outputs, [Outputs * 64], one lane after the other.</summary>
    public double[] PointByPoint()
    {
        var all = new double[program.Outputs * Block.Lanes];
        var (point, memory) = (new double[program.Outputs], new double[program.ScratchRows]);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            program.Run(Lane(X, lane), Lane(C, lane), point, memory);
            for (var i = 0; i < point.Length; i++) all[i * Block.Lanes + lane] = point[i];
        }

        return all;
    }

    private void Spoil()
    {
        y.Values.Fill(-999);
        scratch.Values.Fill(-999);
    }

    private static double[] Lane(DoubleBlock block, int lane) => [.. Enumerable.Range(0, block.Rows).Select(i => block[i][lane])];
}
