// The mixtures of four parts of which none is more than 0.6: sum x_i = 1, 0 <= x_i <= 0.6. The simplex has the volume sqrt(4) / 3!, and four corners
// of 0.4^3 of it are cut off, which do not meet: (1 - 4 0.4^3) / 3. Exact draws: four exponential numbers divided by their sum are uniform on the
// simplex (Devroye 1986, chapter V), and are drawn again until none is above 0.6, which happens with probability 0.744.
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>Mixtures of four parts with an upper limit: a flat set of three dimensions in four, with eight sides.</summary>
internal sealed class SimplexCaps : PieceTruth
{
    private const int Parts = 4;
    private const double Limit = 0.6;

    private SimplexCaps(Problem problem)
        : base(problem, reach: 0.1)
    {
    }

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "simplex-caps", Parts, x => [Sum(x) == 1], 0, Limit, Measure.Surface, "Mixtures of four parts, none of which is more than 0.6.");
        return new(
            problem,
            new SimplexCaps(problem),
            "x1 + x2 + x3 + x4 = 1, 0 <= xi <= 0.6",
            "mixture experiments: Scheffe 1958; the limit is ours",
            (1 - Parts * (1 - Limit) * (1 - Limit) * (1 - Limit)) / 3);
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        foreach (var attempt in Rejection.Attempts(key))
        {
            var (sum, largest) = (0.0, 0.0);
            for (var d = 0; d < Parts; d++)
            {
                x[d] = -ElementaryDouble.Log(1 - Draws.Uniform(attempt, index, (uint)d));
                sum += x[d];
            }
            for (var d = 0; d < Parts; d++)
            {
                x[d] /= sum;
                largest = Math.Max(largest, x[d]);
            }
            if (largest <= Limit) return;
        }
    }
}
