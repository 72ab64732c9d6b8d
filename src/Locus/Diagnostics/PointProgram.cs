using Locus.Engine.Programs;
using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>Runs a function in double precision on each of many points, and hands each result on by the number of its point.</summary>
internal static class PointProgram
{
    /// <summary>Receives the outputs of point <paramref name="index"/>; called from several threads at once, never twice for one point.</summary>
    public delegate void Receive(int index, ReadOnlySpan<double> outputs);

    private const int Chunk = 128;

    /// <summary>Writes the outputs at one point; called from several threads at once, each with scratch of its own.</summary>
    public delegate void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> c, Span<double> outputs, Span<double> scratch);

    /// <summary>A function of x [Inputs] and c [Conditions] with the sizes of its results and its scratch.</summary>
    public readonly record struct Function(int Inputs, int Conditions, int Outputs, int Scratch, Evaluate Run);

    /// <summary>Runs <paramref name="program"/>; a point with a coordinate that is not finite gets NaN in each output and is not run.</summary>
    public static void Run(Program program, Points points, Points? conditions, int threads, Receive receive, CancellationToken cancellation) =>
        Run(new Function(program.Inputs, program.Conditions, program.Outputs, program.ScratchRows, program.Run), points, conditions, threads, receive, cancellation);

    /// <summary>Runs <paramref name="function"/>; a point with a coordinate that is not finite gets NaN in each output and is not run.</summary>
    public static void Run(Function function, Points points, Points? conditions, int threads, Receive receive, CancellationToken cancellation)
    {
        List<string> wrong = [];
        if (points.Dimension != function.Inputs) wrong.Add($"the points have {points.Dimension} coordinates, the problem has {function.Inputs}");
        if (conditions is null && function.Conditions > 0) wrong.Add($"no parameters are given, the problem has {function.Conditions}; the ones that samples were drawn for are in SampleSet.Conditions");
        else if ((conditions?.Dimension ?? 0) != function.Conditions) wrong.Add($"{conditions?.Dimension ?? 0} parameters are given, the problem has {function.Conditions}");
        if (conditions is not null && conditions.Count != 1 && conditions.Count != points.Count) wrong.Add($"there are {points.Count} points and {conditions.Count} sets of parameters");
        if (threads < 1) wrong.Add($"threads is {threads}; give at least 1");
        if (wrong.Count > 0) throw new ArgumentException("measuring points: " + string.Join("; ", wrong));

        void RunChunk(int chunk)
        {
            var outputs = new double[function.Outputs];
            var scratch = new double[function.Scratch];
            for (var i = chunk * Chunk; i < Math.Min(points.Count, (chunk + 1) * Chunk); i++)
            {
                var x = points[i];
                var c = conditions is null ? [] : conditions[conditions.Count == 1 ? 0 : i];
                var finite = true;
                foreach (var coordinate in x) finite &= double.IsFinite(coordinate);
                if (finite) function.Run(x, c, outputs, scratch);
                else Array.Fill(outputs, double.NaN);
                receive(i, outputs);
            }
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, (points.Count + Chunk - 1) / Chunk, options, RunChunk);
    }
}
