using Locus.Problems;

namespace Locus.Diagnostics.Rivals;

/// <summary>The first points of many, kept up to a number; the others are only counted.</summary>
/// <param name="most">Points kept at most.</param>
/// <param name="dimension">D.</param>
internal sealed class KeptPoints(int most, int dimension)
{
    private readonly List<double> values = [];

    /// <summary>Points in all.</summary>
    public long Count { get; private set; }

    /// <summary>Those kept, [N, D].</summary>
    public Points Points => new([.. values], dimension);

    /// <summary>Adds a point.</summary>
    /// <param name="x">[D].</param>
    public void Add(ReadOnlySpan<double> x)
    {
        if (Count++ < most) values.AddRange(x);
    }
}
