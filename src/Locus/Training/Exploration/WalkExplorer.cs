using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Training;

/// <summary>
/// Draws from a set by chains from many points of it. Their steps double until each component's chains have forgotten where they began. Chains seldom go from one component to another, so the
/// components get their shares otherwise: all get as many chains, whose points tell how large each is, and the chains of the pool begin in proportion to that.
/// </summary>
internal sealed class WalkExplorer
{
    private const int Chains = 4096;
    private const int FirstSteps = 64;
    private const int StepsPerRun = 16;

    // Operations spent on steps before the law counts as one that does not settle: twenty seconds or so.
    private const double MostOperations = 2e10;

    // Slacks that a step on a line takes, and landings of a tangent step there and back.
    private const int Evaluations = 10;
    private const double Octaves = 2;

    // Between two looks, along a coordinate without a bound, that tells a set without end: twice the steps of a walk in the open make it 1.4 times as wide.
    private const double Growth = 1.2;

    // Smaller components are taken as they are, unless most are small: then what looks like components is chains that have not met.
    private const int LeastTested = 64;
    private const double MostUntested = 0.1;

    private readonly StandardSet from;
    private readonly StandardSet set;
    private readonly Key key;
    private readonly Team team;
    private readonly CancellationToken cancellation;
    private readonly Walk walk;
    private readonly long mostSteps;
    private int steps = FirstSteps;

    /// <summary>Chains before their first step.</summary>
    /// <param name="set">The pairs that are explored.</param>
    /// <param name="starts">Points of the set [N, E], N at least 1.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the exploration early.</param>
    /// <param name="most">Operations after which the law counts as one that does not settle.</param>
    public WalkExplorer(StandardSet set, Points starts, Key key, Team team, CancellationToken cancellation, double most = MostOperations)
    {
        (from, this.set, this.key, this.team, this.cancellation) = (set, set.Rescaled(starts), key, team, cancellation);
        var order = new int[starts.Count];
        Draws.Permutation(key.Fold("starts"), order);
        var chosen = starts.Pick([.. Enumerable.Range(0, Chains).Select(i => order[i % order.Length])]);
        walk = new Walk(this.set, this.set.Convert(chosen, set), null, key.Fold("chains"), team.Threads, Octaves);
        var (e, q) = (set.Dimension, set.Standard.Residuals.EqualityCount);
        var operations = Evaluations * (set.Standard.Slack.OperationCount + 4.0 * e + (q == 0 ? 0 : set.Standard.Residuals.Equalities.OperationCount + 2.0 * q * q * e));
        mostSteps = Math.Max(FirstSteps, (long)(most / (Chains * operations)));
    }

    /// <summary>Steps that each chain made.</summary>
    public long Steps { get; private set; }

    /// <summary>Whether chains forgot where they began.</summary>
    public bool Settled { get; private set; }

    /// <summary>Draws the pool.</summary>
    /// <param name="count">Points wanted.</param>
    /// <param name="observer">Told what is being done.</param>
    /// <returns>The pool, in the coordinates of the starts.</returns>
    /// <exception cref="TrainingException">The set has no end.</exception>
    /// <exception cref="OperationCanceledException">After a cancellation.</exception>
    public Pool Run(int count, Action<string, double> observer)
    {
        var components = Settle(observer);
        double[] shares = [1], errors = [0];
        if (components.Sizes.Count > 1)
        {
            observer("weighing its parts", 0.7);
            walk.Continue(Resampling.ByShare(components.Labels, Equal(components.Sizes.Count), Chains, key.Fold("equal")));
            Walk(adapts: false);
            components = Components.Of(set, walk.Points, team, closed: false);
            (shares, errors) = set.Problem.Measure == Measure.Component && !set.Circles.Any
                ? (Equal(components.Sizes.Count), new double[components.Sizes.Count])
                : PatchMeasure.Of(set, walk.Points, components, key.Fold("patches"), team);
            if (set.Problem.Measure == Measure.Component && set.Circles.Any) Alike(components, shares, errors);
        }
        // Where no patch could be measured chains have hardly moved.
        if (!shares.All(double.IsFinite)) (Settled, shares, errors) = (false, [.. components.Sizes.Select(size => (double)size / Chains)], new double[shares.Length]);
        var points = from.Convert(Collect(components, shares, count, observer), set);
        return new Pool(points, ExplorationMethod.Walks, 1, Math.Min(count, Chains)) { Settled = Settled, ShareError = errors.Max() };
    }

