using Locus.Engine.Blocks;

namespace Locus.Training;

/// <summary>The points that a round trains on, in the network's coordinates: one column per coordinate, then one per condition.</summary>
internal sealed class TrainingPool
{
    private readonly float[] values;

    /// <summary>An empty pool.</summary>
    /// <param name="rows">D + C: coordinates and conditions.</param>
    /// <param name="capacity">Most points it can hold.</param>
    public TrainingPool(int rows, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Rows = rows;
        Capacity = capacity;
        values = new float[checked(rows * capacity)];
    }

    /// <summary>D + C.</summary>
    public int Rows { get; }

    /// <summary>Most points it can hold.</summary>
    public int Capacity { get; }

    /// <summary>Points in the pool, N.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them were drawn from the network; the rest is noise.</summary>
    public int ModelCount { get; set; }

    /// <summary>Share of the points that are noise, in [0, 1].</summary>
    public double NoiseShare => Count == 0 ? 1 : 1 - (double)ModelCount / Count;

    /// <summary>One coordinate (or condition) of all points [N].</summary>
    /// <param name="row">0 to Rows - 1.</param>
    public Span<float> Column(int row) => values.AsSpan(row * Capacity, Count);

    /// <summary>Empties the pool, or sets its size so that columns can be filled from outside.</summary>
    /// <param name="count">New number of points, at most the capacity.</param>
    public void Resize(int count)
    {
        if (count < 0 || count > Capacity) throw new ArgumentOutOfRangeException(nameof(count), $"a pool of {Capacity} points cannot hold {count}");
        Count = count;
    }

    /// <summary>Appends one sample of a block.</summary>
    /// <param name="position">u [D][64].</param>
    /// <param name="condition">c' [C][64].</param>
    /// <param name="lane">The sample.</param>
    public void Add(Block position, Block condition, int lane)
    {
        if (Count == Capacity) throw new InvalidOperationException($"the pool already holds its {Capacity} points");
        for (var row = 0; row < position.Rows; row++) values[row * Capacity + Count] = position[row][lane];
        for (var row = 0; row < condition.Rows; row++) values[(position.Rows + row) * Capacity + Count] = condition[row][lane];
        Count++;
    }

    /// <summary>Copies points into the lanes of a block.</summary>
    /// <param name="points">64 numbers of points.</param>
    /// <param name="firstRow">First coordinate or condition to copy.</param>
    /// <param name="target">[rows][64], written.</param>
    public void Gather(ReadOnlySpan<int> points, int firstRow, Block target)
    {
        for (var row = 0; row < target.Rows; row++)
        {
            var column = Column(firstRow + row);
            var lanes = target[row];
            for (var lane = 0; lane < Block.Lanes; lane++) lanes[lane] = column[points[lane]];
        }
    }
}
