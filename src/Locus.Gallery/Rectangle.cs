// The rectangle |x_1| <= 1, |x_2| <= 0.5 of Burghoff, Braun, Toussaint 2025, Table I. Area 2.
using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>A rectangle of 2 by 1 about the origin; the simplest set with a volume.</summary>
internal sealed class Rectangle : Truth
{
    private const double HalfWidth = 1, HalfHeight = 0.5;

    /// <inheritdoc/>
    public override int Dimension => 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Components { get; } = ["rectangle"];

    /// <inheritdoc/>
    public override IReadOnlyList<double> Shares { get; } = [1];

    public static GalleryProblem Entry() => new(
        Problem.Define(
            "rectangle",
            2,
            x => [Abs(x[0]) <= HalfWidth, Abs(x[1]) <= HalfHeight],
            measure: Measure.Volume,
            description: "A rectangle of 2 by 1 about the origin (Burghoff et al. 2025, Table I)."),
        new Rectangle(),
        "|x1| <= 1, |x2| <= 0.5",
        "Burghoff, Braun, Toussaint 2025, Table I",
        4 * HalfWidth * HalfHeight);

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        x[0] = HalfWidth * (2 * Draws.Uniform(key, index, 0) - 1);
        x[1] = HalfHeight * (2 * Draws.Uniform(key, index, 1) - 1);
    }

    /// <inheritdoc/>
    public override int Component(ReadOnlySpan<double> x) =>
        Nearest.Of([Math.Max(0, Math.Abs(x[0]) - HalfWidth) + Math.Max(0, Math.Abs(x[1]) - HalfHeight)], Nearest.PlanarReach);
}
