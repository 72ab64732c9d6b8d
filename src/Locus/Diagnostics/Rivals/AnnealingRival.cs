using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.Markov;
using Locus.Problems;
using Locus.Training;

namespace Locus.Diagnostics.Rivals;

/// <summary>
/// Sequential Monte Carlo, see <see cref="Annealing"/>: independent populations of particles, as many as the calls allow, at least some sixteen. Each counts by its estimate of Z, and the spread of these is the error of log Z. Its samples are worth
/// what the spread of the populations' means says.
/// </summary>
internal sealed class AnnealingRival : EnergyRival
{
    private const int Moves = 8, Populations = 16, Most = 65_536, Fewest = 256;

    // Of the samples wanted, the share that is kept of each population.
    private const int KeptShare = 4;

    private readonly int keep;
    private readonly Key key;
    private readonly int threads;
    private readonly ChainMeans means;
    private readonly List<(double LogZ, double[] Rows)> populations = [];
    private Reward? reward;
    private long last;
    private long taken;
    private long steps;
    private int count;

    /// <summary>Before the first call.</summary>
    /// <param name="problem">A problem with an energy on all of space.</param>
    /// <param name="conditions">c [C] in the user's units.</param>
    /// <param name="budget">Calls that it may spend.</param>
    /// <param name="keep">Samples kept at most.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="threads">Threads of the team that will run it.</param>
    public AnnealingRival(Problem problem, double[] conditions, long budget, int keep, Key key, int threads)
        : base(problem, conditions, budget, key) => (this.keep, this.key, this.threads, means) = (keep, key.Fold("populations"), threads, new ChainMeans(0, problem.Dimension));

    /// <inheritdoc/>
    public override string Name => "smc";

    /// <inheritdoc/>
    public override string Setting => $"{populations.Count} populations of {count} particles, {Moves} steps after each rise";

    /// <inheritdoc/>
    public override (double Value, double Error)? LogZ
    {
        get
        {
            if (populations.Count < 2) return null;
            var largest = populations.Max(population => population.LogZ);
            double[] z = Shares();
            var mean = z.Average();
            var variance = z.Sum(value => (value / mean - 1) * (value / mean - 1)) / (z.Length - 1);
            return (largest + ElementaryDouble.Log(mean) + Standard.LogScale, Math.Sqrt(variance / z.Length));
        }
    }

    /// <inheritdoc/>
    public override double Acceptance => (double)taken / steps;

    /// <inheritdoc/>
    public override bool IsReady => Scouted;

    /// <inheritdoc/>
    public override double Samples
    {
        get
        {
            if (populations.Count < 2) return 0;
            var z = Shares();
            return means.Effective * z.Sum() * z.Sum() / (z.Length * z.Sum(value => value * value));
        }
    }

    /// <inheritdoc/>
    public override Points Kept
    {
        get
        {
            if (populations.Count == 0) return new Points([], Dimension);
            var (z, each) = (Shares(), populations[0].Rows.Length / Dimension);
            double[] weights = [.. Enumerable.Range(0, populations.Count * each).Select(i => z[i / each])];
            var rows = new List<double>();
            foreach (var i in Resampling.ByWeight(weights, Math.Min(keep, weights.Length), key.Fold("kept"))) rows.AddRange(populations[i / each].Rows.AsSpan(i % each * Dimension, Dimension));
            return new Points([.. rows], Dimension);
        }
    }

    /// <inheritdoc/>
    protected override long NextCalls => last;

    /// <inheritdoc/>
    protected override void Begin(Reward reward, Team team, Key chains)
    {
        this.reward = reward;
        count = (int)Math.Clamp((Budget - Calls) / Populations / CallsPerParticle / Block.Lanes * Block.Lanes, Fewest, Most);
        last = count * CallsPerParticle;
    }

    /// <inheritdoc/>
    protected override void Work(Team team, CancellationToken cancellation)
    {
        var (number, before) = (populations.Count, Calls);
        var annealing = new Annealing(reward!, Dimension, Conditions, count, Moves, Scouting.Variance, threads);
        var whole = annealing.Run(team, key.Fold((ulong)number), null, cancellation);
        last = Calls - before;
        // Where scouts have found a finite energy, particles do not miss it all.
        if (!whole) return;
        (taken, steps) = (taken + annealing.Accepted, steps + annealing.Steps);
        var (positions, u) = (annealing.Positions.ToArray(), new double[Dimension]);
        for (var i = 0; i < count; i++)
        {
            for (var d = 0; d < Dimension; d++) u[d] = positions[i * Dimension + d];
            means.Add(number, u);
        }
        var each = Math.Min(count, 1 + keep / KeptShare);
        var rows = new double[each * Dimension];
        for (var i = 0; i < each; i++)
            for (var d = 0; d < Dimension; d++) rows[i * Dimension + d] = Place(d, positions[(long)i * count / each * Dimension + d]);
        populations.Add((annealing.LogZ, rows));
    }

    /// <summary>Z of each population over the largest.</summary>
    private double[] Shares()
    {
        var largest = populations.Max(population => population.LogZ);
        return [.. populations.Select(population => ElementaryDouble.Exp(population.LogZ - largest))];
    }
}
