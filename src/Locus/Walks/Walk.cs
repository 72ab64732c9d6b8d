using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Walks;

/// <summary>
/// Many Markov chains on a set that leave its uniform law as it is, or that law weighed by a power of exp(-E), each reversible: where the set has volume a <see cref="LineStep"/> and a ball's step in turn, where equalities hold
/// a <see cref="TangentStep"/>. A chain depends on its start, its number and the key alone: not on the other chains, the threads, or in how many runs its steps are made. Nothing is
/// allocated in a run.
/// </summary>
internal sealed class Walk : IWork
{
    /// <summary>Share of accepted steps toward which sizes are adapted: between the 1/4 of Zappa et al. for surfaces and what is best in one dimension, about 0.4.</summary>
    public const double Acceptance = 0.3;

    // In coordinates in which sets are of order 1.
    private const double FirstSize = 0.5, SmallestSize = 1e-12, LargestSize = 4;

    private readonly StandardSet set;
    private readonly Points? conditions;
    private readonly Key sizeKey;
    private readonly double octaves;
    private readonly Memory[] memories;
    private readonly int[] accepted;
    private readonly int[] ranks;
    private uint firstStep;
    private int steps;
    private int adapted;
    private bool adapts;

    /// <summary>Chains before their first step.</summary>
    /// <param name="set">The set.</param>
    /// <param name="starts">Where they start [N, E], on the set, in its coordinates; copied.</param>
    /// <param name="conditions">c' of each chain [N, C]; null for none.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="threads">Threads of the team that will run them.</param>
    /// <param name="octaves">Each step is by a factor shorter than the chain's size that is drawn log-uniformly from 1 to 2^-octaves, so that some fit wherever the chain is.</param>
    public Walk(StandardSet set, Points starts, Points? conditions, Key key, int threads, double octaves)
    {
        (this.set, this.conditions, this.octaves, sizeKey) = (set, conditions, octaves, key.Fold("size"));
        Points = new Points([.. starts.Values], starts.Dimension);
        Sizes = new double[starts.Count];
        Array.Fill(Sizes, FirstSize);
        (accepted, ranks) = (new int[starts.Count], new int[starts.Count]);
        memories = [.. Enumerable.Range(0, threads).Select(_ => new Memory(set, key))];
    }

    /// <summary>Where the chains are, [N, E]; written by each run.</summary>
    public Points Points { get; }

    /// <summary>The size s of each chain's steps, [N].</summary>
    public double[] Sizes { get; }

    /// <summary>The power b of exp(-E) by which the points of the set are weighed; 0 at first, where all count the same. Above 0 only for a problem with an energy.</summary>
    public double Power
    {
        get => memories[0].Tilt?.Power ?? 0;
        set
        {
            foreach (var memory in memories) memory.Tilt!.Power = value;
        }
    }

    /// <summary>Tangent or ball's steps that each chain accepted in the last run, [N].</summary>
    public IReadOnlyList<int> Accepted => accepted;

    /// <summary>M of each chain, the equalities that hold where it is, [N].</summary>
    public IReadOnlyList<int> Ranks => ranks;

    /// <summary>Goes on.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="steps">Steps of each chain.</param>
    /// <param name="adapts">Whether sizes are adapted: only until what is drawn counts, for a chain that learns from its past is not reversible.</param>
    public void Run(Team team, int steps, bool adapts)
    {
        (this.steps, this.adapts) = (steps, adapts);
        team.Run(this, (Points.Count + Block.Lanes - 1) / Block.Lanes);
        firstStep += (uint)steps;
        if (adapts) adapted += steps;
    }

    /// <summary>Goes on with each chain from where another one is, with that one's size.</summary>
    /// <param name="sources">The other ones, [N].</param>
    public void Continue(IReadOnlyList<int> sources)
    {
        var (points, sizes) = (Points.Values.ToArray(), Sizes.ToArray());
        for (var i = 0; i < sources.Count; i++)
        {
            points.AsSpan(sources[i] * set.Dimension, set.Dimension).CopyTo(Points.Row(i));
            Sizes[i] = sizes[sources[i]];
        }
    }

