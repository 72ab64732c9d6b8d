// The law of von Mises and Fisher on the unit sphere, density proportional to exp(5 x_3) by area (Fisher 1953). log Z = log(4 pi sinh(5) / 5); the mean of x_3 is coth(5) - 1/5 = 0.80009.
using Locus.Engine.Kernels;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery.Energies;

/// <summary>A law on a surface: directions around a mean one.</summary>
internal static class Fisher
{
    private const double Concentration = 5;

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "fisher", 3, x => [Norm(x) == 1], energy: x => -Concentration * x[2], description: "Directions around the third axis, with concentration 5 (Fisher 1953).");
        var integral = 2 * Math.PI * (ElementaryDouble.Exp(Concentration) - ElementaryDouble.Exp(-Concentration)) / Concentration;
        return new(problem, new WeighedTruth(problem, Sphere.Entry().Truth!, -Concentration, [1]), "exp(5 x_3) on |x| = 1, x in R^3", "Fisher 1953", integral) { LogZ = ElementaryDouble.Log(integral) };
    }
}
