using Locus.Expressions;
using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>
/// How differently two sets of points lie between the faces of a problem's set: the largest distance between the distribution functions of an inequality's values g(x) (Kolmogorov and Smirnov), over all inequalities, and of
/// coordinates with a box. It does not depend on units or on how thin the set is.
/// </summary>
internal static class FaceGap
{
    /// <summary>Compares two sets of points of a problem without parameters.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="points">Points in the user's units [N, D].</param>
    /// <param name="samples">Others [N', D], finite.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The name of the constraint or box that differs most, and by how much; null where there are none.</returns>
    public static (string? Face, double? Gap) Of(Problem problem, Points points, Points samples, int threads, CancellationToken cancellation)
    {
        var subjects = new Subjects(problem);
        (string Name, Expr Value)[] faces =
        [
            .. subjects.Leaves.Where(leaf => !leaf.IsEquality).Select(leaf => (subjects.Names[leaf.Constraint], leaf.Value)),
            .. problem.Variables.Select((x, d) => (x, d)).Where(v => !v.x.Periodic && !(double.IsInfinity(v.x.Lower) && double.IsInfinity(v.x.Upper))).Select(v => ($"the box of {v.x.Name}", Expr.Variable(v.d))),
        ];
        if (faces.Length == 0) return (null, null);
        var program = Compiler.Compile([.. faces.Select(face => face.Value)], problem.Dimension, 0);
        var (first, second) = (Values(points), Values(samples));
        double[] gaps = [.. first.Zip(second, Distance)];
        var widest = Array.IndexOf(gaps, gaps.Max());
        return (faces[widest].Name, gaps[widest]);

        double[][] Values(Points all)
        {
            double[][] values = [.. faces.Select(_ => new double[all.Count])];
            PointProgram.Run(program, all, null, threads, (i, outputs) =>
            {
                for (var face = 0; face < values.Length; face++) values[face][i] = outputs[face];
            }, cancellation);
            foreach (var row in values) Array.Sort(row);
            return values;
        }
    }

    // Both in rising order; alike values are passed together, on either side.
    private static double Distance(double[] a, double[] b)
    {
        var (i, j, gap) = (0, 0, 0.0);
        while (i < a.Length && j < b.Length)
        {
            var value = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= value) i++;
            while (j < b.Length && b[j] <= value) j++;
            gap = Math.Max(gap, Math.Abs((double)i / a.Length - (double)j / b.Length));
            // NaN sorts first and is equal to nothing.
            if (double.IsNaN(value)) return 1;
        }
        return gap;
    }
}
