// An equal mixture of normal laws on a square grid, gmm-9 with centres {-5, 0, 5}^2 and gmm-25 with {-10, -5, 0, 5, 10}^2, variance 0.3 in each coordinate: Sendera et al. 2024, section 5. The density is
// the product of two mixtures along the axes; log Z = 0.
using Locus.Diagnostics;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery.Energies;

/// <summary>Normal laws of equal weight around the points of a grid in the plane.</summary>
internal sealed class GridMixture : Truth
{
    private const double Variance = 0.3, Spacing = 5;

    // Nine deviations: less than half of the way to the next centre.
    private const double Reach = 2.4;
    private readonly double[] centers;

    private GridMixture(int side)
    {
        centers = [.. Enumerable.Range(0, side).Select(i => Spacing * (i - (side - 1) / 2))];
        Components = [.. centers.SelectMany(_ => centers, (a, b) => FormattableString.Invariant($"({a}, {b})"))];
        Shares = [.. Components.Select(_ => 1.0 / Components.Count)];
    }

    /// <inheritdoc/>
    public override int Dimension => 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Components { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<double> Shares { get; }

    public static GalleryProblem Entry(int side)
    {
        GridMixture truth = new(side);
        var count = side * side;
        var problem = Problem.OfEnergy($"gmm-{count}", 2, x => truth.Energy(x[0]) + truth.Energy(x[1]), description: $"{count} normal laws on a grid of {side} by {side} (Sendera et al. 2024).");
        return new(problem, truth, $"sum_k N(x; m_k, 0.3 I) / {count}, m_k on a grid of spacing 5", "Sendera et al. 2024, section 5", 1) { LogZ = 0 };
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        for (var d = 0; d < 2; d++) x[d] = centers[Draws.Below(key, index, (uint)d, centers.Length)] + Math.Sqrt(Variance) * Draws.Normal(key, index, (uint)d);
    }

    /// <inheritdoc/>
    public override int Component(ReadOnlySpan<double> x)
    {
        var (first, second) = (Nearest(x[0]), Nearest(x[1]));
        return first < 0 || second < 0 ? -1 : first * centers.Length + second;
    }

    // -log of the mixture along one axis.
    private Expr Energy(Expr x) =>
        ElementaryDouble.Log(centers.Length * Math.Sqrt(2 * Math.PI * Variance)) - LogSumExp(centers.Select(center => -Square(x - center) / (2 * Variance)));

    private int Nearest(double x)
    {
        var nearest = Math.Clamp((int)Math.Round(x / Spacing) + centers.Length / 2, 0, centers.Length - 1);
        return Math.Abs(x - centers[nearest]) <= Reach ? nearest : -1;
    }
}
