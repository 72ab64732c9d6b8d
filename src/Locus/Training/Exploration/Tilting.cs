using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Training;

/// <summary>
/// Leads points that are uniform on a set to the law exp(-E) on it, E the problem's energy: a sequential Monte Carlo sampler (Del Moral, Doucet and Jasra 2006) through the laws exp(-b E), b rising from 0 to 1. Before each rise the points
/// are drawn anew by their weights, after it they walk on the set under the new law, all by steps of one size: a size of its own would tell of where a point has been. So parts of the set that do not hang together get their shares by
/// weight, whatever walks between them. Of a problem with parameters each point keeps its own, and weights are taken by what they are on average for parameters nearby: the law is exp(-E) / Z(c) for each c, and what is drawn of c stays as it is.
/// </summary>
internal sealed class Tilting
{
    // Steps after each rise, and once b is 1.
    private const int Moves = 16, LastMoves = 64;
    private const int StepsPerRun = 16;
    private const double Octaves = 4, LargestSize = 4;

    // Points that stand for all, and how many of them are near.
    private const int Compared = 4096, Near = 32;

    private readonly StandardSet from;
    private readonly StandardSet set;
    private readonly Pool uniform;
    private readonly Key key;
    private readonly Team team;
    private readonly CancellationToken cancellation;
    private readonly Points? conditions;
    private readonly Walk walk;
    private readonly Reward reward;
    private double size = 1;

    /// <summary>Points before the first rise.</summary>
    /// <param name="problem">The problem, with an energy.</param>
    /// <param name="pairs">The pairs of it that were explored.</param>
    /// <param name="uniform">Points that are uniform on them.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends it early.</param>
    public Tilting(Problem problem, StandardSet pairs, Pool uniform, Key key, Team team, CancellationToken cancellation)
    {
        (from, this.uniform, this.key, this.team, this.cancellation) = (pairs, uniform, key, team, cancellation);
        var (d, own) = (problem.Dimension, pairs.Rescaled(uniform.Points).Standard);
        set = StandardSet.Slices(problem, Standardization.Of(problem, own.Center[..d], own.Scale[..d]));
        var (standard, starts) = (set.Standard, new Points(uniform.Points.Count, d));
        if (problem.ConditionCount > 0) conditions = new Points(starts.Count, problem.ConditionCount);
        for (var i = 0; i < starts.Count; i++)
        {
            for (var k = 0; k < d; k++) starts.Row(i)[k] = Math.Clamp((User(i, k) - standard.Center[k]) / standard.Scale[k], set.Lower[k], set.Upper[k]);
            for (var j = 0; j < problem.ConditionCount; j++) conditions!.Row(i)[j] = Math.Clamp((User(i, d + j) - standard.ConditionCenter[j]) / standard.ConditionScale[j], -1, 1);
        }
        walk = new Walk(set, starts, conditions, key.Fold("chains"), team.Threads, Octaves);
        reward = new Reward(problem, standard);

        double User(int i, int k) => pairs.Standard.Center[k] + pairs.Standard.Scale[k] * uniform.Points[i][k];
    }

    /// <summary>Leads the points there.</summary>
    /// <param name="observer">Told what is being done.</param>
    /// <returns>The pool, in the coordinates of the uniform one.</returns>
    /// <exception cref="LocusException">The energy is not a finite number at a point of the set.</exception>
    /// <exception cref="OperationCanceledException">After a cancellation.</exception>
    public Pool Run(Action<string, double> observer)
    {
        var n = walk.Points.Count;
        int[] ancestors = [.. Enumerable.Range(0, n)];
        var rises = 0;
        while (walk.Power < 1)
        {
            observer("weighing it by the energy", walk.Power);
            var (logs, near) = (Logs(), Neighbors());
            var means = Local(logs, near);
            for (var i = 0; i < n; i++) logs[i] -= means[i];
            var (rise, largest) = (TemperatureRise.Of(logs, 1 - walk.Power), logs.Max());
            double[] weights = [.. logs.Select(log => ElementaryDouble.Exp(rise * (log - largest)))];
            means = Local(weights, near);
            for (var i = 0; i < n; i++) weights[i] = means[i] > 0 ? weights[i] / means[i] : 0;
            var chosen = Resampling.ByWeight(weights, n, key.Fold("redraw").Fold((ulong)rises));
            Continue(chosen);
            ancestors = [.. chosen.Select(i => ancestors[i])];
            walk.TakeShape();
            walk.Power = Math.Min(1, walk.Power + rise);
            rises++;
            for (var made = 0; made < Moves; made += StepsPerRun) Move(adapts: true);
        }
        var arrived = Pairs();
        for (var made = 0; made < LastMoves; made += StepsPerRun) Move(adapts: false);
        // Neighbours have an ancestor in common.
        var order = new int[n];
        Draws.Permutation(key.Fold("order"), order);
        var points = Pairs();
        return uniform with
        {
            Points = points.Pick(order),
            EffectiveSize = Math.Min(uniform.EffectiveSize, (double)n * n / ancestors.CountBy(a => a).Sum(family => (double)family.Value * family.Value)),
            Twin = null,
            Settled = uniform.Settled && Forgetting.Alike(arrived, points, key.Fold("settled")),
            Rises = rises,
        };
    }

