using Locus.Engine.Programs;

namespace Locus.Problems;

/// <summary>A program with the memory for one point at a time, in double precision.</summary>
internal sealed class Evaluator(Program program)
{
    private readonly double[] outputs = new double[program.Outputs];
    private readonly double[] scratch = new double[program.ScratchRows];

    /// <summary>The program.</summary>
    public Program Program => program;

    /// <summary>The outputs at a point; overwritten by the next call.</summary>
    public ReadOnlySpan<double> At(ReadOnlySpan<double> x, ReadOnlySpan<double> c)
    {
        program.Run(x, c, outputs, scratch);
        return outputs;
    }
}
