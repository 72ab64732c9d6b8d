using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Diagnostics.Rivals;

/// <summary>
/// Reversible chains on the set, or on the law of its energy: hit-and-run where the set has volume, tangent steps on surfaces, from points found by descent. The search and a warm-up, in which the sizes of the steps are found,
/// are part of its time. Its samples are worth what the spread of the chains' means says.
/// </summary>
internal sealed class WalkRival : Rival
{
    private const int MostChains = 1024, FewestChains = 64;
    private const int SearchBlocks = 16, SearchWaves = 16;
    private const int StepsPerWave = 4, WarmWaves = 64;

    // Of the octaves that steps are shorter than what was found to fit.
    private const double Octaves = 2;

    private readonly Problem problem;
    private readonly double[] conditions;
    private readonly Key key;
    private readonly int threads;
    private readonly Descent descent;
    private readonly KeptPoints found;
    private readonly Snapshots snapshots;
    private StandardSet? set;
    private Walk? walk;
    private ChainMeans? means;
    private int searched;
    private int warmed;

    /// <summary>Before the search.</summary>
    /// <param name="problem">Whose set.</param>
    /// <param name="conditions">c [C] in the user's units.</param>
    /// <param name="keep">Samples kept at most.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="threads">Threads of the team that will run it.</param>
    public WalkRival(Problem problem, double[] conditions, int keep, Key key, int threads)
    {
        (this.problem, this.conditions, this.key, this.threads, snapshots) = (problem, conditions, key, threads, new Snapshots(keep, problem.Dimension));
        descent = new Descent(problem, conditions, SearchBlocks, key.Fold("search"), threads);
        found = new KeptPoints(MostChains, problem.Dimension);
    }

    /// <inheritdoc/>
    public override string Name => "walk";

    /// <inheritdoc/>
    public override bool IsExact => false;

    /// <inheritdoc/>
    public override bool IsUnbiased => true;

    /// <inheritdoc/>
    public override bool IsReady => means is not null;

    /// <inheritdoc/>
    public override double Samples => means?.Effective ?? 0;

    /// <inheritdoc/>
    public override Points Kept => snapshots.Kept;

    /// <inheritdoc/>
    public override void Wave(Team team, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (walk is null)
        {
            descent.Run(team, found, cancellation);
            searched++;
            if (found.Count >= MostChains || (searched >= SearchWaves && found.Count > 0)) Begin();
            return;
        }
        if (warmed < WarmWaves)
        {
            walk.Run(team, StepsPerWave, adapts: true);
            if (++warmed == WarmWaves) means = new ChainMeans(walk.Points.Count, problem.Dimension);
            return;
        }
        walk.Run(team, StepsPerWave, adapts: false);
        means!.Add(walk.Points);
        snapshots.Add(Places);
    }

    private void Begin()
    {
        var box = StandardSet.Slices(problem, Standardization.Of(problem));
        var points = found.Points;
        var starts = new Points(Math.Max(points.Count, FewestChains), problem.Dimension);
        for (var i = 0; i < starts.Count; i++)
            for (var d = 0; d < problem.Dimension; d++) starts.Row(i)[d] = (points[i % points.Count][d] - box.Standard.Center[d]) / box.Standard.Scale[d];
        set = box.Rescaled(starts);
        walk = new Walk(set, set.Convert(starts, box), Standardized(starts.Count), key.Fold("chains"), threads, Octaves);
        if (problem.Energy is not null) walk.Power = 1;
    }

    private Points? Standardized(int chains)
    {
        if (conditions.Length == 0) return null;
        var all = new Points(chains, conditions.Length);
        for (var i = 0; i < chains; i++)
            for (var k = 0; k < conditions.Length; k++) all.Row(i)[k] = (conditions[k] - set!.Standard.ConditionCenter[k]) / set.Standard.ConditionScale[k];
        return all;
    }

    // In the user's units.
    private Points Places()
    {
        var (u, standard) = (walk!.Points, set!.Standard);
        var x = new Points(u.Count, problem.Dimension);
        for (var i = 0; i < u.Count; i++)
            for (var d = 0; d < problem.Dimension; d++) x.Row(i)[d] = Math.Clamp(standard.Center[d] + standard.Scale[d] * u[i][d], problem.Variables[d].Lower, problem.Variables[d].Upper);
        return x;
    }
}
