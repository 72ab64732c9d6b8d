using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;

namespace Locus.Gallery;

/// <summary>Truth about a union of annuli around the origin that do not overlap: uniform by area.</summary>
internal sealed class Annuli : PieceTruth
{
    private readonly IReadOnlyList<Annulus> annuli;

    public Annuli(Problem problem, IReadOnlyList<(string Name, Annulus Annulus)> parts)
        : base(problem, PlanarReach, [.. parts.Select(part => new Piece(
            part.Name, part.Annulus.Area / parts.Sum(other => other.Annulus.Area), part.Annulus.Contains(Vector.Variables(2))))]) =>
        annuli = [.. parts.Select(part => part.Annulus)];

    /// <summary>The area of all together.</summary>
    public double Area => annuli.Sum(a => a.Area);

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x) => (x[0], x[1]) = annuli[Choose(key, index)].Draw(key, index);
}
