// The lens that two unit balls have in common, their centres 1.96 apart: two caps of the height h = 0.02, 2 pi h^2 (3 - h) / 3 = 0.0025 in all, 1.2e-5
// of the box |x_i| <= 3. At the depth t below a cap's top the cross-section is a disk of area pi (2 t - t^2): exact draws take t with a density
// proportional to t and accept it with probability 1 - t / 2, then a uniform point of the disk, on either side.
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>A small thin lens somewhere in a wide box: a set with an interior that random points miss.</summary>
internal sealed class Lens : PieceTruth
{
    private const double Height = 0.02;
    private static readonly double[] Centre = [1.5, -1, 0.5];

    /// <summary>The lens' axis and two directions across it: an orthonormal frame.</summary>
    private static readonly double[] Axis = [2 / 3.0, 2 / 3.0, 1 / 3.0], Across = [1 / 3.0, -2 / 3.0, 2 / 3.0], Aside = [2 / 3.0, -1 / 3.0, -2 / 3.0];

    private Lens(Problem problem)
        : base(problem, reach: 0.05)
    {
    }

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "lens",
            3,
            x => [Norm(x - Ball(-1)) <= 1, Norm(x - Ball(1)) <= 1],
            -3,
            3,
            description: "The thin lens that two balls have in common, in a wide box.");
        return new(
            problem,
            new Lens(problem),
            "|x - c - 0.98 n| <= 1, |x - c + 0.98 n| <= 1, c = (1.5, -1, 0.5), n = (2, 2, 1)/3",
            "ours",
            2 * Math.PI * Height * Height * (3 - Height) / 3);
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        foreach (var attempt in Rejection.Attempts(key))
        {
            var depth = Height * Math.Sqrt(Draws.Uniform(attempt, index, 0));
            if (2 * Draws.Uniform(attempt, index, 1) >= 2 - depth) continue;
            var side = Draws.Uniform(attempt, index, 2) < 0.5 ? depth - Height : Height - depth;
            var radius = Math.Sqrt(depth * (2 - depth) * Draws.Uniform(attempt, index, 3));
            var (sin, cos) = ElementaryDouble.SinCos(2 * Math.PI * Draws.Uniform(attempt, index, 4));
            for (var d = 0; d < x.Length; d++) x[d] = Centre[d] + side * Axis[d] + radius * (cos * Across[d] + sin * Aside[d]);
            return;
        }
    }

    /// <summary>The centre of the ball on one side.</summary>
    private static double[] Ball(int side) => [.. Centre.Select((c, d) => c + side * (1 - Height) * Axis[d])];
}
