using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;

namespace Locus.Methods.Markov;

/// <summary>
/// Parallel tempering (Swendsen and Wang 1986; Geyer 1991): chains on R^b N(0, v)^(1-b) for the powers b of a <see cref="Ladder"/>. Those at b = 0 are drawn anew in each step, the others make a Langevin step; then, in turn, the even or the
/// odd neighbours exchange their places with the probability min(1, exp((b - b') (g(x') - g(x)))), g = log R - log N(0, v), which leaves all laws as they are. So places wander down from where the parts of the density are not yet parted. In
/// each lane stands a ladder of its own.
/// </summary>
internal sealed class Tempering : IWork
{
    private const double FirstSize = 0.05, Wanted = 0.574;
    private const int MostRungs = 64;

    // Steps after which the ladder is first set anew; from time to time after twice as many.
    private const int FirstWindow = 32;

    private readonly Reward reward;
    private readonly double variance;
    private readonly double constant;
    private readonly int rungs;
    private readonly int groups;
    private readonly HamiltonianBlock[] blocks;
    private readonly Block[] scratch;
    private readonly Ladder ladder;
    private readonly StepSize[] sizes;
    private readonly double[] lengths;

    // Of each chain: log R - log N(x; 0, v), without the constant.
    private readonly double[] gains;
    private readonly RoundTrips trips;
    private readonly SteppingStones stones;

    // Of each group and pair of neighbours, and tries of each pair in one lane, since the last window began.
    private readonly int[] exchanged;
    private readonly int[] tried;
    private readonly int[] movedOf;
    private Key key;
    private Key exchangeKey;
    private int window = FirstWindow;
    private int windowSteps;
    private uint step;
    private int wave;
    private long moved;
    private bool placed;
    private bool settled;

    /// <summary>Before the first step.</summary>
    /// <param name="reward">log R and its score.</param>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">c' [C], the same for all where nobody sets them otherwise.</param>
    /// <param name="groups">Ladders, in groups of 64.</param>
    /// <param name="rungs">Rungs of a ladder, at least 3.</param>
    /// <param name="variance">v.</param>
    /// <param name="threads">Workers.</param>
    public Tempering(Reward reward, int dimension, double[] conditions, int groups, int rungs, double variance, int threads)
    {
        (this.reward, this.variance, this.rungs, this.groups, ladder) = (reward, variance, rungs, groups, new Ladder(rungs));
        blocks = [.. Enumerable.Range(0, groups * rungs).Select(_ => new HamiltonianBlock(dimension, conditions))];
        scratch = [.. Enumerable.Range(0, threads).Select(_ => reward.Scratch())];
        sizes = [.. Enumerable.Range(0, rungs).Select(_ => new StepSize(FirstSize, Wanted))];
        constant = 0.5 * dimension * ElementaryDouble.Log(2 * Math.PI * variance);
        (lengths, gains, movedOf, exchanged, tried) = (new double[rungs], new double[blocks.Length * Block.Lanes], new int[blocks.Length], new int[groups * (rungs - 1)], new int[rungs - 1]);
        (trips, stones) = (new RoundTrips(groups * Block.Lanes, rungs), new SteppingStones(groups * Block.Lanes, rungs));
    }

    /// <summary>
    /// Rungs that suit D coordinates, 2 + 2 sqrt(D): on the gallery's energies about twice the sum of the rates at which neighbours refuse exchanges, the number that Syed et al. 2022 find best.
    /// </summary>
    /// <param name="dimension">D.</param>
    public static int Rungs(int dimension) => Math.Min(2 + (int)Math.Ceiling(2 * Math.Sqrt(dimension)), MostRungs);

    /// <summary>Powers of the ladder.</summary>
    public ReadOnlySpan<double> Powers => ladder.Powers;

    /// <summary>Calls of the energy of one step, those of single points.</summary>
    public long StepCalls => (long)blocks.Length * Block.Lanes;

    /// <summary>Share of the steps on the density itself that were taken since the warm-up; NaN before.</summary>
    public double Acceptance => (double)moved / ((double)stones.Count * groups * Block.Lanes);

    /// <summary>Share of exchanges that were made since the warm-up, of the neighbours that made the fewest; NaN before.</summary>
    public double Exchanged => settled ? 1 - Refused().Max() : double.NaN;

    /// <summary>Ways from the density up to the normal law and back, of all ladders since the warm-up.</summary>
    public long RoundTrips => trips.Count;

    /// <summary>log Z and its standard error, from the steps since the warm-up.</summary>
    public (double Value, double Error) LogZ
    {
        get
        {
            var (value, error) = stones.Estimate();
            return (value + constant, error);
        }
    }

    /// <summary>The chains of a group at a rung: 0 is the normal law, the last the density.</summary>
    /// <param name="group">Which 64 ladders.</param>
    /// <param name="rung">Which rung.</param>
    public HamiltonianBlock At(int group, int rung) => blocks[group * rungs + rung];

