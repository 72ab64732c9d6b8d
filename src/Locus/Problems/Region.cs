using Locus.Engine.Random;

namespace Locus.Problems;

/// <summary>
/// A finite box in the user's coordinates: where pictures, rejection and checks look. It is the problem's box; a variable that is open on
/// a side gets center +- 2 scale of <see cref="Standardization"/>, which is a choice and may miss part of an unbounded set.
/// </summary>
public sealed class Region
{
    private Region(double[] lower, double[] upper)
    {
        Lower = lower;
        Upper = upper;
    }

    /// <summary>Lower ends, [D].</summary>
    public IReadOnlyList<double> Lower { get; }

    /// <summary>Upper ends, [D].</summary>
    public IReadOnlyList<double> Upper { get; }

    /// <summary>The region of a problem.</summary>
    /// <param name="problem">The problem.</param>
    public static Region Of(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var axes = problem.Variables.Select(Axis.Of).ToList();
        return new Region([.. axes.Select(axis => axis.Lower)], [.. axes.Select(axis => axis.Upper)]);
    }

    /// <summary>Point <paramref name="index"/> of an endless sequence of uniform points; it depends on key and index alone.</summary>
    /// <param name="key">Chooses the sequence.</param>
    /// <param name="index">Which point.</param>
    /// <param name="x">Receives the point, [D].</param>
    public void Draw(Key key, ulong index, Span<double> x)
    {
        for (var i = 0; i < x.Length; i++)
            x[i] = Lower[i] + (Upper[i] - Lower[i]) * Draws.Uniform(key, index, (uint)i);
    }
}
