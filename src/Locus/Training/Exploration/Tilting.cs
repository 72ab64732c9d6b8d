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
/// are drawn anew by their weights, after it they walk on the set under the new law. So parts of the set that do not hang together get their shares by weight, whatever walks between them.
/// </summary>
internal sealed class Tilting
{
    // Steps after each rise, and once b is 1.
    private const int Moves = 16, LastMoves = 64;
    private const int StepsPerRun = 16;
    private const double Octaves = 2;

    private readonly StandardSet from;
    private readonly StandardSet set;
    private readonly Pool uniform;
    private readonly Key key;
    private readonly Team team;
    private readonly CancellationToken cancellation;
    private readonly Walk walk;
    private readonly Reward reward;

    /// <summary>Points before the first rise.</summary>
    /// <param name="set">The pairs that were explored; its problem has an energy.</param>
    /// <param name="uniform">Points that are uniform on it.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends it early.</param>
    public Tilting(StandardSet set, Pool uniform, Key key, Team team, CancellationToken cancellation)
    {
        (from, this.set, this.uniform, this.key, this.team, this.cancellation) = (set, set.Rescaled(uniform.Points), uniform, key, team, cancellation);
        walk = new Walk(this.set, this.set.Convert(uniform.Points, set), null, key.Fold("chains"), team.Threads, Octaves);
        reward = new Reward(this.set.Problem, this.set.Standard);
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
            var logs = Logs();
            var (rise, largest) = (TemperatureRise.Of(logs, 1 - walk.Power), logs.Max());
            var chosen = Resampling.ByWeight([.. logs.Select(log => ElementaryDouble.Exp(rise * (log - largest)))], n, key.Fold("redraw").Fold((ulong)rises));
            walk.Continue(chosen);
            ancestors = [.. chosen.Select(i => ancestors[i])];
            walk.TakeShape();
            walk.Power = Math.Min(1, walk.Power + rise);
            rises++;
            Walk(Moves, adapts: true);
        }
        var arrived = new Points([.. walk.Points.Values], set.Dimension);
        Walk(LastMoves, adapts: false);
        // Neighbours have an ancestor in common.
        var order = new int[n];
        Draws.Permutation(key.Fold("order"), order);
        return uniform with
        {
            Points = from.Convert(walk.Points.Pick(order), set),
            EffectiveSize = Math.Min(uniform.EffectiveSize, (double)n * n / ancestors.CountBy(a => a).Sum(family => (double)family.Value * family.Value)),
            Twin = null,
            Settled = uniform.Settled && Forgetting.Alike(arrived, walk.Points, key.Fold("settled")),
            Rises = rises,
        };
    }

    private void Walk(int steps, bool adapts)
    {
        for (var made = 0; made < steps; made += StepsPerRun)
        {
            cancellation.ThrowIfCancellationRequested();
            walk.Run(team, StepsPerRun, adapts);
        }
    }

    // -E of each point.
    private double[] Logs()
    {
        var (points, d) = (walk.Points, set.Dimension);
        var logs = new double[points.Count];
        var arena = new Arena((d + reward.ScratchRows) * Block.Lanes);
        var (position, none, scratch) = (arena.Rows(d), arena.Rows(0), arena.Rows(reward.ScratchRows));
        Span<double> values = stackalloc double[Block.Lanes];
        for (var first = 0; first < points.Count; first += Block.Lanes)
        {
            for (var k = 0; k < d; k++)
                for (var lane = 0; lane < Block.Lanes; lane++) position[k][lane] = (float)points[Math.Min(first + lane, points.Count - 1)][k];
            reward.Take(reward.Run(position, none, scratch), position, values);
            values[..Math.Min(Block.Lanes, points.Count - first)].CopyTo(logs.AsSpan(first));
        }
        return logs;
    }
}
