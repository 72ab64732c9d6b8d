namespace Locus.Problems;

/// <summary>
/// N points of D coordinates in the user's units, one behind the other: double[N * D]. Double, because a box may lie far from the origin and a projected
/// point on the set to 1e-9; the network's own coordinates, of order 1, are floats.
/// </summary>
public sealed class Points
{
    /// <summary>Points over an array that is kept, not copied.</summary>
    /// <param name="values">Coordinates in the user's units, row-major [N, D].</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <paramref name="dimension"/>.</exception>
    public Points(double[] values, int dimension)
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
        : this(new double[checked(count * dimension)], dimension)
    {
    }

    /// <summary>All coordinates, row-major [N, D].</summary>
    public double[] Values { get; }

    /// <summary>N.</summary>
    public int Count { get; }

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>The coordinates of point <paramref name="i"/>, [D].</summary>
    /// <param name="i">Point, 0 to N - 1.</param>
    public ReadOnlySpan<double> this[int i] => Row(i);

    /// <summary>The coordinates of point <paramref name="i"/>, [D], to be written.</summary>
    /// <param name="i">Point, 0 to N - 1.</param>
    public Span<double> Row(int i)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)i, (uint)Count, nameof(i));
        return Values.AsSpan(i * Dimension, Dimension);
    }

    /// <summary>Some of the points, as often and in the order as they are named.</summary>
    /// <param name="numbers">Numbers of points, each from 0 to N - 1, [N'].</param>
    /// <returns>[N', D].</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no point of a number.</exception>
    public Points Pick(IReadOnlyList<int> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var picked = new Points(numbers.Count, Dimension);
        for (var i = 0; i < numbers.Count; i++) Row(numbers[i]).CopyTo(picked.Row(i));
        return picked;
    }

    /// <summary>At most so many of the points, spread evenly over their numbers; the points themselves where there are no more.</summary>
    /// <param name="most">How many, at least 0.</param>
    /// <returns>[min(N, most), D].</returns>
    internal Points Thinned(int most) => Count <= most ? this : Pick([.. Enumerable.Range(0, most).Select(i => (int)((long)i * Count / most))]);
}
