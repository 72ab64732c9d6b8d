using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.Markov;
using Locus.Problems;

namespace Locus.Diagnostics.Rivals;

/// <summary>A classical way to draw from an energy, with a number of its calls to spend. Each begins by <see cref="Scouting"/>, which is part of what it spends, in the coordinates that it finds.</summary>
internal abstract class EnergyRival : Rival
{
    private const int ScoutMoves = 8, FewestScouts = 64;

    // Scouts take about a tenth of the calls: each some 70 sqrt(D) from each law, on the gallery's energies.
    private const double ScoutShare = 10, CallsPerScout = 70;

    // The share of the calls after the scouting that is warm-up: a quarter.
    private const int WarmUp = 4;

    private readonly Problem problem;
    private readonly int scouts;
    private readonly Key key;
    private readonly CallCounter calls = new();
    private long scouted;

    /// <summary>Before the first call.</summary>
    /// <param name="problem">A problem with an energy on all of space.</param>
    /// <param name="conditions">c [C] in the user's units.</param>
    /// <param name="budget">Calls that it may spend.</param>
    /// <param name="key">Randomness.</param>
    protected EnergyRival(Problem problem, double[] conditions, long budget, Key key)
    {
        (this.problem, Budget, this.key, Standard) = (problem, budget, key, Standardization.Of(problem));
        Conditions = [.. conditions.Select((c, k) => (c - Standard.ConditionCenter[k]) / Standard.ConditionScale[k])];
        scouts = (int)Math.Clamp((long)(budget / (ScoutShare * CallsPerScout * Scouting.Laws * Math.Sqrt(problem.Dimension))) / Block.Lanes * Block.Lanes, FewestScouts, Scouting.Most);
    }

    /// <summary>How it is run, in words.</summary>
    public abstract string Setting { get; }

    /// <summary>log Z in the user's units, and its standard error; null where the method gives none.</summary>
    public virtual (double Value, double Error)? LogZ => null;

    /// <summary>Share of steps that were taken.</summary>
    public abstract double Acceptance { get; }

    /// <summary>Share of exchanges that were made, of the neighbours on the ladder that made the fewest; null without a ladder.</summary>
    public virtual double? Exchanged => null;

    /// <summary>Ways up the ladder and back; null without one.</summary>
    public virtual long? RoundTrips => null;

    /// <inheritdoc/>
    public override bool IsExact => false;

    /// <inheritdoc/>
    public override bool IsUnbiased => true;

    /// <inheritdoc/>
    public override long Calls => calls.Total;

    /// <inheritdoc/>
    public override bool IsSpent => Calls > 0 && Calls + NextCalls > Budget;

    /// <summary>Calls that it may spend.</summary>
    protected long Budget { get; }

    /// <summary>Calls after the scouting.</summary>
    protected long OwnCalls => Calls - scouted;

    /// <summary>Calls of the next wave.</summary>
    protected abstract long NextCalls { get; }

    /// <summary>Whether the scouting is over.</summary>
    protected bool Scouted => scouted > 0;

    /// <summary>Whether chains have had their warm-up.</summary>
    protected bool WarmedUp => Scouted && OwnCalls >= (Budget - scouted) / WarmUp;

    /// <summary>Calls that each scout took in each law: what leads a particle to the density.</summary>
    protected long CallsPerParticle => scouted / Scouting.Laws / scouts;

    /// <summary>The coordinates u.</summary>
    protected Standardization Standard { get; private set; }

    /// <summary>c' [C].</summary>
    protected double[] Conditions { get; }

    /// <summary>D.</summary>
    protected int Dimension => problem.Dimension;

    /// <inheritdoc/>
    public override void Wave(Team team, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Scouted)
        {
            Work(team, cancellation);
            return;
        }
        Standard = Scouting.Run(problem, Standard, Conditions, scouts, ScoutMoves, calls, team, key.Fold("scouts"), null, cancellation);
        scouted = calls.Total;
        Begin(new Reward(problem, Standard, calls), team, key.Fold("chains"));
    }

    /// <summary>Begins in the coordinates found; calls of the energy count from here.</summary>
    /// <param name="reward">log R and its score.</param>
    /// <param name="team">Workers.</param>
    /// <param name="chains">Randomness.</param>
    protected abstract void Begin(Reward reward, Team team, Key chains);

    /// <summary>A wave after that.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the wave with an <see cref="OperationCanceledException"/>.</param>
    protected abstract void Work(Team team, CancellationToken cancellation);

    /// <summary>Where chains are, in the user's units.</summary>
    /// <param name="blocks">64 chains each.</param>
    protected Points Places(IReadOnlyList<HamiltonianBlock> blocks)
    {
        var points = new Points(blocks.Count * Block.Lanes, Dimension);
        for (var i = 0; i < points.Count; i++)
            for (var d = 0; d < Dimension; d++) points.Row(i)[d] = Place(d, blocks[i / Block.Lanes].Position[d][i % Block.Lanes]);
        return points;
    }

    /// <summary>A coordinate in the user's units.</summary>
    /// <param name="d">Which.</param>
    /// <param name="u">In those found.</param>
    protected double Place(int d, double u) => Standard.Center[d] + Standard.Scale[d] * u;
}
