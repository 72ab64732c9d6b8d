// exp(-2 x_1) on the three rings: over a ring of radii a to b it has the integral 2 pi int_a^b r I_0(2 r) dr = pi (b I_1(2 b) - a I_1(2 a)), I the modified Bessel functions.
using Locus.Engine.Kernels;
using Locus.Problems;

namespace Locus.Gallery.Energies;

/// <summary>Parts with gaps between them, whose shares are not those of their areas, and which are uneven in themselves.</summary>
internal static class TiltedRings
{
    private const double Slope = 2;

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "tilted-rings",
            2,
            ThreeRings.Set,
            energy: x => Slope * x[0],
            description: "Three rings of half width 0.1 about the radii 0.5, 1 and 1.5, the density falling from left to right.");
        double[] integrals = [.. ThreeRings.Radii.Select(r => Math.PI * (Bessel(r + ThreeRings.HalfWidth) - Bessel(r - ThreeRings.HalfWidth)))];
        WeighedTruth truth = new(problem, ThreeRings.Entry().Truth!, -Slope * (ThreeRings.Radii[^1] + ThreeRings.HalfWidth), [.. integrals.Select(part => part / integrals.Sum())]);
        return new(problem, truth, "exp(-2 x_1) on min_i ||x| - i/2| <= 0.1, i = 1, 2, 3", "ours", integrals.Sum()) { LogZ = ElementaryDouble.Log(integrals.Sum()) };
    }

    /// <summary>r I_1(2 r), by the series of I_1: sum_k r^(2 k + 2) / (k! (k + 1)!).</summary>
    private static double Bessel(double r)
    {
        var (sum, term) = (0.0, r * r);
        for (var k = 1; term > 1e-17 * sum; k++)
        {
            sum += term;
            term *= r * r / (k * (k + 1.0));
        }
        return sum;
    }
}