    /// <summary>Begins.</summary>
    /// <param name="team">Workers; each takes whole ladders, so that no more can help than there are groups.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="placed">Whether the chains are where they are to begin; else they are drawn from the normal law.</param>
    public void Begin(Team team, Key key, bool placed = false)
    {
        (this.key, exchangeKey, this.placed, step, wave) = (key, key.Fold("exchange"), placed, 0, 0);
        team.Run(this, groups);
    }

    /// <summary>Makes some steps, each with its exchanges.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="steps">Steps, at least 1.</param>
    /// <param name="adapts">Whether steps and ladder follow what is accepted: the chains leave the laws as they are only without.</param>
    public void Run(Team team, int steps, bool adapts)
    {
        if (!adapts && !settled) Settle();
        wave = steps;
        for (var k = 0; k < rungs; k++) lengths[k] = sizes[k].Value;
        team.Run(this, groups);
        step += (uint)steps;
        for (var k = 0; k < rungs - 1; k++) tried[k] += (steps + (int)((k + step) % 2 == 0 ? steps % 2 : 0)) / 2;
        if (!adapts)
        {
            stones.Add(steps);
            moved += Moved(rungs - 1);
            return;
        }
        for (var k = 1; k < rungs; k++) sizes[k].Add((double)Moved(k) / ((long)steps * groups * Block.Lanes));
        windowSteps += steps;
        if (windowSteps >= window) Space();
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        movedOf.AsSpan(task * rungs, rungs).Clear();
        if (wave == 0)
        {
            for (var k = 0; k < rungs; k++)
            {
                if (placed) At(task, k).Begin(reward, scratch[worker]);
                else At(task, k).Begin(reward, scratch[worker], variance, key, First(task, k), 0);
                Gain(task, k);
            }
        }
        for (var i = 1u; i <= wave; i++)
        {
            for (var k = 0; k < rungs; k++)
            {
                var block = At(task, k);
                if (k == 0) block.Begin(reward, scratch[worker], variance, key, First(task, k), step + i);
                else block.Step(reward, scratch[worker], new TemperedLaw(ladder.Powers[k], variance), lengths[k], 1, key, First(task, k), step + i);
                movedOf[task * rungs + k] += block.Moved;
                Gain(task, k);
            }
            Exchange(task, step + i);
        }
    }

    private ulong First(int group, int rung) => (ulong)((group * rungs + rung) * Block.Lanes);

    private int Moved(int rung)
    {
        var sum = 0;
        for (var group = 0; group < groups; group++) sum += movedOf[group * rungs + rung];
        return sum;
    }

    // log R - log N(x; 0, v), without the constant.
    private void Gain(int group, int rung)
    {
        var block = At(group, rung);
        var own = gains.AsSpan((group * rungs + rung) * Block.Lanes, Block.Lanes);
        block.Square(own);
        for (var lane = 0; lane < Block.Lanes; lane++) own[lane] = block.Reward[lane] + 0.5 * own[lane] / variance;
    }

    private void Exchange(int group, uint now)
    {
        var powers = ladder.Powers;
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var number = group * Block.Lanes + lane;
            for (var k = 0; k < rungs - 1; k++)
            {
                ref var hot = ref gains[(group * rungs + k) * Block.Lanes + lane];
                ref var cold = ref gains[(group * rungs + k + 1) * Block.Lanes + lane];
                var rise = powers[k + 1] - powers[k];
                if (settled) stones.Add(k, number, rise * hot);
                if (k % 2 != now % 2) continue;
                // NaN exchanges nothing.
                if (!(ElementaryDouble.Log(Draws.Uniform(exchangeKey, (ulong)(number * rungs + k), now)) < rise * (hot - cold))) continue;
                (hot, cold) = (cold, hot);
                At(group, k).Swap(At(group, k + 1), lane);
                exchanged[group * (rungs - 1) + k]++;
                trips.Swap(number, k);
            }
            trips.Look(number);
        }
    }

    private double[] Refused()
    {
        var refused = new double[rungs - 1];
        for (var k = 0; k < refused.Length; k++)
        {
            var sum = 0;
            for (var group = 0; group < groups; group++) sum += exchanged[group * (rungs - 1) + k];
            refused[k] = tried[k] == 0 ? 0 : 1 - sum / ((double)tried[k] * groups * Block.Lanes);
        }
        return refused;
    }

    private void Space()
    {
        ladder.Space(Refused());
        for (var k = 1; k < rungs; k++) sizes[k].Restart();
        window *= 2;
        Forget();
    }

    private void Settle()
    {
        settled = true;
        foreach (var size in sizes) size.Settle();
        Forget();
        trips.Clear();
    }

    private void Forget()
    {
        windowSteps = 0;
        Array.Clear(exchanged);
        Array.Clear(tried);
    }
}