    // The size that all steps have follows what all of them accepted.
    private void Move(bool adapts)
    {
        cancellation.ThrowIfCancellationRequested();
        Array.Fill(walk.Sizes, size);
        walk.Run(team, StepsPerRun, adapts: false);
        if (adapts) size = Math.Min(LargestSize, size * ElementaryDouble.Exp(2 * (walk.Accepted.Sum() / ((double)StepsPerRun * walk.Points.Count) - Walk.Acceptance)));
    }

    private void Continue(int[] chosen)
    {
        walk.Continue(chosen);
        conditions?.Pick(chosen).Values.CopyTo(conditions.Values, 0);
    }

    // For each point some of those that stand for all, with parameters as near to its own as there are; null where there are no parameters.
    private int[]? Neighbors()
    {
        if (conditions is null) return null;
        var few = conditions.Thinned(Compared);
        var (numbers, _) = new PointIndex(few).Nearest(conditions, Math.Min(Near, few.Count), own: false, team.Threads);
        // Numbers of all points, and not of the few.
        return [.. numbers.Select(number => (int)((long)number * conditions.Count / few.Count))];
    }

    // Mean of values for parameters near each point's own.
    private static double[] Local(double[] values, int[]? near)
    {
        var means = new double[values.Length];
        if (near is null)
        {
            Array.Fill(means, values.Average());
            return means;
        }
        var count = near.Length / values.Length;
        for (var i = 0; i < values.Length; i++)
        {
            foreach (var number in near.AsSpan(i * count, count)) means[i] += values[number] / count;
        }
        return means;
    }

    // -E of each point.
    private double[] Logs()
    {
        var (points, d, c) = (walk.Points, set.Dimension, set.Problem.ConditionCount);
        var logs = new double[points.Count];
        var arena = new Arena((d + c + reward.ScratchRows) * Block.Lanes);
        var (position, condition, scratch) = (arena.Rows(d), arena.Rows(c), arena.Rows(reward.ScratchRows));
        Span<double> values = stackalloc double[Block.Lanes];
        for (var first = 0; first < points.Count; first += Block.Lanes)
        {
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                var i = Math.Min(first + lane, points.Count - 1);
                for (var k = 0; k < d; k++) position[k][lane] = (float)points[i][k];
                for (var j = 0; j < c; j++) condition[j][lane] = (float)conditions![i][j];
            }
            reward.Take(reward.Run(position, condition, scratch), position, values);
            values[..Math.Min(Block.Lanes, points.Count - first)].CopyTo(logs.AsSpan(first));
        }
        return logs;
    }

    // The points with their parameters, in the coordinates of the uniform ones.
    private Points Pairs()
    {
        var (standard, d) = (set.Standard, set.Dimension);
        var pairs = new Points(walk.Points.Count, from.Dimension);
        for (var i = 0; i < pairs.Count; i++)
        {
            for (var k = 0; k < from.Dimension; k++)
            {
                var value = k < d ? standard.Center[k] + standard.Scale[k] * walk.Points[i][k] : standard.ConditionCenter[k - d] + standard.ConditionScale[k - d] * conditions![i][k - d];
                pairs.Row(i)[k] = Math.Clamp((value - from.Standard.Center[k]) / from.Standard.Scale[k], from.Lower[k], from.Upper[k]);
            }
        }
        return pairs;
    }
}
