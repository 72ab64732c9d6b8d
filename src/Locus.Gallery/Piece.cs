using Locus.Expressions;

namespace Locus.Gallery;

/// <summary>One component of a set.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Share">Its share of the mass, above 0.</param>
/// <param name="Set">What holds on it, besides the box.</param>
internal sealed record Piece(string Name, double Share, Constraint Set);
