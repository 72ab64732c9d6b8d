// Neal's funnel in ten dimensions: x_0 ~ N(0, s^2), and given it x_1 to x_9 ~ N(0, exp(x_0)). s = 3 in funnel, s = 1 in funnel-easy, which entered the literature by mistake: Sendera et al. 2024, appendix
// B.1. log Z = 0.
using Locus.Diagnostics;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery.Energies;

/// <summary>A law whose width in nine coordinates changes by orders of magnitude along the tenth.</summary>
internal sealed class Funnel : Truth
{
    private const int Size = 10;
    private readonly double deviation;

    private Funnel(string name, double deviation) => (this.deviation, Components) = (deviation, [name]);

    /// <inheritdoc/>
    public override int Dimension => Size;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Components { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<double> Shares => [1];

    public static GalleryProblem Entry(string name, double deviation)
    {
        var constant = 0.5 * Size * ElementaryDouble.Log(2 * Math.PI) + ElementaryDouble.Log(deviation);
        var problem = Problem.OfEnergy(
            name,
            Size,
            x => constant + Square(x[0] / deviation) / 2 + (Size - 1) / 2.0 * x[0] + Exp(-x[0]) * Sum(x.Skip(1).Select(Square)) / 2,
            description: $"A funnel of ten coordinates, the first with deviation {deviation} (Neal 2003; Sendera et al. 2024).");
        return new(problem, new Funnel(name, deviation), $"N(x_0; 0, {deviation * deviation}) prod_i N(x_i; 0, exp(x_0))", "Neal 2003; Sendera et al. 2024, section 5", 1) { LogZ = 0 };
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        x[0] = deviation * Draws.Normal(key, index, 0);
        var width = ElementaryDouble.Exp(x[0] / 2);
        for (var d = 1; d < Size; d++) x[d] = width * Draws.Normal(key, index, (uint)d);
    }

    /// <inheritdoc/>
    public override int Component(ReadOnlySpan<double> x) => 0;
}
