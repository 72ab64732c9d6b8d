using Locus.Training;

namespace Locus.Race;

/// <summary>What an order came to; what does not belong to it has no key.</summary>
internal sealed record Answer
{
    /// <summary>Name and version of this side.</summary>
    public string? Side { get; init; }

    /// <summary>The machine.</summary>
    public RunEnvironment? Environment { get; init; }

    /// <summary>Seconds of one call: the median over groups of calls.</summary>
    public double? Seconds { get; init; }

    /// <summary>Seconds of one call in the fastest group.</summary>
    public double? Best { get; init; }

    /// <summary>Calls that were timed.</summary>
    public long? Calls { get; init; }

    /// <summary>Operations of one call, of multiply-adds; all sides are divided by these.</summary>
    public double? Flops { get; init; }

    /// <summary>Bytes that one call reads and writes, where memory is what is measured.</summary>
    public double? Bytes { get; init; }

    /// <summary>Managed memory that one call allocated.</summary>
    public double? Allocated { get; init; }

    /// <summary>What is wrong with the order.</summary>
    public string? Mistake { get; init; }
}
