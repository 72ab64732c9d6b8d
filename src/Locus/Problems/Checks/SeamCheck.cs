using Locus.Engine.Random;
using Locus.Expressions;

namespace Locus.Problems;

/// <summary>Whether the constraints say the same at both ends of the box of each periodic variable, which are one point: at random points, and near the set.</summary>
internal sealed class SeamCheck
{
    // Most points for each variable, and most operations in all, a second or so.
    private const int MostPoints = 256;
    private const double MostOperations = 5e7;

    // What the slacks may differ by, as a share of the largest that was met: pi has 16 digits, and what is computed from it a few less.
    private const double Tolerance = 1e-6;
    private readonly Subjects subjects;
    private readonly Evaluator slacks;
    private readonly int[] periodic;

    /// <summary>A check of <paramref name="subjects"/>.</summary>
    public SeamCheck(Subjects subjects)
    {
        this.subjects = subjects;
        var problem = subjects.Problem;
        periodic = [.. Enumerable.Range(0, problem.Dimension).Where(i => problem.Variables[i].Periodic)];
        slacks = new Evaluator(Compiler.Compile([.. problem.Constraints.Select(c => c.Slack)], problem.Dimension, problem.ConditionCount));
    }

    /// <summary>How many variables are periodic.</summary>
    public int Count => periodic.Length;

    /// <summary>For each constraint the largest difference that is more than rounding, in words; null where there is none.</summary>
    public IReadOnlyList<string?> Run(Key key, SampleCheck samples, CancellationToken cancellation)
    {
        var problem = subjects.Problem;
        var count = problem.Constraints.Count;
        var (largest, worst, places) = (new double[count], new double[count], new string[count]);
        var random = (int)Math.Clamp(MostOperations / (1 + slacks.Program.OperationCount) / Math.Max(1, Count), 8, MostPoints);
        foreach (var variable in periodic)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var point = 0; point < random + samples.Best.Count; point++)
            {
                var (x, c) = (new double[problem.Dimension], new double[problem.ConditionCount]);
                if (point < random) samples.Draw(key, (ulong)point, x, c);
                else (x, c) = ([.. samples.Best[point - random].X], [.. samples.Best[point - random].C]);
                var lower = At(variable, problem.Variables[variable].Lower, x, c);
                var upper = At(variable, problem.Variables[variable].Upper, x, c);
                for (var i = 0; i < count; i++)
                {
                    var difference = Math.Abs(upper[i] - lower[i]);
                    largest[i] = Math.Max(largest[i], Math.Max(lower[i], upper[i]));
                    if (!(difference > worst[i])) continue;
                    (worst[i], places[i]) = (difference, Text(variable, lower[i], upper[i], x, c));
                }
            }
        }
        return [.. worst.Select((difference, i) => difference > Tolerance * largest[i] ? places[i] : null)];
    }

    private double[] At(int variable, double end, double[] x, double[] c)
    {
        x[variable] = end;
        return [.. slacks.At(x, c)];
    }

    // x is at the upper end.
    private string Text(int variable, double lower, double upper, double[] x, double[] c)
    {
        var (name, end) = (subjects.Problem.Variables[variable].Name, subjects.Problem.Variables[variable].Lower);
        return $"at {subjects.Place(x, c)} its slack is {Subjects.Short(upper)}, and with {name} = {Subjects.Short(end)} it is {Subjects.Short(lower)}";
    }
}
