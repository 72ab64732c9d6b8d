// The rectangle |x_1| <= 1, |x_2| <= 0.5 of Burghoff, Braun, Toussaint 2025, Table I. Area 2.
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>A rectangle of 2 by 1 about the origin; the simplest set with a volume.</summary>
internal sealed class Rectangle : PieceTruth
{
    private const double HalfWidth = 1, HalfHeight = 0.5;

    private Rectangle(Problem problem)
        : base(problem, PlanarReach)
    {
    }

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "rectangle",
            2,
            x => [Abs(x[0]) <= HalfWidth, Abs(x[1]) <= HalfHeight],
            measure: Measure.Volume,
            description: "A rectangle of 2 by 1 about the origin (Burghoff et al. 2025, Table I).");
        return new(
            problem, new Rectangle(problem), "|x1| <= 1, |x2| <= 0.5", "Burghoff, Braun, Toussaint 2025, Table I", 4 * HalfWidth * HalfHeight);
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        x[0] = HalfWidth * (2 * Draws.Uniform(key, index, 0) - 1);
        x[1] = HalfHeight * (2 * Draws.Uniform(key, index, 1) - 1);
    }
}
