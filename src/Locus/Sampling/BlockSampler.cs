using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;

namespace Locus.Sampling;

/// <summary>
/// Draws many blocks with a team, each worker in its own memory, and hands every finished block on. Whoever receives it sees samples in the
/// network's coordinates: 64 positions and, for a conditional problem, their conditions. How a block is drawn says who derives from this.
/// </summary>
internal abstract class BlockSampler : IWork
{
    private Conditions conditions = new(default, []);
    private ulong firstBlock;
    private Receiver? receive;

    /// <summary>Receives a finished block; called on the worker's own thread, in any order of tasks.</summary>
    /// <param name="task">Number of the block within the run.</param>
    /// <param name="worker">The worker, for scratch memory of its own.</param>
    /// <param name="position">Samples u [D][64].</param>
    /// <param name="condition">Conditions c' [C][64].</param>
    public delegate void Receiver(int task, int worker, Block position, Block condition);

    /// <summary>The densities of the block that a worker has just finished, log q by volume in the network's coordinates and the folds on the way, [64] each; empty if they were not asked for.</summary>
    public abstract (double[] Log, int[] Folds) Density(int worker);

    /// <summary>Draws the blocks <paramref name="firstBlock"/> to <paramref name="firstBlock"/> + <paramref name="blocks"/> - 1.</summary>
    public void Run(Team team, Key key, Conditions conditions, ulong firstBlock, int blocks, Receiver receive)
    {
        Begin(key);
        (this.conditions, this.firstBlock, this.receive) = (conditions, firstBlock, receive);
        team.Run(this, blocks);
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        var first = (firstBlock + (ulong)task) * Block.Lanes;
        var (position, condition) = Memory(worker);
        conditions.Fill(first, condition);
        Draw(worker, first);
        receive!(task, worker, position, condition);
    }

    /// <summary>Takes up the randomness of a run.</summary>
    protected abstract void Begin(Key key);

    /// <summary>Where a worker finds the conditions and leaves the samples.</summary>
    protected abstract (Block Position, Block Condition) Memory(int worker);

    /// <summary>Draws the samples <paramref name="first"/> to <paramref name="first"/> + 63.</summary>
    protected abstract void Draw(int worker, ulong first);
}
