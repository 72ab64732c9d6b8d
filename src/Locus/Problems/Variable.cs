namespace Locus.Problems;

/// <summary>One coordinate of x: its name, its box and its unit. The box is part of the set.</summary>
/// <param name="Name">A letter or underscore, then letters, digits, underscores: "load"; or one entry of a vector: "q[0]".</param>
/// <param name="Lower">Lower end of the box in <paramref name="Unit"/>; minus infinity for none.</param>
/// <param name="Upper">Upper end of the box in <paramref name="Unit"/>; infinity for none.</param>
/// <param name="Unit">Physical unit such as "rad"; null where there is none.</param>
/// <param name="Periodic">Whether the two ends of the box, both finite, are one point, as for an angle: the box is then no limit, but one turn of a circle.</param>
public sealed record Variable(
    string Name, double Lower = double.NegativeInfinity, double Upper = double.PositiveInfinity, string? Unit = null, bool Periodic = false)
{
    /// <summary>The entries name[0] to name[size - 1] of a vector, all with the same box and unit.</summary>
    /// <param name="name">Name of the vector.</param>
    /// <param name="size">Number of entries, at least 1.</param>
    /// <param name="lower">Lower end of each box.</param>
    /// <param name="upper">Upper end of each box.</param>
    /// <param name="unit">Unit of each entry.</param>
    /// <param name="periodic">Whether the ends of each box are one point.</param>
    public static Variable[] Vector(
        string name, int size, double lower = double.NegativeInfinity, double upper = double.PositiveInfinity, string? unit = null, bool periodic = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return [.. Enumerable.Range(0, size).Select(i => new Variable(EntryName.Of(name, i), lower, upper, unit, periodic))];
    }

    /// <summary>The value in the box that stands for the same point of the circle; a value of the box, one that is not finite and one of a variable that is not periodic stay as they are.</summary>
    /// <param name="value">Any value, in <see cref="Unit"/>.</param>
    public double Wrap(double value)
    {
        if (!Periodic || !double.IsFinite(value) || (value >= Lower && value <= Upper)) return value;
        var period = Upper - Lower;
        return Math.Clamp(value - period * Math.Floor((value - Lower) / period), Lower, Upper);
    }

    /// <summary>The nearest value of the box, on the circle or on the line.</summary>
    internal double Inside(double value) => Math.Clamp(Wrap(value), Lower, Upper);
}
