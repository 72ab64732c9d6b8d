using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;
using Locus.Sampling;
using Locus.Walks;

namespace Locus.Training;

/// <summary>
/// What a network finds that its pool lacks: while it learns, its samples lie between the parts of the set and beside them, and projection brings some of them where neither search nor walks have been.
/// </summary>
internal static class PoolNews
{
    // Points of the pool that stand for it, and candidates that are looked at.
    private const int Compared = 4096, MostLooked = 64;

    // A candidate is farther from the pool than its points are from each other anywhere, by this factor; squared.
    private const float Far = 4;

    /// <summary>Samples that, once projected, lie in a part of the set in which the pool has no point.</summary>
    /// <param name="state">An explored state.</param>
    /// <param name="samples">Samples of its network.</param>
    /// <param name="team">Workers.</param>
    /// <returns>Pairs (x', c') in the coordinates of <see cref="StandardSet.Pairs"/>, [N, D + C]; N is 0 where the pool has all.</returns>
    public static Points Of(LocusState state, SampleSet samples, Team team)
    {
        var pairs = StandardSet.Pairs(state.Problem);
        var known = state.Pairs(pairs).Thinned(Compared);
        var candidates = Projected(pairs, state.Problem, samples, team);
        if (candidates.Count == 0) return candidates;
        var set = pairs.Rescaled(known);
        (known, candidates) = (set.Convert(known, pairs), set.Convert(candidates, pairs));
        var index = new PointIndex(known);
        var (_, own) = index.Nearest(known, 1, own: true, team.Threads);
        var (_, theirs) = index.Nearest(candidates, 1, own: false, team.Threads);
        var limit = Far * own.Max();
        int[] far = [.. Enumerable.Range(0, candidates.Count).Where(i => theirs[i] > limit).Take(MostLooked)];
        if (far.Length == 0) return new Points(0, set.Dimension);
        // Far off may be but a corner: new is what no passage joins to the pool.
        var together = new Points([.. known.Values, .. candidates.Pick(far).Values], set.Dimension);
        var labels = Components.Of(set, together, team, closed: true).Labels;
        var met = labels.Take(known.Count).ToHashSet();
        return pairs.Convert(candidates.Pick([.. far.Where((_, i) => !met.Contains(labels[known.Count + i]))]), set);
    }

    private static Points Projected(StandardSet pairs, Problem problem, SampleSet samples, Team team)
    {
        var projected = new Projector(problem).Project(samples.Points, samples.Conditions, team);
        List<double> values = [];
        Span<double> pair = stackalloc double[pairs.Dimension];
        for (var i = 0; i < samples.Points.Count; i++)
        {
            if (projected.Outcomes[i] is not (ProjectionOutcome.OnSet or ProjectionOutcome.Projected)) continue;
            projected.Points[i].CopyTo(pair);
            samples.Conditions?[i].CopyTo(pair[problem.Dimension..]);
            pairs.Enter(pair);
            values.AddRange(pair);
        }
        return new Points([.. values], pairs.Dimension);
    }
}
