using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Flows;

namespace Locus.Methods.OffPolicy;

/// <summary>
/// 64 chains of the Metropolis-adjusted Langevin algorithm on R^b N(0, v)^(1-b), which is the density itself for b = 1 (Roberts and Tweedie 1996): x' = x + h s(x) + sqrt(2 h) e with s the score, accepted with the
/// probability min(1, p(x') q(x | x') / (p(x) q(x' | x))). The energy is evaluated once a step.
/// </summary>
internal sealed class LangevinBlock
{
    private readonly Block proposal;
    private readonly Block score;
    private readonly Block noise;
    private readonly double[] ratio = new double[Block.Lanes];

    /// <summary>Memory for chains.</summary>
    public LangevinBlock(int dimension, int conditions)
    {
        var arena = new Arena((4 * dimension + conditions) * Block.Lanes);
        (Position, proposal, score, noise, Condition) = (arena.Rows(dimension), arena.Rows(dimension), arena.Rows(dimension), arena.Rows(dimension), arena.Rows(conditions));
    }

    /// <summary>x [D][64].</summary>
    public Block Position { get; }

    /// <summary>c' [C][64].</summary>
    public Block Condition { get; }

    /// <summary>log R(x) of each chain [64].</summary>
    public double[] Reward { get; } = new double[Block.Lanes];

    /// <summary>Chains that moved in the last step.</summary>
    public int Moved { get; private set; }

    /// <summary>Finds reward and score where the chains are.</summary>
    public void Begin(Reward reward, Block scratch)
    {
        var values = reward.Run(Position, Condition, scratch);
        values.Slice(1, score.Rows).Values.CopyTo(score.Values);
        for (var lane = 0; lane < Block.Lanes; lane++) Reward[lane] = values[0][lane];
    }

    /// <summary>Makes a step.</summary>
    /// <param name="reward">log R and its score.</param>
    /// <param name="scratch">Its scratch.</param>
    /// <param name="size">h.</param>
    /// <param name="power">b, 0 to 1.</param>
    /// <param name="variance">v.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="first">Number of the first chain.</param>
    /// <param name="step">Number of the step.</param>
    public void Step(Reward reward, Block scratch, double size, double power, double variance, Key key, ulong first, uint step)
    {
        Draws.Normal(key, first, step, noise);
        var (h, deviation, b, pull) = ((float)size, (float)Math.Sqrt(2 * size), (float)power, (float)((1 - power) / variance));
        Span<float> x = Position.Values, to = proposal.Values, e = noise.Values, s = score.Values;
        for (var i = 0; i < x.Length; i++) to[i] = x[i] + h * (b * s[i] - pull * x[i]) + deviation * e[i];
        var values = reward.Run(proposal, Condition, scratch);
        var next = values.Slice(1, score.Rows).Values;
        for (var lane = 0; lane < Block.Lanes; lane++) ratio[lane] = power * (values[0][lane] - Reward[lane]);
        for (var i = 0; i < x.Length; i++)
        {
            // log q(x | x') - log q(x' | x), and what the normal law says: the way there was noise alone.
            var back = (double)x[i] - to[i] - size * (power * next[i] - pull * to[i]);
            ratio[i % Block.Lanes] += 0.5 * e[i] * (double)e[i] - back * back / (4 * size) - 0.5 * pull * ((double)to[i] * to[i] - (double)x[i] * x[i]);
        }
        Moved = 0;
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            // NaN accepts nothing.
            if (!(ElementaryDouble.Log(Draws.Uniform(key, first + (ulong)lane, step)) < ratio[lane])) continue;
            Moved++;
            Reward[lane] = values[0][lane];
            for (var i = lane; i < x.Length; i += Block.Lanes) (x[i], s[i]) = (to[i], next[i]);
        }
    }
}
