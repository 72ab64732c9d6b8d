namespace Locus.Problems;

/// <summary>One component of c: a number that is given when samples are asked for. A network is trained for the whole range.</summary>
/// <param name="Name">A letter or underscore, then letters, digits, underscores: "radius"; or one entry of a vector: "target[0]".</param>
/// <param name="Lower">Lower end of the range in <paramref name="Unit"/>; finite.</param>
/// <param name="Upper">Upper end of the range in <paramref name="Unit"/>; finite.</param>
/// <param name="Unit">Physical unit such as "m"; null where there is none.</param>
public sealed record Parameter(string Name, double Lower, double Upper, string? Unit = null)
{
    /// <summary>The entries name[0] to name[size - 1] of a vector, all with the same range and unit.</summary>
    /// <param name="name">Name of the vector.</param>
    /// <param name="size">Number of entries, at least 1.</param>
    /// <param name="lower">Lower end of each range.</param>
    /// <param name="upper">Upper end of each range.</param>
    /// <param name="unit">Unit of each entry.</param>
    public static Parameter[] Vector(string name, int size, double lower, double upper, string? unit = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return [.. Enumerable.Range(0, size).Select(i => new Parameter(EntryName.Of(name, i), lower, upper, unit))];
    }
}
