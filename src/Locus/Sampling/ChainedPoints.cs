using Locus.Problems;

namespace Locus.Sampling;

/// <summary>Samples after an <see cref="ExactChain"/>.</summary>
/// <param name="Points">The points [N, D] in the user's units, on the set and inside the box; those whose projection had failed are as they were.</param>
/// <param name="Residuals">The slack at each point, [N], in the constraints' units.</param>
/// <param name="Moves">Distance of each point from where its chain began, [N], in the user's units; 0 where the chain never moved.</param>
public sealed record ChainedPoints(Points Points, IReadOnlyList<double> Residuals, IReadOnlyList<double> Moves)
{
    /// <summary>Chains that never moved: their samples kept whatever bias they had.</summary>
    public int Still => Moves.Count(move => move == 0);
}
