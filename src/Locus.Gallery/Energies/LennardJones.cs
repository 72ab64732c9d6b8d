// N particles in space that attract each other and do not overlap, in a harmonic well: E = sum over pairs of (1 / d^12 - 2 / d^6) + sum_i |x_i|^2 / 2. Koehler, Klein, Noe 2020 and Akhound-Sadegh et al. 2024 hold the particles by
// their centre, sum_i |x_i - m|^2 / 2, and leave m free, so that exp(-E) has no integral in 3 N coordinates. Here the well stands still: N |m|^2 / 2 is added, the law of the shape is the same, and m has the law N(0, I / N).
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery.Energies;

/// <summary>A cluster of Lennard-Jones particles; no exact sampler is known, nor log Z.</summary>
internal static class LennardJones
{
    // Nearer than 0.2 the repulsion of a pair is 2.4e8: exp(-E) is 0 to all digits. Level from there on, it stays within single precision.
    private const double Core = 0.2 * 0.2;

    public static GalleryProblem Entry(int particles)
    {
        var problem = Problem.OfEnergy(
            $"lennard-jones-{particles}",
            3 * particles,
            x => Energy(x, particles),
            description: $"{particles} particles with the Lennard-Jones potential in a harmonic well (Koehler, Klein, Noe 2020; Akhound-Sadegh et al. 2024).");
        return new(problem, null, "exp(-sum_i<j (1/d_ij^12 - 2/d_ij^6) - sum_i |x_i|^2 / 2)", "Koehler, Klein, Noe 2020; Akhound-Sadegh et al. 2024; the well stands still", null);
    }

    private static Expr Energy(Vector x, int particles)
    {
        List<Expr> terms = [Sum(x.Select(Square)) / 2];
        for (var i = 0; i < particles; i++)
            for (var j = 0; j < i; j++)
            {
                var square = Max(Sum(Enumerable.Range(0, 3).Select(d => Square(x[3 * i + d] - x[3 * j + d]))), Core);
                var attraction = 1 / (square * square * square);
                terms.Add(attraction * (attraction - 2));
            }
        return Sum(terms);
    }
}
