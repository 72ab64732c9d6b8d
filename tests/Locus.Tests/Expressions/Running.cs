using Locus.Engine.Blocks;
using Locus.Engine.Programs;

namespace Locus.Tests.Expressions;

/// <summary>Runs compiled programs with memory made for the run.</summary>
internal static class Running
{
    public static double[] InDouble(Program program, double[] x, double[] c)
    {
        var outputs = new double[program.Outputs];
        program.Run(x, c, outputs, new double[program.ScratchRows]);
        return outputs;
    }

    /// <summary>The outputs [lane][output] of 64 points.</summary>
    public static float[][] InFloat(Program program, double[][] x, double[] c)
    {
        var rows = program.Inputs + program.Conditions + program.Outputs + program.ScratchRows;
        var arena = new Arena(rows * Block.Lanes);
        var points = arena.Rows(program.Inputs);
        var conditions = arena.Rows(program.Conditions);
        var outputs = arena.Rows(program.Outputs);
        var scratch = arena.Rows(program.ScratchRows);
        for (var i = 0; i < program.Inputs; i++)
        {
            for (var lane = 0; lane < Block.Lanes; lane++) points[i][lane] = (float)x[lane][i];
        }

        for (var i = 0; i < program.Conditions; i++) conditions[i].Fill((float)c[i]);
        program.Run(points, conditions, outputs, scratch);
        var result = new float[Block.Lanes][];
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            result[lane] = new float[program.Outputs];
            for (var i = 0; i < program.Outputs; i++) result[lane][i] = outputs[i][lane];
        }

        return result;
    }
}
