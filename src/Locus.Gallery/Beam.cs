// A cantilever of 100 in with two loads at its end: width w and thickness t, yield stress R and modulus E of the material, sideways load X and
// downward load Y. Stress 600 Y / (w t^2) + 600 X / (w^2 t) <= R, deflection 4 L^3 / (E w t) |(Y / t^2, X / w^2)| <= 2.2535 in: Wu, Shin, Sues, Cesare 2001, as
// the Dakota user's manual has it ("Cantilever"). The box is two deviations of their normal laws to either side; the limit of the area, 9.5 in^2, is near
// their reliable optimum of 9.52. Exact draws: rejection from the box, of which 0.064 are in the set.
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>Cantilevers that bear their loads: inches, pounds and psi, in a box far from the origin.</summary>
internal static class Beam
{
    private const double Length = 100, Deflection = 2.2535, Area = 9.5;

    /// <summary>Share of the box, to its last digit: R and E in closed form, midpoints over w, t, X, Y extrapolated from 80^4 and 160^4.</summary>
    private const double FeasibleShare = 0.063943;

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "beam",
            [
                new("w", 1, 4, "in"),
                new("t", 1, 4, "in"),
                new("R", 36e3, 44e3, "psi"),
                new("E", 26.1e6, 31.9e6, "psi"),
                new("X", 300, 700, "lbf"),
                new("Y", 800, 1200, "lbf"),
            ],
            v =>
            {
                var (w, t, strength, modulus, sideways, down) = (v[0], v[1], v[2], v[3], v[4], v[5]);
                var stress = 6 * Length * (down / (w * Square(t)) + sideways / (Square(w) * t));
                var deflection = 4 * Length * Length * Length / (modulus * w * t) * Norm(down / Square(t), sideways / Square(w));
                return [stress / strength <= 1, deflection / Deflection <= 1, w * t / Area <= 1];
            },
            description: "Cantilevers that bear their loads (Wu et al. 2001): sizes, material and loads.");
        return new(
            problem,
            new BoxRejection(problem, reach: 0.1),
            "600 Y/(w t^2) + 600 X/(w^2 t) <= R, 4e6/(E w t) |(Y/t^2, X/w^2)| <= 2.2535, w t <= 9.5",
            "Wu, Shin, Sues, Cesare 2001, in the Dakota user's manual; the area limit is ours",
            FeasibleShare * problem.Variables.Aggregate(1.0, (volume, variable) => volume * (variable.Upper - variable.Lower)));
    }
}
