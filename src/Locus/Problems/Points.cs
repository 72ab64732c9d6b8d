namespace Locus.Problems;

/// <summary>N points of D coordinates, one behind the other: float[N * D].</summary>
public sealed class Points
{
    /// <summary>Points over an array that is kept, not copied.</summary>
    /// <param name="values">Coordinates in the user's units, row-major [N, D].</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <paramref name="dimension"/>.</exception>
    public Points(float[] values, int dimension)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        if (values.Length % dimension != 0)
            throw new ArgumentException($"{values.Length} values do not fill points of {dimension} coordinates", nameof(values));
        Values = values;
        Dimension = dimension;
        Count = values.Length / dimension;
    }

    /// <summary>N points at the origin, to be filled.</summary>
    /// <param name="count">N.</param>
    /// <param name="dimension">D, at least 1.</param>
    public Points(int count, int dimension)
        : this(new float[checked(count * dimension)], dimension)
    {
    }

    /// <summary>All coordinates, row-major [N, D].</summary>
    public float[] Values { get; }

    /// <summary>N.</summary>
    public int Count { get; }

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>The coordinates of point <paramref name="i"/>, [D].</summary>
    /// <param name="i">Point, 0 to N - 1.</param>
    public ReadOnlySpan<float> this[int i] => Row(i);

    /// <summary>The coordinates of point <paramref name="i"/>, [D], to be written.</summary>
    /// <param name="i">Point, 0 to N - 1.</param>
    public Span<float> Row(int i)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)i, (uint)Count, nameof(i));
        return Values.AsSpan(i * Dimension, Dimension);
    }
}