    /// <summary>Takes the directions of steps on lines from the shape of all chains together, as they are now.</summary>
    public void TakeShape()
    {
        var factor = Covariance.Factor(Points);
        foreach (var memory in memories) memory.Line.Take(factor);
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        var m = memories[worker];
        var first = task * Block.Lanes;
        var count = Math.Min(Block.Lanes, Points.Count - first);
        Load(m, first, count);
        var volume = m.Begin();
        Array.Clear(accepted, first, count);
        for (var step = 0; step < steps; step++)
        {
            Draws.Uniform(sizeKey, (ulong)first, firstStep + (uint)step, m.Uniform);
            for (var lane = 0; lane < count; lane++) m.Sizes[lane] = Sizes[first + lane] * ElementaryDouble.Exp(-0.6931471805599453 * octaves * m.Uniform[0][lane]);
            if (volume) m.Line.Run(m.Position, m.Condition, (ulong)first, firstStep + (uint)step, m.Volume);
            var moved = m.Tangent.Run(m.Position, m.Condition, (ulong)first, firstStep + (uint)step, m.Sizes);
            for (var lane = 0; lane < count; lane++) Count(first + lane, (int)(moved >> lane & 1), step);
        }
        for (var d = 0; d < set.Dimension; d++)
            for (var lane = 0; lane < count; lane++) Points.Row(first + lane)[d] = m.Position[d][lane];
        for (var lane = 0; lane < count; lane++) ranks[first + lane] = (int)m.Tangent.Here.Rank(lane / LaneSystem.Lanes)[lane % LaneSystem.Lanes];
    }

    // Lanes without a chain repeat the last one; nobody sees them.
    private void Load(Memory m, int first, int count)
    {
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var chain = first + Math.Min(lane, count - 1);
            m.Sizes[lane] = Sizes[chain];
            for (var d = 0; d < set.Dimension; d++) m.Position[d][lane] = Points[chain][d];
            for (var k = 0; k < m.Condition.Rows; k++) m.Condition[k][lane] = conditions![chain][k];
        }
    }

    // Robbins and Monro 1951: the logarithm of the size follows what is missing or too much, by steps that fall slowly enough to reach any size.
    private void Count(int chain, int moved, int step)
    {
        accepted[chain] += moved;
        if (!adapts) return;
        var gain = 2 * ElementaryDouble.Exp(-0.6 * ElementaryDouble.Log(1 + adapted + step));
        Sizes[chain] = Math.Clamp(Sizes[chain] * ElementaryDouble.Exp(gain * (moved - Acceptance)), SmallestSize, LargestSize);
    }

    /// <summary>What a worker needs for a block of chains.</summary>
    private sealed class Memory
    {
        public Memory(StandardSet set, Key key)
        {
            if (set.Problem.Energy is not null) Tilt = new Tilt(set);
            (Line, Tangent) = (new LineStep(set, key.Fold("line"), Tilt), new TangentStep(set, key.Fold("tangent"), Tilt));
            var (e, c) = (set.Dimension, set.Problem.ConditionCount);
            var arena = new Arena(checked(Block.Lanes + (e + c) * DoubleBlock.FloatsPerRow));
            (Uniform, Position, Condition) = (arena.Rows(1), arena.DoubleRows(e), arena.DoubleRows(c));
        }

        public Tilt? Tilt { get; }

        public LineStep Line { get; }

        public TangentStep Tangent { get; }

        public Block Uniform { get; }

        public DoubleBlock Position { get; }

        public DoubleBlock Condition { get; }

        public double[] Sizes { get; } = new double[Block.Lanes];

        /// <summary>Masks of the lanes where no equality holds.</summary>
        public Lanes[] Volume { get; } = new Lanes[LaneRows.Groups];

        /// <summary>Begins at the positions; whether some are where the set has volume.</summary>
        public bool Begin()
        {
            Tangent.Begin(Position, Condition);
            var any = Lanes.Zero;
            for (var group = 0; group < LaneRows.Groups; group++) any |= Volume[group] = LessThanOrEqual(Tangent.Here.Rank(group), Lanes.Zero);
            return any != Lanes.Zero;
        }
    }
}
