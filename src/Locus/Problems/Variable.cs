namespace Locus.Problems;

/// <summary>One coordinate of x: its name, its box and its unit. The box is part of the set.</summary>
/// <param name="Name">A letter or underscore, then letters, digits, underscores: "load"; or one entry of a vector: "q[0]".</param>
/// <param name="Lower">Lower end of the box in <paramref name="Unit"/>; minus infinity for none.</param>
/// <param name="Upper">Upper end of the box in <paramref name="Unit"/>; infinity for none.</param>
/// <param name="Unit">Physical unit such as "rad"; null where there is none.</param>
public sealed record Variable(string Name, double Lower = double.NegativeInfinity, double Upper = double.PositiveInfinity, string? Unit = null)
{
    /// <summary>The entries name[0] to name[size - 1] of a vector, all with the same box and unit.</summary>
    /// <param name="name">Name of the vector.</param>
    /// <param name="size">Number of entries, at least 1.</param>
    /// <param name="lower">Lower end of each box.</param>
    /// <param name="upper">Upper end of each box.</param>
    /// <param name="unit">Unit of each entry.</param>
    public static Variable[] Vector(
        string name, int size, double lower = double.NegativeInfinity, double upper = double.PositiveInfinity, string? unit = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return [.. Enumerable.Range(0, size).Select(i => new Variable(EntryName.Of(name, i), lower, upper, unit))];
    }
}
