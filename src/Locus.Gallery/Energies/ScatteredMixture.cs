// An equal mixture of 40 normal laws of deviation 1 in the plane, their means uniform in [-40, 40]^2: Midgley et al. 2023 (FAB), Blessing et al. 2024. The literature draws the means by the generator of its own library; here they are
// uniform numbers of the key Seed(40), numbers i and d for coordinate d of mean i: the places differ from those of the papers, log Z = 0 and the difficulty do not.
using Locus.Diagnostics;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery.Energies;

/// <summary>Normal laws of equal weight around points that lie as chance has it.</summary>
internal sealed class ScatteredMixture : Truth
{
    private const int Count = 40;
    private const double HalfWidth = 40;

    // A normal law in the plane has 4e-5 of its mass beyond 4.5 deviations.
    private const double Reach = 4.5;
    private readonly Points means = new(Count, 2);

    private ScatteredMixture()
    {
        var key = Key.Seed(40);
        for (var i = 0; i < Count; i++)
            for (var d = 0; d < 2; d++) means.Row(i)[d] = HalfWidth * (2 * Draws.Uniform(key, (ulong)i, (uint)d) - 1);
        Components = [.. Enumerable.Range(0, Count).Select(i => FormattableString.Invariant($"({means[i][0]:0.0}, {means[i][1]:0.0})"))];
        Shares = [.. Components.Select(_ => 1.0 / Count)];
    }

    /// <inheritdoc/>
    public override int Dimension => 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Components { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<double> Shares { get; }

    public static GalleryProblem Entry()
    {
        ScatteredMixture truth = new();
        var problem = Problem.OfEnergy("gmm-40", 2, truth.Energy, description: "40 normal laws whose means are uniform in [-40, 40]^2 (Midgley et al. 2023).");
        return new(problem, truth, "sum_k N(x; m_k, I) / 40, m_k uniform in [-40, 40]^2", "Midgley et al. 2023; Blessing et al. 2024; the means are ours", 1) { LogZ = 0 };
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        var mean = means[Draws.Below(key, index, 0, Count)];
        for (var d = 0; d < 2; d++) x[d] = mean[d] + Draws.Normal(key, index, 1 + (uint)d);
    }

    // Of two laws that overlap each loses to the other what it gains from it, so the shares stay equal.
    /// <inheritdoc/>
    public override int Component(ReadOnlySpan<double> x)
    {
        var (nearest, least) = (-1, Reach * Reach);
        for (var i = 0; i < Count; i++)
        {
            var (a, b) = (x[0] - means[i][0], x[1] - means[i][1]);
            if (a * a + b * b < least) (nearest, least) = (i, a * a + b * b);
        }
        return nearest;
    }

    private Expr Energy(Vector x) =>
        ElementaryDouble.Log(Count * 2 * Math.PI) - LogSumExp(Enumerable.Range(0, Count).Select(i => -(Square(x[0] - means[i][0]) + Square(x[1] - means[i][1])) / 2));
}
