using Locus.Problems;

namespace Locus.Training;

/// <summary>Points drawn from a set, and how well.</summary>
/// <param name="Points">Points of the set in u, uniform by the problem's measure, or of the law of its energy, [N, E].</param>
/// <param name="Method">How they were drawn.</param>
/// <param name="Share">Share of the draws that hit the set; 1 for walks, which never leave it.</param>
/// <param name="EffectiveSize">Effective sample size of the draws before they became equally likely.</param>
internal sealed record Pool(Points Points, ExplorationMethod Method, double Share, double EffectiveSize)
{
    /// <summary>Where the search came to the set [N', E], one for each start that did.</summary>
    public Points Found { get; init; } = new(0, Points.Dimension);

    /// <summary>Points of the same law drawn in another way, [N', E]; null where the law is exact, or was tested by itself.</summary>
    public Points? Twin { get; init; }

    /// <summary>Whether the law was found to have settled, as far as the method tests that by itself.</summary>
    public bool Settled { get; init; } = true;

    /// <summary>Rises on the way from the uniform law to that of an energy; 0 where there is none.</summary>
    public int Rises { get; init; }

    /// <summary>The largest standard error of a part's share beyond that of counting; 0 where shares follow from counting alone.</summary>
    public double ShareError { get; init; }
}
