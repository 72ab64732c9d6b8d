using Locus.Engine.Blocks;
using Locus.Engine.Programs;
using Locus.Engine.Random;
using Locus.Expressions;

namespace Locus.Problems;

/// <summary>
/// Derivatives against central differences, (f(x + h) - f(x - h)) / 2h with h = 2^-17 max(1, |x|). Places where the two one-sided
/// differences disagree are left out: there is a kink between them.
/// </summary>
internal sealed class DerivativeCheck
{
    /// <summary>Most coordinates that are compared at a point; in larger problems they are drawn.</summary>
    private const int Coordinates = 32;

    private readonly Subjects subjects;
    private readonly Standardization standardization;
    private readonly Evaluator constraints;

    /// <summary>A check of <paramref name="subjects"/>.</summary>
    public DerivativeCheck(Subjects subjects, Standardization standardization)
    {
        (this.subjects, this.standardization) = (subjects, standardization);
        constraints = new Evaluator(Weighted(subjects));
    }

    /// <summary>The worst relative error, and where it was.</summary>
    public (double Error, string Place) Worst { get; private set; }

    /// <summary>The worst relative error of the training gradient, and where it was.</summary>
    public (double Error, string Place) WorstInTraining { get; private set; }

    /// <summary>The gradient of one g or h at a point, [D].</summary>
    public double[] Gradient(int leaf, double[] x, double[] c)
    {
        var values = constraints.At(x, Weights(c, leaf));
        return values[subjects.Leaves.Count..].ToArray();
    }

    /// <summary>The value of one g or h.</summary>
    public double Value(int leaf, double[] x, double[] c) => constraints.At(x, Weights(c, leaf))[leaf];

    /// <summary>Compares each g and h, in double precision.</summary>
    public void Run(Key key, int points, SampleCheck samples, CancellationToken cancellation)
    {
        var problem = subjects.Problem;
        var (x, c) = (new double[problem.Dimension], new double[problem.ConditionCount]);
        if (subjects.Leaves.Count == 0) return;
        // About 4e8 operations, some seconds, bound the work for long constraints.
        var cost = (1.0 + constraints.Program.OperationCount) * (2 + 2 * Math.Min(x.Length, Coordinates));
        var count = (int)Math.Clamp(4e8 / cost, points, (double)points * subjects.Leaves.Count);
        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var leaf = i % subjects.Leaves.Count;
            samples.Draw(key, (ulong)i, x, c);
            var weights = Weights(c, leaf);
            var gradient = constraints.At(x, weights)[subjects.Leaves.Count..].ToArray();
            var (error, coordinate) = Compare(key, i, x, gradient, point => constraints.At(point, weights)[leaf]);
            if (error > Worst.Error)
            {
                var name = subjects.Names[subjects.Leaves[leaf].Constraint];
                Worst = (error, $"{name}, d/d {problem.Variables[coordinate].Name} at {subjects.Place(x, c)}");
            }
        }
    }

    /// <summary>Compares the penalty's gradient as training computes it: standardised, in single precision, 64 points at a time.</summary>
    public void RunTraining(Key key)
    {
        var problem = subjects.Problem;
        if (subjects.Leaves.Count == 0) return;
        var program = standardization.Penalty;
        var reference = new Evaluator(program);
        var arena = new Arena((problem.Dimension + problem.ConditionCount + program.Outputs + program.ScratchRows) * Block.Lanes);
        var (u, c) = (arena.Rows(problem.Dimension), arena.Rows(problem.ConditionCount));
        var (outputs, scratch) = (arena.Rows(program.Outputs), arena.Rows(program.ScratchRows));
        Fill(key.Fold("u"), u, 4);
        Fill(key.Fold("c"), c, 2);
        program.Run(u, c, outputs, scratch);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var (point, given, gradient) = (new double[u.Rows], new double[c.Rows], new double[u.Rows]);
            for (var i = 0; i < point.Length; i++) (point[i], gradient[i]) = (u[i][lane], outputs[i + 1][lane]);
            for (var j = 0; j < given.Length; j++) given[j] = c[j][lane];
            var (error, coordinate) = Compare(key, lane, point, gradient, at => reference.At(at, given)[0]);
            if (error <= WorstInTraining.Error) continue;
            var (x, conditions) = (new double[point.Length], new double[given.Length]);
            for (var i = 0; i < x.Length; i++) x[i] = standardization.Center[i] + standardization.Scale[i] * point[i];
            for (var j = 0; j < given.Length; j++) conditions[j] = standardization.ConditionCenter[j] + standardization.ConditionScale[j] * given[j];
            WorstInTraining = (error, $"d/d {problem.Variables[coordinate].Name} at {subjects.Place(x, conditions)}");
        }
    }

    private static void Fill(Key key, Block block, float width)
    {
        Draws.Uniform(key, 0, 0, block);
        foreach (ref var value in block.Values) value = width * (value - 0.5f);
    }

    // One program for all: its gradient is that of the sum of weight times value, and the weights are parameters of their own.
    private static Program Weighted(Subjects subjects)
    {
        var problem = subjects.Problem;
        var values = subjects.Leaves.Select(leaf => leaf.Value).ToList();
        var sum = Functions.Sum(values.Select((value, i) => Expr.Parameter(problem.ConditionCount + i) * value));
        var x = Vector.Variables(problem.Dimension);
        return Compiler.Compile([.. values, .. Derivatives.Gradient(sum, x)], problem.Dimension, problem.ConditionCount + values.Count);
    }

    private double[] Weights(double[] c, int leaf)
    {
        var weights = new double[c.Length + subjects.Leaves.Count];
        c.CopyTo(weights, 0);
        weights[c.Length + leaf] = 1;
        return weights;
    }

    /// <summary>The worst relative error of a gradient at a point, and the coordinate that has it.</summary>
    internal static (double Error, int Coordinate) Compare(Key key, int index, double[] x, double[] gradient, Func<double[], double> value)
    {
        var middle = value(x);
        var scale = Math.Max(gradient.Max(Math.Abs), 1e-6 * Math.Abs(middle));
        var worst = (Error: 0.0, Coordinate: 0);
        for (var j = 0; j < Math.Min(x.Length, Coordinates); j++)
        {
            var i = x.Length <= Coordinates ? j : Draws.Below(key.Fold("coordinate"), (ulong)index, (uint)j, x.Length);
            var (at, step) = (x[i], Math.Max(1, Math.Abs(x[i])) / (1 << 17));
            var (up, down) = (at + step, at - step);
            x[i] = up;
            var above = value(x);
            x[i] = down;
            var below = value(x);
            x[i] = at;
            var (forward, backward) = ((above - middle) / (up - at), (middle - below) / (at - down));
            var difference = (above - below) / (up - down);
            var size = Math.Max(scale, Math.Abs(difference));
            // A kink, or a place where the function ends: nothing to compare with.
            if (!double.IsFinite(difference) || size == 0 || Math.Abs(forward - backward) > 1e-3 * size) continue;
            var error = double.IsFinite(gradient[i]) ? Math.Abs(gradient[i] - difference) / size : double.PositiveInfinity;
            if (error > worst.Error) worst = (error, i);
        }
        return worst;
    }
}
