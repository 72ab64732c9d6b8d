// The shell 1 <= |x| <= 1.001 in five dimensions, in the box |x_i| <= 2: volume 8 pi^2 / 15 (1.001^5 - 1) = 0.0264, 2.6e-5 of the box. Exact draws: a
// uniform direction, and |x|^5 uniform between 1 and 1.001^5, for a ball of radius r has a volume of r^5 times its unit's.
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>A shell of five dimensions, a thousand times as wide as thick: almost a surface, but with an interior.</summary>
internal sealed class Shell : PieceTruth
{
    private const int Size = 5;
    private const double Inner = 1, Outer = 1.001, Gain = Outer * Outer * Outer * Outer * Outer - 1;

    private Shell(Problem problem)
        : base(problem, reach: 0.2)
    {
    }

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "shell", Size, x => [Norm(x) >= Inner, Norm(x) <= Outer], -2, 2, description: "A shell in five dimensions, from the radius 1 to 1.001.");
        return new(problem, new Shell(problem), "1 <= |x| <= 1.001, x in R^5", "ours", 8 * Math.PI * Math.PI / 15 * Gain);
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        Ball.Direction(key, index, x);
        var radius = Math.Clamp(Ball.Root(1 + Gain * Draws.Uniform(key, index, 0), Size), Inner, Outer);
        for (var d = 0; d < x.Length; d++) x[d] *= radius;
    }
}
