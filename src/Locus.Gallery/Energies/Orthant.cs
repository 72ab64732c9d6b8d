// A normal law of three coordinates with deviation 1 and correlations 0.5, 0.3 and -0.2, where all are at least 0: it holds 1/8 + (asin 0.5 + asin 0.3 - asin 0.2) / (4 pi) of the whole law (Sheppard 1899). The other ends of the
// box, at 8, leave out less than 1e-14. Exact draws: of the whole law, until all coordinates are above 0.
using Locus.Diagnostics;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Gallery.Energies;

/// <summary>A normal law cut off by the box: what constraints of sign make of a posterior.</summary>
internal sealed class Orthant : Truth
{
    private const double A = 0.5, B = 0.3, C = -0.2, End = 8;

    // det of the correlations, and the asines of 0.5, 0.3 and 0.2.
    private const double Determinant = 1 + 2 * A * B * C - A * A - B * B - C * C;
    private const double Asines = Math.PI / 6 + 0.30469265401539753 - 0.2013579207903308;

    /// <inheritdoc/>
    public override int Dimension => 3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Components { get; } = ["orthant"];

    /// <inheritdoc/>
    public override IReadOnlyList<double> Shares => [1];

    public static GalleryProblem Entry()
    {
        // The inverse of the correlations, by minors.
        double[] squares = [1 - C * C, 1 - B * B, 1 - A * A];
        double[] products = [B * C - A, A * C - B, A * B - C];
        var problem = Problem.OfEnergy(
            "orthant",
            3,
            x => (squares[0] * x[0] * x[0] + squares[1] * x[1] * x[1] + squares[2] * x[2] * x[2] + 2 * (products[0] * x[0] * x[1] + products[1] * x[0] * x[2] + products[2] * x[1] * x[2])) / (2 * Determinant),
            0,
            End,
            description: "A normal law of three correlated coordinates, none of them below 0.");
        var integral = (0.125 + Asines / (4 * Math.PI)) * Math.Sqrt(8 * Math.PI * Math.PI * Math.PI * Determinant);
        return new(problem, new Orthant(), "N(x; 0, R), r = 0.5, 0.3, -0.2, on 0 <= x <= 8", "Sheppard 1899", integral) { LogZ = ElementaryDouble.Log(integral) };
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        var second = Math.Sqrt(1 - A * A);
        var across = (C - A * B) / second;
        foreach (var attempt in Rejection.Attempts(key))
        {
            var (n0, n1, n2) = (Draws.Normal(attempt, index, 0), Draws.Normal(attempt, index, 1), Draws.Normal(attempt, index, 2));
            (x[0], x[1], x[2]) = (n0, A * n0 + second * n1, B * n0 + across * n1 + Math.Sqrt(1 - B * B - across * across) * n2);
            if (x[0] >= 0 && x[1] >= 0 && x[2] >= 0 && x[0] <= End && x[1] <= End && x[2] <= End) return;
        }
    }

    /// <inheritdoc/>
    public override int Component(ReadOnlySpan<double> x) => 0;
}
