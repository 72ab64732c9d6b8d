namespace Locus.Race;

/// <summary>One line of work, as the race writes it. Sides that take the same orders can be compared.</summary>
internal sealed record Order
{
    /// <summary>machine, peak, memory, training, sampling; for an energy update (of its drift) or search.</summary>
    public required string Work { get; init; }

    /// <summary>Worker threads.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Time to spend; half of it again goes into warming up.</summary>
    public double Seconds { get; init; } = 0.3;

    /// <summary>Hidden layers.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Width of each.</summary>
    public int Width { get; init; } = 128;

    /// <summary>An energy of the gallery.</summary>
    public string Problem { get; init; } = "many-well-32";

    /// <summary>How its drift is trained.</summary>
    public string Recipe { get; init; } = "tb";

    /// <summary>Points in a training step, or paths in an update.</summary>
    public int Batch { get; init; } = 512;

    /// <summary>Samples of one call.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Network evaluations per sample.</summary>
    public int Steps { get; init; } = 10;
}
