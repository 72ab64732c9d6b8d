using System.Numerics;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Flows;

namespace Locus.Methods.Markov;

/// <summary>
/// 64 chains of Hamiltonian Monte Carlo: normal momenta e, some steps of <see cref="Leapfrog"/>, taken with the probability min(1, p(x') N(e') / (p(x) N(e))). With one leap they are those of the Metropolis-adjusted Langevin
/// algorithm (Roberts and Tweedie 1996), x' = x + h s(x) + sqrt(2 h) e. The energy is evaluated once a leap.
/// </summary>
internal sealed class HamiltonianBlock
{
    private readonly Block proposal;
    private readonly Block score;
    private readonly Block momentum;
    private readonly double[] ratio = new double[Block.Lanes];
    private ulong moved;

    /// <summary>Memory for chains.</summary>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">C.</param>
    public HamiltonianBlock(int dimension, int conditions)
    {
        var arena = new Arena((4 * dimension + conditions) * Block.Lanes);
        (Position, proposal, score, momentum, Condition) = (arena.Rows(dimension), arena.Rows(dimension), arena.Rows(dimension), arena.Rows(dimension), arena.Rows(conditions));
    }

    /// <summary>Memory for chains of one condition.</summary>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">c' [C].</param>
    public HamiltonianBlock(int dimension, double[] conditions)
        : this(dimension, conditions.Length)
    {
        for (var k = 0; k < conditions.Length; k++) Condition[k].Fill((float)conditions[k]);
    }

    /// <summary>x [D][64].</summary>
    public Block Position { get; }

    /// <summary>c' [C][64].</summary>
    public Block Condition { get; }

    /// <summary>log R(x) of each chain [64].</summary>
    public double[] Reward { get; } = new double[Block.Lanes];

    /// <summary>Chains that moved in the last step.</summary>
    public int Moved => BitOperations.PopCount(moved);

    /// <summary>Whether a chain moved in the last step.</summary>
    /// <param name="lane">Which.</param>
    public bool HasMoved(int lane) => (moved >> lane & 1) != 0;

    /// <summary>Puts the chains to places drawn from N(0, v), and finds reward and score there: one call of the energy.</summary>
    /// <param name="reward">log R and its score.</param>
    /// <param name="scratch">Its scratch.</param>
    /// <param name="variance">v.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="first">Number of the first chain.</param>
    /// <param name="draw">Number of the draw.</param>
    public void Begin(Reward reward, Block scratch, double variance, Key key, ulong first, uint draw)
    {
        Draws.Normal(key, first, draw, Position);
        var deviation = (float)Math.Sqrt(variance);
        foreach (ref var value in Position.Values) value *= deviation;
        Begin(reward, scratch);
    }

    /// <summary>Finds reward and score where the chains are: one call of the energy. Where it is no number, a chain goes to the first place where it is one.</summary>
    /// <param name="reward">log R and its score.</param>
    /// <param name="scratch">Its scratch.</param>
    public void Begin(Reward reward, Block scratch)
    {
        var values = reward.Run(Position, Condition, scratch);
        values.Slice(1, score.Rows).Values.CopyTo(score.Values);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            Reward[lane] = values[0][lane];
            var whole = float.IsFinite(values[0][lane]);
            for (var d = 0; d < score.Rows; d++) whole &= float.IsFinite(score[d][lane]);
            if (whole) continue;
            Reward[lane] = double.NegativeInfinity;
            for (var d = 0; d < score.Rows; d++) score[d][lane] = 0;
        }
        moved = ulong.MaxValue;
    }

    /// <summary>Makes a step.</summary>
    /// <param name="reward">log R and its score.</param>
    /// <param name="scratch">Its scratch.</param>
    /// <param name="law">p.</param>
    /// <param name="size">h.</param>
    /// <param name="leaps">Leapfrog steps, at least 1.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="first">Number of the first chain.</param>
    /// <param name="step">Number of the step.</param>
    public void Step(Reward reward, Block scratch, TemperedLaw law, double size, int leaps, Key key, ulong first, uint step)
    {
        Draws.Normal(key, first, step, momentum);
        Position.Values.CopyTo(proposal.Values);
        Array.Clear(ratio);
        LaneSums.AddProducts(momentum, momentum, 0.5, ratio);
        var values = Leapfrog.Run(reward, scratch, law, size, leaps, Condition, proposal, score, momentum);
        LaneSums.AddProducts(momentum, momentum, -0.5, ratio);
        LaneSums.AddProducts(proposal, proposal, -0.5 * law.Pull, ratio);
        LaneSums.AddProducts(Position, Position, 0.5 * law.Pull, ratio);
        moved = 0;
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            // What gains is accepted whatever is drawn; NaN is not.
            var gain = ratio[lane] + law.Power * (values[0][lane] - Reward[lane]);
            if (!(gain >= 0 || ElementaryDouble.Log(Draws.Uniform(key, first + (ulong)lane, step)) < gain)) continue;
            moved |= 1UL << lane;
            Reward[lane] = values[0][lane];
        }
        LeapKernel.Take(moved, proposal, Position);
        LeapKernel.Take(moved, values.Slice(1, score.Rows), score);
    }

    /// <summary>Writes |x|^2 of each chain.</summary>
    /// <param name="squares">Receives them [64].</param>
    public void Square(Span<double> squares)
    {
        squares.Clear();
        LaneSums.AddProducts(Position, Position, 1, squares);
    }

    /// <summary>Exchanges the places of a chain and of that in the same lane of another block.</summary>
    /// <param name="other">The other block.</param>
    /// <param name="lane">Which chain.</param>
    public void Swap(HamiltonianBlock other, int lane)
    {
        Exchange(Position.Values, other.Position.Values, lane);
        Exchange(score.Values, other.score.Values, lane);
        (Reward[lane], other.Reward[lane]) = (other.Reward[lane], Reward[lane]);
    }

    private static void Exchange(Span<float> a, Span<float> b, int lane)
    {
        for (var i = lane; i < a.Length; i += Block.Lanes) (a[i], b[i]) = (b[i], a[i]);
    }
}
