namespace Locus.Race;

/// <summary>One line of work, as the race writes it. Sides that take the same orders can be compared.</summary>
internal sealed record Order
{
    /// <summary>machine, peak, memory, training or sampling.</summary>
    public required string Work { get; init; }

    /// <summary>Worker threads.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Time to spend; half of it again goes into warming up.</summary>
    public double Seconds { get; init; } = 0.3;

    /// <summary>Hidden layers.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Width of each.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Points in a training step.</summary>
    public int Batch { get; init; } = 512;

    /// <summary>Samples of one call.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Network evaluations per sample.</summary>
    public int Steps { get; init; } = 10;
}
