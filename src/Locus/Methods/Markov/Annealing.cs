using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Training;

namespace Locus.Methods.Markov;

/// <summary>
/// A sequential Monte Carlo sampler (Del Moral, Doucet and Jasra 2006): particles of N(0, v) are led to the density through the laws R^b N(0, v)^(1-b), b rising from 0 to 1. Before each rise they are drawn anew by
/// their weights, after it they make some Langevin steps, see <see cref="HamiltonianBlock"/>. b rises so far that the effective share of the weights is 0.8; the step follows the acceptance. The product of the mean weights
/// estimates Z, but for the choice of the rises without bias.
/// </summary>
internal sealed class Annealing : IWork
{
    private const double Optimal = 0.574;

    private readonly Reward reward;
    private readonly int dimension;
    private readonly int moves;
    private readonly double variance;
    private readonly float[] positions;
    private readonly double[] rewards;
    private readonly int[] moved;
    private readonly HamiltonianBlock[] blocks;
    private readonly Block[] scratch;
    private double power;
    private double size;
    private uint round;
    private Key key;

    /// <summary>Particles before they are drawn.</summary>
    /// <param name="reward">log R and its score.</param>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">c' [C], the same for all.</param>
    /// <param name="count">Particles N, a multiple of 64.</param>
    /// <param name="moves">Steps after each rise.</param>
    /// <param name="variance">v, above 0.</param>
    /// <param name="threads">Workers.</param>
    public Annealing(Reward reward, int dimension, double[] conditions, int count, int moves, double variance, int threads)
    {
        (this.reward, this.dimension, this.moves, this.variance, size) = (reward, dimension, moves, variance, 0.1 * variance);
        (positions, rewards, moved) = (new float[checked(count * dimension)], new double[count], new int[count / Block.Lanes]);
        blocks = [.. Enumerable.Range(0, threads).Select(_ => new HamiltonianBlock(dimension, conditions))];
        scratch = [.. Enumerable.Range(0, threads).Select(_ => reward.Scratch())];
    }

    /// <summary>The particles [N, D].</summary>
    public ReadOnlySpan<float> Positions => positions;

    /// <summary>log R of each [N].</summary>
    public ReadOnlySpan<double> Rewards => rewards;

    /// <summary>Steps of particles that were taken.</summary>
    public long Accepted { get; private set; }

    /// <summary>Steps that particles made.</summary>
    public long Steps => rewards.Length * (long)round * moves;

    /// <summary>The estimate of log Z.</summary>
    public double LogZ { get; private set; }

    /// <summary>Leads the particles to the density.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="progress">Told b after each rise.</param>
    /// <param name="cancellation">Ends it between two rises.</param>
    /// <returns>False where no particle has a finite energy.</returns>
    public bool Run(Team team, Key key, Action<double>? progress, CancellationToken cancellation)
    {
        this.key = key;
        (power, round, LogZ, Accepted) = (0, 0, 0, 0);
        team.Run(this, moved.Length);
        var logs = new double[rewards.Length];
        while (power < 1)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < logs.Length; i++) logs[i] = double.IsFinite(rewards[i]) ? rewards[i] - Prior(i) : double.NegativeInfinity;
            var largest = logs.Max();
            if (double.IsNegativeInfinity(largest)) return false;
            var rise = TemperatureRise.Of(logs, 1 - power);
            double[] weights = [.. logs.Select(log => ElementaryDouble.Exp(rise * (log - largest)))];
            LogZ += rise * largest + ElementaryDouble.Log(weights.Average());
            Redraw(Resampling.ByWeight(weights, weights.Length, key.Fold("redraw").Fold(round)));
            power = Math.Min(1, power + rise);
            round++;
            team.Run(this, moved.Length);
            var taken = moved.Sum(count => (long)count);
            Accepted += taken;
            var accepted = taken / ((double)moves * rewards.Length);
            size *= accepted > Optimal ? 1.2 : accepted > 0.4 ? 1 / 1.2 : 0.5;
            progress?.Invoke(power);
        }
        return true;
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        var (block, first) = (blocks[worker], task * Block.Lanes);
        if (round == 0) block.Begin(reward, scratch[worker], variance, key, (ulong)first, 0);
        else
        {
            for (var d = 0; d < dimension; d++)
                for (var lane = 0; lane < Block.Lanes; lane++) block.Position[d][lane] = positions[(first + lane) * dimension + d];
            block.Begin(reward, scratch[worker]);
        }
        moved[task] = 0;
        for (var move = 0; move < moves && round > 0; move++)
        {
            block.Step(reward, scratch[worker], new TemperedLaw(power, variance), size, 1, key, (ulong)first, (uint)(round * moves + move));
            moved[task] += block.Moved;
        }
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            for (var d = 0; d < dimension; d++) positions[(first + lane) * dimension + d] = block.Position[d][lane];
            rewards[first + lane] = block.Reward[lane];
        }
    }

    /// <summary>log N(x; 0, v) of a particle.</summary>
    private double Prior(int i)
    {
        var square = 0.0;
        foreach (var x in positions.AsSpan(i * dimension, dimension)) square += (double)x * x;
        return -0.5 * (square / variance + dimension * ElementaryDouble.Log(2 * Math.PI * variance));
    }

    private void Redraw(int[] chosen)
    {
        var (before, rewardsBefore) = ((float[])positions.Clone(), (double[])rewards.Clone());
        for (var i = 0; i < chosen.Length; i++)
        {
            before.AsSpan(chosen[i] * dimension, dimension).CopyTo(positions.AsSpan(i * dimension));
            rewards[i] = rewardsBefore[chosen[i]];
        }
    }
}
