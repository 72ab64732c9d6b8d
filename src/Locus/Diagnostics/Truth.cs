using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>
/// Exact knowledge about a problem: independent draws from its law (the problem names the measure), its components and their shares.
/// What a report compares a sampler with.
/// </summary>
public abstract class Truth
{
    /// <summary>Number of coordinates, D.</summary>
    public abstract int Dimension { get; }

    /// <summary>Names of the components, one per component, in the order of <see cref="Shares"/>; one name for a set in one piece.</summary>
    public abstract IReadOnlyList<string> Components { get; }

    /// <summary>Share of the mass in each component; the sum is 1.</summary>
    public abstract IReadOnlyList<double> Shares { get; }

    /// <summary>
    /// Writes sample number <paramref name="index"/>, in double precision. It depends on the key and the index alone and has the same bits on
    /// every machine.
    /// </summary>
    /// <param name="key">Key of the sample set.</param>
    /// <param name="index">Number of the sample in its set.</param>
    /// <param name="x">The sample, [D].</param>
    public abstract void Draw(Key key, ulong index, Span<double> x);

    /// <summary>
    /// The component that a point belongs to: the one it violates least, so that a point beside the set still counts for its neighbour.
    /// -1 where that violation is above the component's reach, which each truth states.
    /// </summary>
    /// <param name="x">A point [D].</param>
    /// <returns>An index into <see cref="Components"/>, or -1: none.</returns>
    public abstract int Component(ReadOnlySpan<double> x);

    /// <summary>The samples 0 to <paramref name="count"/> - 1 of a set.</summary>
    /// <param name="key">Key of the set; sets of different keys are independent.</param>
    /// <param name="count">Number of samples, N, 0 or more.</param>
    /// <returns>Samples [N, D].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public Points Sample(Key key, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Points points = new(count, Dimension);
        for (var i = 0; i < count; i++) Draw(key, (ulong)i, points.Row(i));
        return points;
    }
}
