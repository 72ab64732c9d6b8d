using Locus.Engine.Random;
using Locus.Expressions;

namespace Locus.Problems;

/// <summary>Random points of the region, and ways down from the best of them: who meets what, how nearly, and where numbers fail.</summary>
internal sealed class SampleCheck
{
    private const int Steps = 200;

    private readonly Subjects subjects;
    private readonly Standardization standardization;
    private readonly Evaluator slacks;
    private readonly Evaluator penalty;
    private readonly int[] met;
    private readonly int[] finite;
    private readonly double[] sum;
    private readonly double[] smallest;
    private readonly string?[] failure;

    /// <summary>A check of <paramref name="subjects"/>; <paramref name="standardization"/> gives the way down.</summary>
    public SampleCheck(Subjects subjects, Standardization standardization)
    {
        var problem = subjects.Problem;
        (this.subjects, this.standardization) = (subjects, standardization);
        Expr[] outputs = [.. problem.Constraints.Select(c => c.Slack), problem.Set.Slack];
        slacks = new Evaluator(Compiler.Compile(outputs, problem.Dimension, problem.ConditionCount));
        penalty = new Evaluator(standardization.Penalty);
        var count = problem.Constraints.Count;
        (met, finite, sum, smallest, failure) = (new int[count], new int[count], new double[count], new double[count], new string?[count]);
        Array.Fill(smallest, double.PositiveInfinity);
    }

    /// <summary>N, the random points that were tried.</summary>
    public int Points { get; private set; }

    /// <summary>How many of them are in the set.</summary>
    public int Feasible { get; private set; }

    /// <summary>Median slack of the points where it is finite; NaN if nowhere.</summary>
    public double MedianSlack { get; private set; } = double.NaN;

    /// <summary>The best points, best first: slack, x [D], c [C].</summary>
    public List<(double Slack, double[] X, double[] C)> Best { get; private set; } = [];

    /// <summary>Where each constraint was first not finite; null where it always was.</summary>
    public IReadOnlyList<string?> Failure => failure;

    /// <summary>Tries random points, then goes down from the best.</summary>
    public void Run(Key key, CheckOptions options, CancellationToken cancellation)
    {
        var problem = subjects.Problem;
        // About 2e8 operations, some seconds, bound the work for long constraints.
        Points = (int)Math.Clamp(2e8 / (1 + slacks.Program.OperationCount), Math.Min(500, options.Points), options.Points);
        var all = new List<double>(Points);
        var best = new PriorityQueue<(double[] X, double[] C), double>();
        for (var i = 0; i < Points; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (x, c) = (new double[problem.Dimension], new double[problem.ConditionCount]);
            Draw(key, (ulong)i, x, c);
            var slack = Visit(x, c, count: true);
            if (slack == 0) Feasible++;
            if (!double.IsFinite(slack)) continue;
            all.Add(slack);
            best.Enqueue((x, c), -slack);
            if (best.Count > options.Descents) best.Dequeue();
        }
        if (all.Count == 0) return;
        all.Sort();
        MedianSlack = all[all.Count / 2];
        while (best.TryDequeue(out var point, out _))
        {
            cancellation.ThrowIfCancellationRequested();
            Best.Add(Descend(point.X, point.C));
        }
        Best = [.. Best.OrderBy(point => point.Slack)];
    }

    /// <summary>Draws point <paramref name="index"/> and parameters, uniform in region and ranges, or parameters from the observations.</summary>
    public void Draw(Key key, ulong index, double[] x, double[] c)
    {
        subjects.Problem.Region.Draw(key.Fold("point"), index, x);
        if (subjects.Problem.Energy?.Observations is { } observations)
        {
            observations[Draws.Below(key.Fold("condition"), index, 0, observations.Count)].CopyTo(c);
            return;
        }
        for (var j = 0; j < c.Length; j++)
        {
            var parameter = subjects.Problem.Parameters[j];
            c[j] = parameter.Lower + (parameter.Upper - parameter.Lower) * Draws.Uniform(key.Fold("condition"), index, (uint)j);
        }
    }

    /// <summary>What the points say about each constraint.</summary>
    public IReadOnlyList<ConstraintCheck> Constraints() =>
    [
        .. subjects.Names.Select((name, i) => new ConstraintCheck(
            name, (double)met[i] / Math.Max(1, Points), finite[i] == 0 ? double.NaN : sum[i] / finite[i], smallest[i], Points - finite[i])),
    ];

    private double Visit(double[] x, double[] c, bool count)
    {
        var values = slacks.At(x, c);
        for (var i = 0; i < smallest.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                if (count) failure[i] ??= $"{Numbers.Print(values[i])} at {subjects.Place(x, c)}";
                continue;
            }
            smallest[i] = Math.Min(smallest[i], values[i]);
            if (!count) continue;
            finite[i]++;
            sum[i] += values[i];
            if (values[i] == 0) met[i]++;
        }
        return values[^1];
    }

    // Steps of twice Polyak's length, 2 P / |dP|^2: for one active constraint, P = g^2, that is Newton's step to g = 0. The way may lead outside the
    // box; what is looked at is the nearest point of the box.
    private (double Slack, double[] X, double[] C) Descend(double[] x, double[] c)
    {
        var u = new double[x.Length];
        var given = new double[c.Length];
        for (var i = 0; i < u.Length; i++) u[i] = (x[i] - standardization.Center[i]) / standardization.Scale[i];
        for (var j = 0; j < given.Length; j++) given[j] = (c[j] - standardization.ConditionCenter[j]) / standardization.ConditionScale[j];
        var (bestSlack, best, now) = (Visit(x, c, count: false), x, (double[])x.Clone());
        for (var step = 0; step < Steps && bestSlack > 0; step++)
        {
            var values = penalty.At(u, given);
            var square = 0.0;
            for (var i = 0; i < u.Length; i++) square += values[i + 1] * values[i + 1];
            if (!(square > 0) || !double.IsFinite(square) || !double.IsFinite(values[0])) break;
            // Alternating lengths leave the cycles that one length can fall into.
            var length = (step % 2 == 0 ? 2 : 1) * values[0] / square;
            for (var i = 0; i < u.Length; i++)
            {
                u[i] -= length * values[i + 1];
                var variable = subjects.Problem.Variables[i];
                now[i] = variable.Inside(standardization.Center[i] + standardization.Scale[i] * u[i]);
            }
            var slack = Visit(now, c, count: false);
            if (!(slack < bestSlack)) continue;
            (bestSlack, best) = (slack, (double[])now.Clone());
        }
        return (bestSlack, best, c);
    }
}
