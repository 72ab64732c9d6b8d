using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;

namespace Locus.Diagnostics.Rivals;

/// <summary>Slack descent alone, each from a start of its own: all samples are on the set, on whose boundaries they pile up.</summary>
internal sealed class DescentRival : Rival
{
    private const int WaveBlocks = 32;

    private readonly Descent descent;
    private readonly KeptPoints found;

    /// <summary>Before the first descent.</summary>
    /// <param name="problem">Whose set.</param>
    /// <param name="conditions">c [C] in the user's units.</param>
    /// <param name="keep">Samples kept at most.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="threads">Threads of the team that will run it.</param>
    public DescentRival(Problem problem, double[] conditions, int keep, Key key, int threads) =>
        (descent, found) = (new Descent(problem, conditions, WaveBlocks, key, threads), new KeptPoints(keep, problem.Dimension));

    /// <inheritdoc/>
    public override string Name => "descent";

    /// <inheritdoc/>
    public override bool IsExact => false;

    /// <inheritdoc/>
    public override bool IsUnbiased => false;

    /// <inheritdoc/>
    public override bool IsReady => true;

    /// <inheritdoc/>
    public override double Samples => found.Count;

    /// <inheritdoc/>
    public override Points Kept => found.Points;

    /// <inheritdoc/>
    public override void Wave(Team team, CancellationToken cancellation) => descent.Run(team, found, cancellation);
}
