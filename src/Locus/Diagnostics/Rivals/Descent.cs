using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;

namespace Locus.Diagnostics.Rivals;

/// <summary>Goes down the slack from uniform points of the problem's region, as the projector does: finds points of any set.</summary>
internal sealed class Descent : IWork
{
    private readonly Problem problem;
    private readonly Points? conditions;
    private readonly Key key;
    private readonly Projector projector;
    private readonly Block[] uniform;
    private readonly Points starts;
    private ulong first;

    /// <summary>Before the first descent.</summary>
    /// <param name="problem">Whose set.</param>
    /// <param name="conditions">c [C] in the user's units.</param>
    /// <param name="blocks">Starts of a wave, in blocks of 64.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="threads">Threads of the team that will run it.</param>
    public Descent(Problem problem, double[] conditions, int blocks, Key key, int threads)
    {
        (this.problem, this.key, projector) = (problem, key, new Projector(problem));
        this.conditions = conditions.Length == 0 ? null : new Points(conditions, conditions.Length);
        uniform = [.. Enumerable.Range(0, threads).Select(_ => new Arena(checked(problem.Dimension * Block.Lanes)).Rows(problem.Dimension))];
        starts = new Points(blocks * Block.Lanes, problem.Dimension);
    }

    /// <summary>Descends from the next starts.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="found">Told each point of the set that was reached.</param>
    /// <param name="cancellation">Ends the wave with an <see cref="OperationCanceledException"/>.</param>
    public void Run(Team team, KeptPoints found, CancellationToken cancellation)
    {
        team.Run(this, starts.Count / Block.Lanes);
        first += (ulong)starts.Count;
        var ends = projector.Project(starts, conditions, team, cancellation);
        for (var i = 0; i < starts.Count; i++)
            if (ends.Outcomes[i] is ProjectionOutcome.OnSet or ProjectionOutcome.Projected) found.Add(ends.Points[i]);
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        Draws.Uniform(key, first + (ulong)(task * Block.Lanes), 0, uniform[worker]);
        var region = problem.Region;
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var x = starts.Row(task * Block.Lanes + lane);
            for (var d = 0; d < x.Length; d++) x[d] = region.Lower[d] + (region.Upper[d] - region.Lower[d]) * uniform[worker][d][lane];
        }
    }
}
