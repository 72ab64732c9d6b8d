// Rotation matrices R in SO(3) as nine numbers, row by row: |a| = |b| = 1, a.b = 0, c = a x b for the rows a, b, c. Their surface measure in R^9 is
// that of Haar, for R -> Q R keeps all distances; a turn by the angle |w| moves R by sqrt(2) |w|, so the volume is sqrt(2)^3 8 pi^2.
// Exact draws: a uniform unit quaternion from three uniform numbers (Shoemake 1992, "Uniform random rotations").
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>Rotations of space as matrices: six equalities leave three dimensions of nine.</summary>
internal sealed class RotationMatrices : PieceTruth
{
    private RotationMatrices(Problem problem)
        : base(problem, reach: 0.3)
    {
    }

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "rotations",
            Variable.Vector("r", 9, -1, 1),
            r =>
            {
                var (a, b, c) = (r[..3], r[3..6], r[6..9]);
                return [Norm(a) == 1, Norm(b) == 1, Dot(a, b) == 0, .. (c - Cross(a, b)).Select(difference => difference == 0)];
            },
            Measure.Surface,
            "Rotations of space: matrices of nine numbers, row by row.");
        return new(
            problem, new RotationMatrices(problem), "R R' = I, det R = 1, R in R^(3x3)", "SO(3); draws: Shoemake 1992", 16 * Math.Sqrt(2) * Math.PI * Math.PI);
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        var share = Draws.Uniform(key, index, 0);
        var (sinA, cosA) = ElementaryDouble.SinCos(2 * Math.PI * Draws.Uniform(key, index, 1));
        var (sinB, cosB) = ElementaryDouble.SinCos(2 * Math.PI * Draws.Uniform(key, index, 2));
        var (first, second) = (Math.Sqrt(1 - share), Math.Sqrt(share));
        var (i, j, k, w) = (first * sinA, first * cosA, second * sinB, second * cosB);
        x[0] = 1 - 2 * (j * j + k * k);
        x[1] = 2 * (i * j - w * k);
        x[2] = 2 * (i * k + w * j);
        x[3] = 2 * (i * j + w * k);
        x[4] = 1 - 2 * (i * i + k * k);
        x[5] = 2 * (j * k - w * i);
        x[6] = 2 * (i * k - w * j);
        x[7] = 2 * (j * k + w * i);
        x[8] = 1 - 2 * (i * i + j * j);
    }
}