    private Components Settle(Action<string, double> observer)
    {
        var extents = Extents();
        for (var round = 0ul; ; round++)
        {
            observer("walking over it", 0.2 + 0.5 * Math.Min(1, (double)Steps / mostSteps));
            if (round > 0) steps *= 2;
            var starts = new Points([.. walk.Points.Values], set.Dimension);
            walk.TakeShape();
            Walk(adapts: true);
            var components = Components.Of(set, walk.Points, team, closed: false);
            var before = extents;
            extents = Extents();
            int[] endless = [.. Enumerable.Range(0, set.Dimension).Where(d => (double.IsInfinity(set.Lower[d]) || double.IsInfinity(set.Upper[d])) && extents[d] > Growth * before[d])];
            Settled = endless.Length == 0 && HasForgotten(starts, components, key.Fold("forgetting").Fold(round));
            if (Settled) return components;
            if (Steps + 2 * steps > mostSteps) return endless.Length == 0 ? components : throw Obstacles.NoEnd(from, endless);
        }
    }

    private double[] Extents() =>
        [.. Enumerable.Range(0, set.Dimension).Select(d => Enumerable.Range(0, Chains).Max(i => walk.Points[i][d]) - Enumerable.Range(0, Chains).Min(i => walk.Points[i][d]))];

    private void Walk(bool adapts)
    {
        // Nothing depends on how many runs the steps are made in.
        for (var made = 0; made < steps; made += StepsPerRun)
        {
            cancellation.ThrowIfCancellationRequested();
            walk.Run(team, Math.Min(StepsPerRun, steps - made), adapts);
        }
        Steps += steps;
    }

    private static double[] Equal(int count) => [.. Enumerable.Repeat(1.0 / count, count)];

    /// <summary>Gives whole components the same share, each divided among the parts that the ends of periodic coordinates cut it into.</summary>
    private void Alike(Components parts, double[] shares, double[] errors)
    {
        var wholes = Components.Of(set, walk.Points, team, closed: true);
        int[] wholeOf = [.. Enumerable.Range(0, shares.Length).Select(part => wholes.Labels[Array.IndexOf(parts.Labels, part)])];
        double[] sums = [.. Enumerable.Range(0, wholes.Sizes.Count).Select(whole => Enumerable.Range(0, shares.Length).Where(part => wholeOf[part] == whole).Sum(part => shares[part]))];
        for (var part = 0; part < shares.Length; part++)
            (shares[part], errors[part]) = (shares[part] / sums[wholeOf[part]] / sums.Length, errors[part] / sums[wholeOf[part]] / sums.Length);
    }

    private bool HasForgotten(Points starts, Components components, Key key)
    {
        if (components.Sizes.Where(size => size < LeastTested).Sum() > MostUntested * Chains) return false;
        for (var part = 0; part < components.Sizes.Count && components.Sizes[part] >= LeastTested; part++)
        {
            int[] chains = [.. Enumerable.Range(0, Chains).Where(i => components.Labels[i] == part)];
            if (!Forgetting.Of(starts, walk.Points, chains, key.Fold((ulong)part))) return false;
        }
        return true;
    }

    // Steps that forget once more, then a look at all chains four times as often as that.
    private Points Collect(Components components, double[] shares, int count, Action<string, double> observer)
    {
        walk.Continue(Resampling.ByShare(components.Labels, shares, Chains, key.Fold("shares")));
        Walk(adapts: false);
        steps = Math.Max(1, steps / 4);
        var looks = (count + Chains - 1) / Chains;
        var found = new Points(looks * Chains, set.Dimension);
        for (var look = 0; look < looks; look++)
        {
            observer("walking over it", 0.8 + 0.2 * look / looks);
            if (look > 0) Walk(adapts: false);
            walk.Points.Values.CopyTo(found.Values, look * Chains * set.Dimension);
        }
        // Some chains went over to other components.
        var labels = shares.Length == 1 ? new int[found.Count] : components.Of(found);
        return found.Pick(Resampling.ByShare(labels, shares, count, key.Fold("pool")));
    }
}
